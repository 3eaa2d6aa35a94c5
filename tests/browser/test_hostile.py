"""Whatever stands in a field, the desk shows it as words: nothing runs, nothing is fetched."""

from dataclasses import replace

import pytest

from briefing.actions.editions import edit
from briefing.actions.editions.correct import correct
from briefing.actions.editions.sponsor_rulings import ruling_on
from briefing.actions.rendering.render import the_email
from briefing.actions.resolve_name import the_draft
from briefing.model.approval import Approval
from briefing.model.article import Verdict
from briefing.model.audit_entry import AuditEntry
from briefing.model.change import Change, Rewrite, SetNote, SetPreheader, SetSubject
from briefing.model.delivery import Delivery, Outcome, State
from briefing.store import fingerprint

EVIL = "https://evil.example"
PAYLOADS = (
    "<script>alert(1)</script>",
    f"<script src={EVIL}/1.js></script>",
    "<img src=x onerror=alert(2)>",
    f"<img src={EVIL}/2.png>",
    "<svg onload=alert(3)>",
    "<svg><script>alert(4)</script></svg>",
    "<body onload=alert(5)>",
    "<iframe srcdoc='<script>alert(6)</script>'></iframe>",
    f"<iframe src={EVIL}/3></iframe>",
    "<a href=javascript:alert(7)>here</a>",
    "<a href='data:text/html,<script>alert(8)</script>'>here</a>",
    "<form action=javascript:alert(9)><button>Save</button></form>",
    "<input autofocus onfocus=alert(10)>",
    "<details open ontoggle=alert(11)>",
    "<video><source onerror=alert(12)></video>",
    f"<link rel=stylesheet href={EVIL}/4.css>",
    f"<style>@import '{EVIL}/5.css';</style>",
    f"<p style='background:url({EVIL}/6.png)'>red</p>",
    f"<meta http-equiv=refresh content='0;url={EVIL}/7'>",
    f"<base href={EVIL}/>",
    f"<object data={EVIL}/8.swf></object>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(13)>",
    "<template><script>alert(14)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(15)>'>",
    "</textarea><script>alert(16)</script>",
    "\"><script>alert(17)</script>",
    "' onmouseover='alert(18)",
    "\" autofocus onfocus=\"alert(19)",
    "--><script>alert(20)</script><!--",
    "<![CDATA[<script>alert(21)</script>]]>",
    "]]></style><script>alert(22)</script>",
    "</mj-text><mj-raw><script>alert(23)</script></mj-raw>",
    f"</mj-text><mj-image src='{EVIL}/9.png' />",
    "{{ 7*7 }}{% for x in ().__class__.__mro__ %}{{ x }}{% endfor %}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "${alert(24)} #{alert(25)} <%= alert(26) %>",
    "&#60;script&#62;alert(27)&#60;/script&#62;",
    "\u202e\u2066<script>alert(28)</script>\u2069",
    "<xss onpointerenter=alert(29) style=position:fixed;inset:0>",
    "javascript:/*--></title></style></textarea></script><svg/onload='alert(30)'>",
)  # fmt: skip
assert len(PAYLOADS) == 40
#: Opens whatever is folded up, and lasts until whoever listens for it has heard.
OPEN_ALL = """() => Promise.all([...document.querySelectorAll("details:not([open])")].map(
  each => new Promise(heard => {
    each.addEventListener("toggle", heard, { once: true });
    each.open = true;
  })
)).then(() => {})"""
#: So many a page: enough stories for all of them.
GROUPS = [PAYLOADS[start : start + 8] for start in range(0, 40, 8)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory, open_whole_desk):
    with open_whole_desk(tmp_path_factory.mktemp("hostile") / "house") as opened:
        yield opened


@pytest.fixture(scope="module")
def watched(desk):
    """A page whose every dialog, complaint of the policy and foreign request is written down."""
    page = desk.enter()
    seen: list[str] = []

    def dismiss(dialog):
        seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on(
        "console",
        lambda said: seen.append(said.text) if "Content Security Policy" in said.text else None,
    )
    page.on("pageerror", lambda error: seen.append(f"error {error}"))
    page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((desk.url, "data:", "about:"))
            else seen.append(f"request {asked.url}")
        ),
    )
    return page, seen


def fill(desk, payloads):
    """Put the payloads into every field that is kept."""
    room, name = desk.room, desk.edition
    found = edit.sheet(room, name)
    changes: list[Change] = []
    for item, payload in zip(found.edition.items, payloads, strict=False):
        words = {"headline": payload, "kicker": payload, "paragraph": f"{payload} said."}
        changes += [Rewrite(item=item.id, **words), SetNote(item=item.id, note=payload)]
    changes += [SetSubject(subject=payloads[0]), SetPreheader(preheader=payloads[1])]
    edit.change(room, name, changes, seen=found.version, actor=payloads[2])
    now = room.clock().timestamp()
    for payload in payloads:
        room.store.audit_log.note(AuditEntry(at=now, actor=payload, verb="change", detail=payload))
        ruling = ruling_on(
            found.edition.items[0],
            Verdict.SPONSORED,
            sponsor=payload,
            note=payload,
            actor=payload,
            at=now,
        )
        room.store.rulings.record(replace(ruling, headline=payload))
    content = fingerprint(the_email(room, the_draft(room, name)))
    said = Approval(
        edition=name, hash=content, approved=False, actor=payloads[3], note=payloads[4], at=now
    )
    room.store.approvals.record(said)
    room.store.testers.remember(tuple(f"{n}@example.org" for n in range(2)), now)


def poison_source(desk, payloads):
    """A base whose articles say the payloads themselves, as a hostile page would."""
    version = desk.room.store.drafts.version(desk.edition)
    held = tuple(
        replace(
            item,
            headline=payloads[0],
            paragraph=payloads[1],
            article=replace(
                item.article,
                headline=payloads[0],
                standfirst=payloads[2],
                source=payloads[3],
                labels=(payloads[4],),
                flags=(payloads[5],),
                sponsorship=replace(
                    item.article.sponsorship,
                    sponsor=payloads[6],
                    evidence=tuple(
                        replace(one, text=payloads[7], where=payloads[0])
                        for one in item.article.sponsorship.evidence
                    ),
                ),
                paragraphs=tuple(
                    replace(one, text=f"{payload} {one.text}")
                    for payload, one in zip(payloads, item.article.paragraphs, strict=False)
                ),
            ),
        )
        for item in version.base.held
    )
    base = replace(version.base, held=held)
    desk.room.store.drafts.begin(base, said=payloads[6], actor=payloads[7], at=0.0)


@pytest.mark.parametrize("payloads", GROUPS, ids=range(len(GROUPS)))
def test_no_field_of_the_desk_runs_or_fetches_anything(desk, watched, payloads):
    page, seen = watched
    poison_source(desk, payloads)
    fill(desk, payloads)
    edition = the_draft(desk.room, desk.edition)
    sources = [
        f"source/{item.id.replace('#', '%23')}" for item in (edition.items[0], edition.held[0])
    ]
    looks = [f"frame?look={look}" for look in ("desktop", "stripped", "outlook", "forced-dark")]
    below = [*sources, *looks, "versions", "letter?form=text", "letter?form=source"]
    for path in (
        *(f"{desk.path}/{one}" for one in below),
        *(f"{desk.url}{one}" for one in ("/", "/rulings", "/log", "/account")),
        desk.path,
    ):
        page.goto(path)
        page.evaluate(OPEN_ALL)
        page.mouse.move(300, 300)
    frame = page.frame_locator("#frame iframe")
    frame.locator("body").wait_for()
    assert frame.locator("script").count() == 0
    assert seen == []


def test_the_page_after_sending_runs_nothing_a_relay_or_an_editor_wrote(desk, watched):
    page, seen = watched
    room = desk.room
    edition = the_draft(desk.room, desk.edition)
    payload = PAYLOADS[0]
    with_text = replace(edition, held=(), subject=payload)
    mailing = room.store.mailings.freeze(with_text, the_email(room, edition), "readers", 0.0)
    ledger = room.store.ledger(mailing.number)
    refusals = [
        Outcome(
            reader=one.reader.id,
            delivery=Delivery(
                recipient=one.reader.email, state=State.BOUNCED, detail=f"550 {PAYLOADS[2]}"
            ),
        )
        for one in ledger.pending(0, 8)
    ]
    ledger.commit([one.reader for one in refusals], [], 0.0)
    ledger.commit([], refusals, 0.0)
    correct(room, desk.edition, PAYLOADS[4], actor=PAYLOADS[6])
    for path in ("", "/readers", "/readers?state=bounced"):
        page.goto(desk.path + path)
    assert "550" in page.locator("main").inner_text()
    assert seen == []
