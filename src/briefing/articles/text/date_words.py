"""The words of dates in the languages that config offers.

Source of the names of months and days: Unicode CLDR 48, `months` and `days`, wide and abbreviated, in the
form that stands in a date ("marca", "Μαρτίου"). A name here may be the beginning of the printed one.
"""

#: One entry a month, from January on.
MONTHS = (
    "jan|janv|ene|gen|gennaio|januar|janeiro|ionawr|styczni|ιαν|يناير|كانون الثاني|जनवरी|ian|янв|січ|ledna|ocak|"
    "tammi|jän",
    "feb|fév|fev|chwef|luteg|φεβ|فبراير|شباط|फ़रवरी|फरवरी|фев|лют|únor|şubat|helmi",
    "mar|mär|mrt|maart|mawrth|μαρ|μάρ|مارس|آذار|मार्च|már|мар|берез|březn|maalis",
    "apr|avr|abr|ebrill|kwietni|απρ|أبريل|ابريل|نيسان|अप्रैल|ápr|апр|квіт|dubn|nisan|huhti",
    "may|mai|mei|mag|maj|μαΐ|μαϊ|μάι|مايو|أيار|मई|máj|мая|май|трав|květ|touko",
    "jun|juin|giu|mehef|czerwc|ιουν|يونيو|حزيران|जून|jún|iun|июн|черв|červn|haziran|kesä",
    "jul|juil|lug|gorff|lipca|ιουλ|يوليو|تموز|जुलाई|júl|iul|июл|лип|červenc|temmuz|heinä",
    "aug|août|aout|ago|awst|sierpni|αυγ|أغسطس|اغسطس|آب|अगस्त|авг|серп|srpn|ağustos|elo",
    "sep|set|medi(?![a-z])|wrześni|σεπ|سبتمبر|أيلول|सितंबर|सितम्बर|szept|сен|верес|září|eylül|syys",
    "oct|okt|ott|out|hydref|październik|οκτ|أكتوبر|اكتوبر|تشرين الأول|अक्टूबर|अक्तूबर|окт|жовт|říjn|ekim|loka",
    "nov|tachwedd|listopad|νοε|نوفمبر|تشرين الثاني|नवंबर|नवम्बर|noi|ноя|листопад|kasım|marras",
    "dec|déc|dez|dic|rhagfyr|grudni|δεκ|ديسمبر|كانون الأول|दिसंबर|दिसम्बर|des|дек|груд|prosin|aralık|joulu",
)
#: Days of the week, and the short forms that are written without a stop.
DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun|"
    r"dydd|llun|mawrth|mercher|iau|gwener|sadwrn|sul|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|"
    r"maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    r"(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|"
    r"poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|"
    r"δευτέρα|τρίτη|τετάρτη|πέμπτη|παρασκευή|σάββατο|κυριακή|"
    r"الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|"
    r"सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|रविवार|"
    r"måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag|"
    r"maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|"
    r"понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|"
    r"понеділок|вівторок|середа|четвер|п’ятниця|субота|неділя|"
    r"pazartesi|salı|çarşamba|perşembe|cuma(?:rtesi)?|pazar|"
    r"pondělí|úterý|středa|čtvrtek|pátek|neděle|hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap|"
    r"[月火水木金土日](?:曜日?)?|(?:星期|周|週)[一二三四五六日天]|[월화수목금토일](?:요일)?"
)
#: What says that a piece was changed.
UPDATED = (
    r"(?:last )?(?:updated|modified)|diweddarwyd|mise? à jour|modifiée?|(?:zuletzt )?aktualisiert|"
    r"actualizad[oa]|atualizad[oa]|aggiornat[oa]|modificat[oa]|ultimo aggiornamento|bijgewerkt|"
    r"gewijzigd|aangepast|laatste update|aktualizacja|zaktualizowano|τελευταία ενημέρωση|ενημερώθηκε|"
    r"uppdatera[dt]|oppdatert|opdateret|päivitetty|обновлен[оа]|оновлено|güncelle(?:me|ndi)|aktualizov[aá]no|"
    r"frissítve|"
    r"(?:آخر |تم ال)?تحديث|अपडेट|अद्यतन|(?:最終)?更新(?:日時|时间|時間)?|(?:최종 ?)?수정|업데이트"
)
#: Until when a text is to be held back.
EMBARGO = (
    r"embargo(?:ed)?(?: until)?|not for (?:release|publication) (?:before|until)|sperrfrist|"
    r"(?:sous )?embargo jusqu’?'?au|embargado hasta|sotto embargo fino al?|onder embargo tot"
)
#: What else stands next to a date in a line of dates.
BESIDE = (
    r"first|last|originally|broadcast|aired|published|posted|printed|date|on|at|am|pm|print|issue|noon|midnight|"
    r"cyhoeddwyd|ar|publiée?|paru|créée?|le|à|heures|veröffentlicht|erschienen|stand|vom|um|uhr|den|"
    r"publicad[oa]|el|a las?|horas|pubblicat[oa]|il|alle|ore|del|gepubliceerd|geplaatst|op|om|uur|"
    r"em|às|de|opublikowan[oey]|dodano|data|dnia|godz|o|"
    r"δημοσιε[ύυ](?:θηκε|τηκε|ση)|στις|ώρα|نُ?شر|تاريخ النشر|في|الساعة|بتوقيت|प्रकाशित|को|बजे|पर|"
    r"publicera[dt]|publisert|offentliggjort|kl|klockan|klokken|klokka|julkaistu|klo|опубликовано|опубліковано|мск|"
    r"yayınlan(?:ma|dı)|yayın tarihi|saat|publikováno|zveřejněno|v|hod|közzétéve|ora|в|о|г|"
    r"公開(?:日時)?|掲載|配信|発行|午前|午後|发布(?:时间)?|發布|发表|上午|下午|입력|등록|오전|오후|게재"
)
#: "2 hours ago": not a date, but it says when.
AGO = (
    r"\d+ (?:min(?:ute)?s?|h(?:ou)?rs?|days?) ago|(?:vor|hace|há|il y a|fa|قبل|πριν(?: από)?) \d+ \w+|"
    r"yesterday|today|hier|aujourd’hui|gestern|heute|ayer|hoy|ieri|oggi|gisteren|vandaag|ontem|hoje|"
    r"wczoraj|dzisiaj|ddoe|heddiw|χθες|σήμερα|أمس|اليوم|कल|आज|昨日|今日|昨天|今天|어제|오늘|"
    r"\d+ \w+ (?:geleden|temu|fa|पहले)|\d+(?:分|時間|小时|小時|日|天|시간|분|일) ?[前전]"
)
