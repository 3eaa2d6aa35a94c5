"""Lines that are a label of paid copy and nothing else, told apart before the whole vocabulary is asked."""

import re
from functools import lru_cache

from lxml import html

from briefing.articles.vocabulary.labels import disclosure, is_open, is_slot
from briefing.articles.vocabulary.payer_lines import in_line
from briefing.articles.vocabulary.payer_names import is_name

#: In words and characters; no label has more.
LABEL_WORDS, LABEL_LENGTH = 14, 120


def is_label(text: str) -> bool:
    """True for a line that is a label or names a payer, and says nothing else."""
    if len(text) > LABEL_LENGTH or not _may_say(text):
        return False
    return _says(text)


def names_payer(label: str) -> bool:
    """True for a label with the name of who paid behind it."""
    told, line = disclosure(label), in_line(label)
    return bool((told and told[1]) or (line and line.payer))


def label_and_name(element: html.HtmlElement) -> bool:
    """True for an element with a label in one part, a name in another, and nothing else."""
    if not len(element) or not _may_say(str(element.text_content())):
        return False
    parts = [part for part in (" ".join(one.split()) for one in element.itertext()) if part]
    labels = [part for part in parts if is_label(part) and not is_slot(part)]
    names = [part for part in parts if part not in labels]
    return len(labels) == 1 == len(names) and is_name(names[0])


@lru_cache(maxsize=10_000)
def _says(text: str) -> bool:
    return bool(is_slot(text) or (disclosure(text) and not is_open(text)) or in_line(text))


#: Every label of the vocabulary has one of these runs of letters; most lines of a menu have none.
_RUNS = (
    "ad", "anzeig", "werbung", "sponsor", "promo", "paid", "partn", "publi", "pubbli", "patroc",
    "bezahl", "beta", "annon", "reklam", "hysbys", "brand", "commerc", "support", "present", "fund",
    "associa", "collab", "brought", "power", "conten", "inhalt", "inhoud", "inneh", "innh", "indh",
    "message", "marketing", "remitido", "special", "client", "custom", "hosted", "materi", "offer",
    "provided", "possible", "word from", "note from", "proposé", "präsent", "finan", "communiqu",
    "informa", "native", "voice", "infomerc", "zusammen", "koop", "thanks", "zone", "verlag", "ogłosz",
    "διαφ", "χορηγ", "προωθ", "إعلان", "محتوى", "विज्ञापन", "प्रायोजित", "広告", "廣告", "广告", "タイアップ",
    "スポンサ", "提供", "赞助", "贊助", "推广", "광고", "협찬", "유료", "애드버", "#", "реклам", "партн",
    "спонсор", "komerč", "inzer", "placen", "platen", "hirdet", "tartalom", "conținut", "kaupal", "mainos",
    "ilandır", "konten", "einschaltung", "samarb", "תוכן", "together", "unterstütz", "soutien", "apoyo",
    "apoio", "sostegno", "contributo", "steun", "mogelijk", "auftrag", "compte", "encargo", "zlecenie",
    "wsparci", "współ", "treś", "artyku", "tekst", "płatn", "firmy", "oferecid", "ofrecid", "rémunér", "payé",
    "pagad", "pagat", "pago", "συνεργασ", "υποστήρ", "برعاية", "بالتعاون", "بالشراكة", "بدعم", "مدفوع",
    "ممول", "إعلاني", "ترويجي", "поддерж", "заказ", "совместно", "оплач", "studio", " lab",
    "sponser", "sponsr", "parten", "colabor", "aangebod", "parceri", "pr記事", "marca", "oferec",
    "inserz", "commit", "adverteer", "opdracht", "zlecenio", "zadavat", "기사", "콘텐츠", "içerik", "támogat",
    "megbíz", "desarroll", "svilupp", "בשיתוף", "בחסות", "מטעם", "yhteisty", "spoluprác", "podpory", "együtt",
    "sprijin", "инн", "erid", "платен", "спонз", "плаћени", "промотив", "оглас", "plaćen",
    "sponz", "promo", "plačan", "oglas", "përmb", "artikull", "turundus", "sisu", "apmaks",
    "raksts", "reklā", "reklaam", "užsak", "remiam", "kynning", "auglýs", "keypt", "kostað",
    "contingut", "contido", "eduki", "publiz", "ábhar", "fógra", "kontenut", "riklam",
    "geborgde", "vennoot", "tài trợ", "quảng", "สนับสนุน", "โฆษณา", "tajaan", "artikel", "iklan",
    "pariwara", "آگهی", "تبلیغ", "محتوای", "مطلب", "اشتہار", "বিজ্ঞাপন", "স্পনসর", "விளம்பர",
    "जाहिरात", "რეკლამა", "գովազդ", "жарнама", "рэклама", "inserci", "espacio", "auspici",
    "aviso", "conteúdo", "collaboration", "mededeling", "πληρωμ", "tanıtım", "廣編", "特約",
    "commandit", "廣告", "(x)", "(p)",
)  # fmt: skip
#: Letters of other scripts among Latin ones, wide letters, and letters set apart.
_DISGUISED = re.compile(r"[A-Za-z][Ͱ-ӿ]|[Ͱ-ӿ][A-Za-z]|[\uff21-\uff5a]|^\W?(?:\w ){4}")


def _may_say(text: str) -> bool:
    if text.count(" ") >= LABEL_WORDS:
        return False
    lowered = text.lower()
    return any(run in lowered for run in _RUNS) or bool(_DISGUISED.search(text))
