"""The sample edition looks as it did when somebody last looked, whatever the process."""

import re
import shutil
from dataclasses import replace

import pytest

from briefing.emails.render import render
from briefing.errors import TemplateError


def test_the_sample_looks_as_it_did(edition, settings, golden):
    mail = render(edition, settings)
    golden("staggers/invented.html", mail.html.encode())
    golden("staggers/invented.txt", mail.text.encode())


def test_an_editors_note_is_printed_below_its_story_in_both_parts(edition, settings):
    note = "The harbour board has <since> replied."
    first, second, *rest = edition.items
    (advert,) = edition.sponsored
    noted = replace(
        edition,
        items=(first, replace(second, note=note), *rest),
        sponsored=(replace(advert, note="We asked."),),
    )
    mail = render(noted, settings)
    escaped = note.replace("<", "&lt;").replace(">", "&gt;")
    for part, words in ((mail.html, escaped), (mail.text, note)):
        told = f"Editors’ note: {words}"
        (at,) = (place.start() for place in re.finditer(re.escape(told), part))
        assert part.index(rest[0].headline) > at > part.index(second.headline)
        assert part.count("Editors’ note: ") == 2
    assert "Editors’ note" not in render(edition, settings).html


def test_corrections_come_before_anything_new_in_both_parts(edition, settings, golden):
    told = (
        "The bill fell by <twelve> votes, not eleven.",
        "Ms Marsh runs the ports, not the quays.",
    )
    mail = render(replace(edition, corrections=told), settings)
    for part, first in ((mail.html, "&lt;twelve&gt;"), (mail.text, "<twelve>")):
        assert part.count("Correction:") == 2
        assert part.index("Correction:") < part.index(first) < part.index(edition.items[0].headline)
    golden("staggers/corrected.html", mail.html.encode())
    golden("staggers/corrected.txt", mail.text.encode())


def test_a_design_that_loses_a_correction_is_refused(edition, settings, tmp_path):
    design = tmp_path / "staggers"
    shutil.copytree(settings.template, design)
    (design / "parts" / "corrections.mjml.j2").write_text("")
    silent = replace(settings, template=design)
    assert render(edition, silent), "an edition without corrections needs none"
    with pytest.raises(TemplateError, match="the HTML part lost the correction 'The bill fell"):
        render(replace(edition, corrections=("The bill fell by twelve votes.",)), silent)
