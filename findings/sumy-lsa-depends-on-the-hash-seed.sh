#!/usr/bin/env bash
# versions: sumy 0.13.0, numpy 2.3
# most expect: a summary of the same text is the same in every process
# seen 2026-11-29: LSA numbers the words in the order of a set, so ratings change in the last digits with PYTHONHASHSEED, and with them which sentence wins a tie
# our code: src/briefing/digests/ordered_lsa.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check sumy==0.13.0 numpy==2.3.5
cd "$work"
cat > rate.py <<'PY'
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lsa import LsaSummarizer
class Words:
    def to_words(self, text): return text.lower().split()
text = ["the levy rises in may", "the board met in the hall", "farmers near the river oppose the levy", "the hall was full in may", "the board will vote in june", "the levy pays for pumps"] * 3
document = ObjectDocumentModel([Paragraph([Sentence(f"{line} {number}", Words()) for number, line in enumerate(text)])])
summarizer = LsaSummarizer()
dictionary = summarizer._create_dictionary(document)
print(list(dictionary.items())[:5])
PY
one=$(PYTHONHASHSEED=1 "$work/venv/bin/python" rate.py); two=$(PYTHONHASHSEED=2 "$work/venv/bin/python" rate.py)
printf 'seed 1: %s\nseed 2: %s\n' "$one" "$two"
[ "$one" != "$two" ]
