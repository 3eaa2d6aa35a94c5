#!/usr/bin/env bash
# versions: sumy 0.13.0, nltk 3.10
# most expect: a language that Sumy's own documentation lists as supported has a stemmer
# seen 2026-11-29: Stemmer("greek") builds, and raises ValueError at the first word of unusual shape or at construction
# our code: src/briefing/digests/tokenizer.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check sumy==0.13.0 numpy
cd "$work"
"$work/venv/bin/python" - <<'PY'
from sumy.nlp.stemmers import Stemmer
try:
    stem = Stemmer("greek")
    found = [stem(word) for word in "η κυβέρνηση ανακοίνωσε σήμερα νέα μέτρα για την ενέργεια".split()]
    print("stems:", found)
    raised = False
except Exception as error:
    print(type(error).__name__, error)
    raised = True
raise SystemExit(not raised)
PY
