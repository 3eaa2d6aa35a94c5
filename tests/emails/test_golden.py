"""The sample edition looks as it did when somebody last looked, whatever the process."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from briefing.emails import render

ASK = """
import hashlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("sample", sys.argv[1])
sample = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sample)
mail = sample.render(sample.sample_edition(), sample.sample_settings())
print(hashlib.sha256((mail.html + mail.text).encode()).hexdigest())
"""


def test_the_sample_looks_as_it_did(edition, settings, golden):
    mail = render(edition, settings)
    golden("staggers/invented.html", mail.html.encode())
    golden("staggers/invented.txt", mail.text.encode())


def test_any_process_makes_the_same_bytes():
    answers = {
        subprocess.run(
            [sys.executable, "-c", ASK, str(Path(__file__).with_name("conftest.py"))],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(answers) == 1


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
