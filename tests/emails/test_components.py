"""The table of components is true of the compiler that we use."""

import subprocess
import sys
from pathlib import Path

import mjml
import pytest

from briefing.emails.components import ATTRIBUTES, CHILDREN, REFUSED, misspelled
from briefing.emails.source_map import Places
from briefing.emails.validator import validate
from briefing.errors import TemplateError

VALUES = {
    "align": "right",
    "dir": "rtl",
    "direction": "rtl",
    "fluid-on-mobile": "true",
    "full-width": "full-width",
    "table-layout": "fixed",
    "text-align": "right",
    "vertical-align": "bottom",
}
COLUMN = "<mjml><mj-body><mj-section><mj-column>{}</mj-column></mj-section></mj-body></mjml>"
#: A document for each component, with the place where its attributes go.
DOCUMENTS = {
    "mjml": "<mjml @><mj-body></mj-body></mjml>",
    "mj-body": "<mjml><mj-body @><mj-section></mj-section></mj-body></mjml>",
    "mj-breakpoint": "<mjml><mj-head><mj-breakpoint @ /></mj-head><mj-body><mj-section><mj-column>"
    "<mj-text>x</mj-text></mj-column></mj-section></mj-body></mjml>",
    "mj-wrapper": "<mjml><mj-body><mj-wrapper @><mj-section></mj-section></mj-wrapper></mj-body></mjml>",
    "mj-section": "<mjml><mj-body><mj-section @><mj-column></mj-column></mj-section></mj-body></mjml>",
    "mj-group": "<mjml><mj-body><mj-section><mj-group @><mj-column></mj-column><mj-column></mj-column>"
    "</mj-group></mj-section></mj-body></mjml>",
    # A column's inner ground and border show only where it has padding.
    "mj-column": '<mjml><mj-body><mj-section><mj-column padding-top="1px" @><mj-text>x</mj-text>'
    "</mj-column></mj-section></mj-body></mjml>",
    "mj-text": COLUMN.format("<mj-text @>x</mj-text>"),
    "mj-button": COLUMN.format('<mj-button href="https://x" @>x</mj-button>'),
    "mj-image": COLUMN.format('<mj-image src="https://x/y.png" href="https://x" @ />'),
    "mj-divider": COLUMN.format("<mj-divider @ />"),
    "mj-spacer": COLUMN.format("<mj-spacer @ />"),
    "mj-table": COLUMN.format("<mj-table @><tr><td>x</td></tr></mj-table>"),
}
PAIRS = [(tag, name) for tag, names in sorted(ATTRIBUTES.items()) for name in sorted(names)]


def value_of(name):
    if name.endswith("color"):
        return "#123456"
    if name in ("border-style", "border-color"):
        return "dotted"
    if name.startswith(("border", "inner-border")) and not name.endswith(("radius", "width")):
        return "3px solid #123456"
    sized = (
        "padding",
        "inner-",
        "width",
        "height",
        "max-",
        "font-size",
        "letter-",
        "line-",
        "border",
    )
    return VALUES.get(name, "17px" if name.startswith(sized) else "zz")


@pytest.mark.parametrize(("tag", "name"), [pair for pair in PAIRS if pair[1] != "mj-class"])
def test_every_attribute_of_the_table_changes_the_output(tag, name):
    attribute = f'{name}="{value_of(name)}"'
    document = DOCUMENTS[tag]
    if name in ("href", "src"):
        document = document.replace(f'{name}="https://x"', "").replace(
            f'{name}="https://x/y.png"', ""
        )
    plain = mjml.mjml2html(document.replace("@", ""), fonts={})
    assert mjml.mjml2html(document.replace("@", attribute), fonts={}) != plain
    assert not misspelled(tag, name, value_of(name))


@pytest.mark.parametrize("tag", sorted(set(DOCUMENTS) - {"mjml", "mj-body", "mj-breakpoint"}))
def test_a_class_of_defaults_reaches_every_component(tag):
    head = '<mj-head><mj-attributes><mj-class name="k" css-class="zz" /></mj-attributes></mj-head>'
    assert "mj-class" in ATTRIBUTES[tag]
    document = DOCUMENTS[tag].replace("<mjml>", f"<mjml>{head}").replace("@", 'mj-class="k"')
    validate(Places(document, Path(), "x"))
    assert 'class="zz' in mjml.mjml2html(document, fonts={})


def test_every_component_can_stand_somewhere_and_none_is_refused_as_well():
    held = set().union(*CHILDREN.values())
    assert set(ATTRIBUTES) <= held
    assert not set(REFUSED) & held


@pytest.mark.parametrize("tag", ["b", "mj-section"])
def test_ten_thousand_nested_tags_are_a_sentence_and_no_crash(tag):
    script = (
        "from pathlib import Path\n"
        "from briefing.emails.mjml import compile_mjml, normalise\n"
        "from briefing.emails.source_map import Places\n"
        "from briefing.emails.validator import validate\n"
        f"source = {COLUMN!r}.format('<mj-text>' + '<{tag}>' * 10000 + '</{tag}>' * 10000 + '</mj-text>')\n"
        "places = Places(normalise(source), Path('design'), 'briefing.mjml.j2')\n"
        "validate(places)\n"
        "compile_mjml(places)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "briefing.errors.TemplateError: design/briefing.mjml.j2:1: " in ran.stderr


@pytest.mark.parametrize(
    "source",
    [
        COLUMN.format('<mj-text>a<br>b<br/>c<hr><a href="x">d</a>&nbsp;&amp;<!-- e --></mj-text>'),
        COLUMN.format("<mj-raw><!--[if mso]><i>x</i><![endif]--><p>y</p></mj-raw>"),
        "<!-- a note --><mjml><mj-body>\n<!-- another -->\n</mj-body></mjml>\n",
        '<mjml><mj-head><mj-style>a > b { content: "x"; }</mj-style></mj-head><mj-body /></mjml>',
        COLUMN.format('<mj-text padding="0 24px" line-height="1.5">x</mj-text>').replace(
            "0 ", "0px "
        ),
    ],
)
def test_what_the_compiler_reads_well_is_let_through(source):
    validate(Places(source, Path(), "x"))
    assert "<body" in mjml.mjml2html(source, fonts={})


def test_an_empty_file_is_no_email(tmp_path):
    with pytest.raises(TemplateError, match="no <mj-body>"):
        validate(Places("", tmp_path, "briefing.mjml.j2"))
