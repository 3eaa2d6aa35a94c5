"""A broken design is one sentence that names the file and the line."""

import re
import shutil
from dataclasses import replace

import pytest

from briefing.emails.render import render
from briefing.errors import TemplateError

MAIN, STORY, TEXT, CSS = (
    "briefing.mjml.j2",
    "parts/story.mjml.j2",
    "briefing.txt.j2",
    "theme.css",
)
BODY = '<mj-section css-class="card" padding="0px 32px 14px 32px">'
SAYS = '<p class="says" dir="auto"{% if item.lang %} lang="{{ item.lang }}"{% endif %}>'
#: What is broken: the file, the words that go, what stands there instead, and the complaint.
FAULTS = {
    "a tag of Jinja that is never closed": (STORY, "{% endif %}", "", "endif"),
    "an unknown tag of Jinja": (MAIN, BODY, "{% frob %}", "unknown tag 'frob'"),
    "an unknown name": (MAIN, BODY, "{{ itmes }}", "'itmes' is undefined.*items, sponsored"),
    "an unknown field of a story": (
        STORY,
        SAYS,
        "{{ item.colour }}",
        "no 'colour' here; known: id, kicker",
    ),
    "an unknown slot": (MAIN, BODY, "{{ slot.phone }}", "no 'phone' here; known: name, email"),
    "an unknown filter": (STORY, SAYS, "{{ item.kicker | shout }}", "No filter named 'shout'"),
    "an unknown name in the plain part": (TEXT, "(site.name", "(nobody", "'nobody' is undef"),
    "a call into Python": (STORY, SAYS, "{{ item.__class__.__mro__ }}", "unsafe"),
    "a change of the data": (STORY, SAYS, "{{ item.update({}) }}", "unsafe"),
    "a division by zero": (STORY, SAYS, "{{ 1 / 0 }}", "division by zero"),
    "a part that is not there": (MAIN, "parts/footer", "parts/feet", "feet.mjml.j2' is not there"),
    "a part that includes itself": (
        "parts/masthead.mjml.j2",
        "<h1>",
        '{% include "parts/masthead.mjml.j2" %}',
        "without end",
    ),
    "an unknown component": (MAIN, BODY, "<mj-foo>", "<mj-foo> is unknown here"),
    "a component from elsewhere": (MAIN, BODY, "<mj-social>", "<mj-social> is not for this desk"),
    "a component in the wrong place": (STORY, SAYS, "<mj-section>", "inside <mj-text>"),
    "an unknown attribute": (
        MAIN,
        'css-class="page"',
        'colour="#aa0000"',
        "no attribute 'colour'.*css-class",
    ),
    "an attribute twice": (MAIN, BODY, BODY[:-1] + ' css-class="x">', "twice"),
    "an attribute in single quotes": (MAIN, BODY, "<mj-section padding='0px'>", "double quotation"),
    "an attribute without quotes": (MAIN, BODY, "<mj-section padding=0px>", "well-formed"),
    "an attribute without a value": (STORY, SAYS, "<p hidden>", "well-formed"),
    "text where none can stand": (MAIN, BODY, "Hello " + BODY, "'Hello' stands inside <mj-body>"),
    "HTML where none can stand": (MAIN, BODY, "<p></p>" + BODY, "<p> stands inside <mj-body>"),
    "a tag that is never closed": (STORY, "</h{{ level }}>", "", "<h2> is never closed; </div>"),
    "a closing tag too many": (STORY, SAYS, "</b>" + SAYS, "</b> closes nothing"),
    "a bare <": (STORY, SAYS, "a < b" + SAYS, "&lt;"),
    "a bare < in CSS": (
        "parts/screen.css",
        "a[x-apple",
        "@media (width <= 9px) {} a[x-apple",
        "max-width",
    ),
    "a padding without a unit": (MAIN, BODY, '<mj-section padding="4 8">', "px, as in 0px 24px"),
    "a padding in em": (MAIN, BODY, '<mj-section padding="1em">', "px, as in 0px 24px"),
    "a padding in per cent": (MAIN, BODY, '<mj-section padding="5%">', "px, as in 0px 24px"),
    "a width without a unit": (MAIN, 'width="640px"', 'width="640"', "a length in px"),
    "a colour of three digits": (MAIN, "#f1ede6", "#fed", "a colour of six digits"),
    "a comment with --": (MAIN, BODY, "<!-- a -- b -->", "no -- inside a comment"),
    "a comment in a title": (MAIN, "<mj-title>", "<mj-title><!-- a -->", "takes no comment"),
    "a conditional comment between sections": (MAIN, BODY, "<!--[if mso]>x<![endif]-->", "mj-raw"),
    "a CDATA section": (STORY, SAYS, "<![CDATA[x]]>", "no doctype, CDATA"),
    "mj-html-attributes": (MAIN, "<mj-style>", "<mj-html-attributes>", "cannot read it"),
    "mj-font": (MAIN, "<mj-style>", '<mj-font name="x" href="https://x">', "tells its host"),
    "mj-include": (MAIN, BODY, '<mj-include path="x" />', "{% include %}"),
    "a style to inline": (MAIN, "<mj-style>", '<mj-style inline="inline">', "theme.css"),
    "a class that is nowhere defined": (
        MAIN,
        BODY,
        BODY[:-1] + ' mj-class="x">',
        "nowhere defined",
    ),
    "a second title": (
        MAIN,
        "<mj-title>",
        "<mj-title>x</mj-title><mj-title>",
        "a second <mj-title>",
    ),
    "a second document": (MAIN, "<mjml lang", "<mjml></mjml><mjml lang", "a second <mjml>"),
    "a rule of CSS without a colon": (
        CSS,
        "h1, h2, h3 { margin: 0",
        "p { margin 0",
        "rule cannot be",
    ),
    "a selector by place in theme.css": (
        CSS,
        ".kicker {",
        ".by, p:first-child b { margin: 0 }\n.kicker {",
        "selector 'p:first-child b' cannot be written into an element",
    ),
    # premailer 3.10.0 leaves these in the head, or inlines them wrongly, without a word.
    "a selector by its number": (
        CSS,
        ".kicker {",
        "td:nth-child(2) { margin: 0 }\n.kicker {",
        "'td:nth",
    ),
    "a selector that excludes": (CSS, ".kicker {", "p:not(.x) { margin: 0 }\n.kicker {", "'p:not"),
    "loops that take too long and print nothing": (
        "briefing.mjml.j2",
        BODY,
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}" + BODY,
        "its loops take more than 1,000,000 turns; end this one",
    ),
    "a range that is too long": (
        "briefing.mjml.j2",
        BODY,
        "{% for a in range(1000000000) %}x{% endfor %}" + BODY,
        r"MAX_RANGE \(100000\)\.$",
    ),
    "a selector of an attribute": (
        CSS,
        ".kicker {",
        'a[title="x,y"] { margin: 0 }\n.kicker {',
        "'a\\[t",
    ),
    "a selector of anything": (CSS, ".kicker {", ".card * { margin: 0 }\n.kicker {", "'.card \\*'"),
    "an element in capitals": (CSS, ".kicker {", ".by, P b { margin: 0 }\n.kicker {", "'P b'"),
    "an @import in theme.css": (CSS, "h1, h2", "@import 'https://x';\nh1, h2", "'@' cannot be"),
    "an !important in theme.css": (CSS, "margin: 0;", "margin: 0 !important;", "'!important'"),
    "a comment in theme.css that stays open": (CSS, "h1, h2", "/* h1", "'/\\*' cannot"),
}


@pytest.mark.parametrize(("name", "old", "new", "complaint"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_file_and_line(name, old, new, complaint, edition, design):
    settings = design(name, old, new)
    with pytest.raises(TemplateError, match=f"(?s){complaint}") as refusal:
        render(edition, settings)
    assert refusal.value.path == settings.template / name
    lines = (settings.template / name).read_text("utf-8").splitlines()
    if new:
        shown = lines[(refusal.value.line or 0) - 1]
        assert (
            new.splitlines()[0] in shown or "never closed" in complaint or "should be" in complaint
        )
    assert str(refusal.value).startswith(f"{settings.template / name}:{refusal.value.line}: ")
    assert not str(refusal.value).endswith("..")


def test_a_fault_inside_a_macro_of_another_file_is_named_there(edition, design):
    design("parts/story.mjml.j2", "<h{{", '{% from "parts/macro.j2" import head %}{{ head() }}<h{{')
    settings = design(MAIN, "<mjml", "<mjml")
    macro = settings.template / "parts/macro.j2"
    macro.write_text("{% macro head() %}\n<p>fine</p>\n<p>\n  a < b\n</p>\n{% endmacro %}\n")
    with pytest.raises(TemplateError, match="&lt;") as refusal:
        render(edition, settings)
    assert (refusal.value.path, refusal.value.line) == (macro, 4)


def test_text_after_an_include_on_the_same_line_belongs_to_the_including_file(edition, design):
    settings = design(MAIN, '{% include "parts/masthead.mjml.j2" %}', "\\g<0>")
    main = settings.template / MAIN
    main.write_text(
        main.read_text().replace("\\g<0>", '{% include "parts/masthead.mjml.j2" %} tail')
    )
    with pytest.raises(TemplateError, match="'tail'") as refusal:
        render(edition, settings)
    assert refusal.value.path == main
    assert "tail" in main.read_text().splitlines()[(refusal.value.line or 0) - 1]


def test_a_design_that_is_not_there_is_named(edition, settings, tmp_path):
    missing = tmp_path / "none"
    with pytest.raises(TemplateError, match="no such design") as refusal:
        render(edition, replace(settings, template=missing))
    assert refusal.value.path == missing


@pytest.mark.parametrize("name", [MAIN, TEXT, CSS, "parts"])
def test_a_file_that_is_missing_is_named(name, edition, design):
    settings = design(MAIN, "<mjml", "<mjml")
    path = settings.template / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(TemplateError, match=re.escape(name)):
        render(edition, settings)


@pytest.mark.parametrize("name", [MAIN, TEXT, CSS])
def test_a_file_that_is_no_text_is_named(name, edition, design):
    settings = design(MAIN, "<mjml", "<mjml")
    (settings.template / name).write_bytes(b"\xff\xfe\x00h1")
    with pytest.raises(TemplateError, match=re.escape(name)):
        render(edition, settings)


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        (STORY, "<h{{ level }} dir", '<h{{ level }} hidden="" dir', None),
        (TEXT, '{% include "parts/story.txt.j2" %}', "", "plain-text part lost the headline"),
        (STORY, "{{ paragraph }}", "", "HTML part lost the paragraph"),
        ("parts/sponsored.mjml.j2", "{{ sponsor_end }}", "", "open and close"),
        ("parts/paid.txt.j2", "    {{ sponsor_label }}", "", "open and close"),
        ("parts/footer.mjml.j2", "slot.email)", "slot.email | upper)", "without filters"),
        ("parts/footer.mjml.j2", "slot.email)", 'slot.email ~ "x")', None),
        (
            "parts/footer.mjml.j2",
            "slot.email)",
            'slot.email | replace("email", "phone"))',
            "no slot 'phone'",
        ),
    ],
)
def test_a_design_that_loses_something_is_refused(name, old, new, complaint, edition, design):
    settings = design(name, old, new)
    if complaint is None:
        render(edition, settings)
        return
    with pytest.raises(TemplateError, match=complaint):
        render(edition, settings)
