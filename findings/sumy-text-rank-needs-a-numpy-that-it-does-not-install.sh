#!/usr/bin/env bash
# versions: sumy 0.13.0, nltk 3.10.4
# most expect: `pip install sumy` installs what its methods need; if not, importing one says so
# seen 2026-11-30: TextRank, LexRank and LSA import, can be built, and raise ValueError at the first text, TextRank in LexRank's name: numpy is not among what is installed; the other methods work
# our code: pyproject.toml
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check sumy==0.13.0 nltk==3.10.4
cd "$work"
"$work/venv/bin/python" - <<'PY'
from importlib import import_module
from sumy.parsers.plaintext import PlaintextParser

class Words:
    def to_sentences(self, text):
        return [part for part in text.split(". ") if part]

    def to_words(self, sentence):
        return sentence.split()

TEXT = "The pier closed on Monday. The mayor spoke of the pier on Tuesday. Nobody was hurt on the pier"
METHODS = {"lsa": "Lsa", "text_rank": "TextRank", "lex_rank": "LexRank", "luhn": "Luhn", "sum_basic": "SumBasic"}
failed = []
for module, name in METHODS.items():
    method = getattr(import_module(f"sumy.summarizers.{module}"), f"{name}Summarizer")()
    try:
        method(PlaintextParser.from_string(TEXT, Words()).document, 1)
    except ValueError as error:
        failed.append(name)
        print(f"{name}: {error}")
raise SystemExit(failed != ["Lsa", "TextRank", "LexRank"])
PY
