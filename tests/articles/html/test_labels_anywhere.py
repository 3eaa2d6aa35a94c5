"""Labels of paid boxes in many languages and places, and pages with such words for which nobody paid."""

import pytest

from briefing.articles.split_page import split_page
from briefing.model.article import Verdict
from briefing.model.page import Page

EN = (
    "<p>The ferry to Gull Island ran again on Friday after a week in which nobody had been able to say where its "
    "propeller was. It had been in the church, the harbour master said, under a cloth.</p>",
    "<p>Two hundred islanders had waited on the quay since six. The first of them aboard was the postman, who had "
    "nine sacks with him and a goose that somebody had sent to an aunt.</p>",
    "<p>The council has asked for a report. It wants to know who took the propeller, and why the vicar "
    "thought that it was an offering.</p>",
    "<p>A spare one is on order from Norland, and is expected to arrive by the ferry in the spring.</p>",
)
DE = (
    "<p>Die Fähre zur Möweninsel fährt seit Freitag wieder, nachdem eine Woche lang niemand sagen konnte, wo ihre "
    "Schraube geblieben war. Sie lag in der Kirche, sagte der Hafenmeister, unter einem Tuch.</p>",
    "<p>Zweihundert Inselbewohner hatten seit sechs Uhr am Kai gewartet. Als Erster ging der Briefträger an Bord, "
    "mit neun Säcken und einer Gans, die jemand seiner Tante geschickt hatte.</p>",
    "<p>Der Gemeinderat hat einen Bericht verlangt. Er will wissen, wer die Schraube genommen hat.</p>",
)
FR = (
    "<p>Le bac de l'île aux Mouettes navigue de nouveau depuis vendredi, après une semaine où personne n'avait su "
    "dire où était son hélice. Elle se trouvait dans l'église, a dit le capitaine du port.</p>",
    "<p>Deux cents îliens attendaient sur le quai depuis six heures. Le premier à bord fut le facteur, avec neuf "
    "sacs et une oie que quelqu'un avait envoyée à sa tante.</p>",
    "<p>Le conseil a demandé un rapport. Il veut savoir qui avait pris l'hélice.</p>",
)
ES = (
    "<p>El transbordador de la isla de las Gaviotas volvió a navegar el viernes, después de una semana en la que "
    "nadie supo decir dónde estaba su hélice. Estaba en la iglesia, dijo el capitán del puerto.</p>",
    "<p>Doscientos isleños esperaban en el muelle desde las seis. El primero en subir fue el cartero, con nueve "
    "sacos y un ganso que alguien había enviado a su tía.</p>",
    "<p>El ayuntamiento ha pedido un informe. Quiere saber quién se llevó la hélice.</p>",
)
IT = (
    "<p>Il traghetto per l'isola dei Gabbiani naviga di nuovo da venerdì, dopo una settimana in cui nessuno aveva "
    "saputo dire dove fosse la sua elica. Era in chiesa, ha detto il capitano del porto.</p>",
    "<p>Duecento isolani aspettavano sul molo dalle sei. Il primo a salire è stato il postino, con nove sacchi e "
    "un'oca che qualcuno aveva mandato alla zia.</p>",
    "<p>Il consiglio ha chiesto una relazione. Vuole sapere chi aveva preso l'elica.</p>",
)
JA = (
    "<p>かもめ島への渡し船が金曜日に再開した。一週間のあいだ、スクリューがどこにあるのか誰にも分からなかった。港長によると、教会の布の下にあったという。</p>",
    "<p>島民二百人が朝六時から桟橋で待っていた。最初に乗ったのは郵便局員で、九つの袋と一羽のがちょうを抱えていた。</p>",
    "<p>町議会は報告を求めている。誰がなぜ持ち去ったのかを知りたいという。</p>",
)
BANK = "Tern Bank"
ADVERTS = {
    "en": f"Open an account with {BANK} before the summer and your savings will earn twice what they earn today.",
    "de": f"Eröffnen Sie noch heute Ihr Konto bei {BANK} und sichern Sie sich doppelte Zinsen für ein Jahr.",
    "fr": f"Ouvrez dès aujourd'hui votre compte chez {BANK} et doublez les intérêts de votre épargne.",
    "es": f"Abra hoy su cuenta en {BANK} y duplique los intereses de sus ahorros durante todo un año.",
    "it": f"Apri oggi il tuo conto presso {BANK} e raddoppia gli interessi dei tuoi risparmi per un anno intero.",
    "ja": f"今すぐ{BANK}で口座を開くと、預金の金利が一年間二倍になります。お申し込みは窓口または電話でどうぞ。",
}
STORIES = {"en": EN, "de": DE, "fr": FR, "es": ES, "it": IT, "ja": JA}
HEADS = {
    "en": "Ferry to Gull Island runs again after its propeller is found in church",
    "de": "Fähre zur Möweninsel fährt wieder, nachdem die Schraube in der Kirche lag",
    "fr": "Le bac de l'île aux Mouettes repart, son hélice était dans l'église",
    "es": "El transbordador vuelve a navegar tras aparecer su hélice en la iglesia",
    "it": "Il traghetto riparte dopo che l'elica è stata trovata in chiesa",
    "ja": "かもめ島の渡し船が再開、スクリューは教会で見つかる",
}


def page(language, inside="", *, above="", below="", head="", headline=""):
    parts = STORIES[language]
    return (
        f"<!doctype html><html lang={language}><head><meta charset=utf-8>{head}"
        f"<title>{HEADS[language]}</title></head>"
        f"<body><main><article>{above}<h1>{headline or HEADS[language]}</h1><p class=by>By Oda Lind</p>"
        f"{''.join(parts[:2])}{inside}{''.join(parts[2:])}{below}</article></main></body></html>"
    )


#: Boxes inside a story, by language.
BOXES = [
    ("de", f'<aside class="c-7f3"><header>Anzeige</header><p>{ADVERTS["de"]}</p></aside>'),
    ("fr", f'<div><span style="font-size:9px">Publicité</span><p>{ADVERTS["fr"]}</p></div>'),
    ("es", f"<p><em>Publirreportaje.</em> {ADVERTS['es']}</p>"),
    (
        (
            "it",
            f"<section aria-labelledby=x1><h3 id=x1>Contenuto sponsorizzato</h3><p>{ADVERTS['it']}</p></section>",
        )
    ),
    ("de", f'<div title="Werbung"><p>{ADVERTS["de"]}</p></div>'),
    ("en", f'<div data-testid="sponsored-unit"><p>{ADVERTS["en"]}</p></div>'),
    ("en", f'<div id="native-ad-3"><p>{ADVERTS["en"]}</p></div>'),
    ("de", f'<div role="complementary" aria-label="Werbung"><p>{ADVERTS["de"]}</p></div>'),
    ("de", f"<p>[Anzeige] {ADVERTS['de']}</p>"),
    ("en", f"<p>ADVERT: {ADVERTS['en']}</p>"),
    ("en", f"<div><p>{ADVERTS['en']}</p><p><small>– Advertisement –</small></p></div>"),
    ("en", f"<table><tr><td>Sponsored</td></tr><tr><td>{ADVERTS['en']}</td></tr></table>"),
    ("en", f"<blockquote><p>{ADVERTS['en']}</p><cite>Sponsored by {BANK}</cite></blockquote>"),
    ("ja", f"<div><span>【PR】</span><p>{ADVERTS['ja']}</p></div>"),
    ("ja", f"<div><b>広告</b><p>{ADVERTS['ja']}</p></div>"),
    ("en", f"<details open><summary>Promoted</summary><p>{ADVERTS['en']}</p></details>"),
    ("en", f'<div class="body__promo promo--sponsored"><p>{ADVERTS["en"]}</p></div>'),
    (
        (
            "en",
            f'<div itemscope itemtype="https://schema.org/AdvertiserContentArticle"><p>{ADVERTS["en"]}</p></div>',
        )
    ),
    ("en", f'<p class="sponsored-text">{ADVERTS["en"]}</p>'),
    ("en", f"<div><i>A message from our partner {BANK}</i><p>{ADVERTS['en']}</p></div>"),
    ("fr", f'<p>{ADVERTS["fr"]} <a rel="sponsored noopener" href=/b>Ouvrir</a></p>'),
    ("en", f"<fieldset><legend>Advertisement</legend><p>{ADVERTS['en']}</p></fieldset>"),
    ("en", f"<dl><dt>Sponsored</dt><dd>{ADVERTS['en']}</dd></dl>"),
    ("en", f"<p><span class=tag>Ad</span>{ADVERTS['en']}</p>"),
    ("en", f'<p><img alt="Sponsored" src=/s.png> {ADVERTS["en"]}</p>'),
    ("en", f"<div><p>Advertisement · Scroll to continue</p><p>{ADVERTS['en']}</p></div>"),
    ("es", f"<div><p>{ADVERTS['es']}</p><p>Contenido patrocinado por {BANK}</p></div>"),
    ("fr", f"<aside><h4>Contenu proposé par {BANK}</h4><p>{ADVERTS['fr']}</p></aside>"),
    ("it", f"<div><div>PUBBLICITÀ</div><div>{ADVERTS['it']}</div></div>"),
    ("en", f'<div data-ad="true"><div><div><p>{ADVERTS["en"]}</p></div></div></div>'),
    ("en", f"<p>Sponsored: {ADVERTS['en']}</p>"),
    ("de", f"<p><strong>Anzeige</strong><br>{ADVERTS['de']}</p>"),
    (
        (
            "en",
            f'<div class="widget"><p class="widget__label">Presented by {BANK}</p><p>{ADVERTS["en"]}</p></div>',
        )
    ),
    ("en", f"<center><font size=1>Paid advertisement</font><br>{ADVERTS['en']}</center>"),
]


#: Pages that somebody paid for as a whole.
WHOLES = [
    page("en", head='<meta property="article:section" content="Sponsored content">'),
    page(
        "en",
        head='<script type="application/ld+json">{"@type":"AdvertiserContentArticle","headline":"Ferry"}</script>',
    ),
    page(
        "de",
        above=f"<p>In Zusammenarbeit mit {BANK}</p>",
        below=f"<p>Bezahlter Inhalt von {BANK}</p>",
    ),
    page("es", below=f"<p>Este contenido ha sido elaborado y pagado por {BANK}.</p>"),
    page("de", headline=f"Anzeige: {HEADS['de']}"),
    page("de", below=f"<p>Dieser Beitrag wurde von der {BANK} bezahlt.</p>"),
    page("fr", below=f"<p><i>Cet article a été financé par {BANK}.</i></p>"),
    page("it", above=f"<p>Questo contenuto è offerto da {BANK}</p>"),
    page("ja", below=f"<p>この記事は{BANK}の提供です。</p>"),
    page("fr", above="<div class=k>Publi-rédactionnel</div>"),
    page("it", above="<span>Contenuto a pagamento</span>"),
    page("ja", above="<p>広告企画</p>"),
    page(
        "en",
        below=f"<p><em>This story was paid for by {BANK} and written by its own staff.</em></p>",
    ),
]


RAIL = (
    "<aside><h3>Most read</h3><ul><li><a href=/1>Sponsored: nine ways to save</a></li></ul></aside>"
)
#: Words of advertising where they accuse nobody, or speak of the subject.
INNOCENTS = [
    page("en").replace(
        "<main>", "<nav><a href=/a>Sponsored content</a><a href=/b>Home</a></nav><main>"
    ),
    page("en").replace(
        "</main>", "</main><footer><a href=/a>Advertising</a> <a href=/b>Contact</a></footer>"
    ),
    page("en").replace("</main>", f"</main>{RAIL}"),
    page("de").replace(
        "</main>", "</main><footer><ul><li><a href=/w>Werbung buchen</a></li></ul></footer>"
    ),
    page("fr").replace(
        "</main>", "</main><footer><a href=/p>Publicité</a><a href=/m>Mentions</a></footer>"
    ),
    page("es").replace(
        "<main>", "<header><a href=/p>Publicidad</a><a href=/s>Suscríbase</a></header><main>"
    ),
    page("it").replace(
        "</main>", "</main><div id=piede><p>Pubblicità | Contatti | Privacy</p></div>"
    ),
    page("ja").replace("</main>", "</main><footer><a href=/ad>広告掲載について</a></footer>"),
    page("en", "<div class=ad><p>Advertisement</p><div id=slot1></div></div>"),
    page("de", "<div><span>Anzeige</span><script>fill('a')</script></div>"),
    page("fr", "<div class=pub><small>La suite après la publicité</small></div>"),
    page("es", "<div class=banner><p>PUBLICIDAD</p><ins class=slot></ins></div>"),
    page(
        "en",
        "<p>The ferry's sponsor, a maker of rope, has asked for its name to be painted out.</p>",
    ),
    page(
        "en",
        "<p>Advertising on the ferry brought in £4,000 last year, mostly from the goose's aunt.</p>",
    ),
    page(
        "de",
        "<p>Gegen den Kapitän ist eine Anzeige erstattet worden, sagte ein Sprecher der Polizei.</p>",
    ),
    page(
        "fr", "<p>La publicité sur le bac a rapporté 4000 euros l'an dernier, selon la mairie.</p>"
    ),
    page(
        "en",
        "<h2>Who sponsored the goose?</h2><p>Nobody has said who paid for the goose's ticket.</p>",
    ),
    page("en", headline="Sponsored ferries will not save Gull Island, says its MP"),
    page("en", headline="Advertising watchdog looks at ferry's claim to be the oldest"),
    page("en", below="<p>Oda Lind is the Courier's islands reporter.</p>").replace(
        "</main>", "</main><p>Powered by Harbour CMS</p>"
    ),
    page("en", below="<section id=comments><h3>Comments</h3><p>Is this sponsored?</p></section>"),
    page("en").replace(
        "</main>",
        "</main><div><h2>Partner content</h2><a href=/x>Save more with Tern Bank</a></div>",
    ),
    page("en", "<p><a href=/ads>Remove adverts</a></p>"),
    page(
        "en",
        "<p>“It was promoted as a day out,” said one passenger, who had not been told about the propeller.</p>",
    ),
    page("de", "<div class=teaser><a href=/t>Anzeige: So sparen Sie beim Tanken</a></div>"),
    page(
        "en",
        head='<meta name="ad-slot" content="article/top"><meta name="advertising" content="on">',
    ),
    page(
        "en",
        '<figure><img alt="An old advertisement"><figcaption>An advertisement, 1931.</figcaption></figure>',
    ),
    page(
        "es",
        "<p>El patrocinador del club, un fabricante de cuerdas, no ha querido comentar la noticia.</p>",
    ),
    page(
        "it", "<p>Lo sponsor della regata ha detto che pagherà una nuova elica entro l'estate.</p>"
    ),
    page("en").replace(
        "<main>",
        "<div class=cookie><p>We use cookies to show you advertising.</p><button>OK</button></div><main>",
    ),
    page("de", below="<p>Dieser Artikel wurde von der Redaktion gekürzt.</p>"),
    page(
        "es",
        below="<p>Este artículo ha sido traducido por Ana Ruiz y no ha sido pagado por nadie.</p>",
    ),
    page("it", below="<p>Questo articolo è stato scritto da Ada Neri per il Corriere.</p>"),
    page("fr", below="<p>Article réservé à nos abonnés, sans publicité.</p>"),
]


def read(markup):
    return split_page(Page(name="page", body=markup.encode(), media_type="text/html"))


@pytest.mark.parametrize(("language", "box"), BOXES)
def test_the_text_of_a_paid_box_is_in_no_editorial_piece(language, box):
    found = read(page(language, box))
    assert not [
        piece for piece in found if piece.verdict is Verdict.EDITORIAL and BANK in piece.text
    ]
    assert any(STORIES[language][0][3:40] in piece.text for piece in found)


@pytest.mark.parametrize("markup", WHOLES)
def test_a_page_that_somebody_paid_for_is_held(markup):
    assert read(markup)[0].verdict is not Verdict.EDITORIAL


@pytest.mark.parametrize("markup", INNOCENTS)
def test_the_words_alone_accuse_nobody(markup):
    (found,) = read(markup)
    assert found.verdict is Verdict.EDITORIAL, found.sponsorship.evidence
