"""Articles a second: our engine against stock Sumy LexRank, same tokenizer, same run.

Usage: `python -m benchmarks.digest`. For each length it prints medians of five rounds and the ratio, in processor
time; the two take turns, so that a busy machine slows both. The text is made up here, from our own words, and
each is read again in every round: a text that is read for the first time costs both more, and ours most.
"""

import random
import statistics
import time
from collections.abc import Callable

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from briefing.digests.make import digest_text
from briefing.digests.sentences import split_sentences
from briefing.digests.settings import DigestSettings
from briefing.digests.tokenizer import NewsTokenizer, stemmer, stop_words

LENGTHS = (10, 21, 30, 100, 300, 1000)
ROUNDS = 5
#: Stock LexRank needs seconds for the longest texts; then fewer articles a round are enough.
SECONDS_A_ROUND = 0.6
OPENINGS = ("The minister", "A committee of peers", "The housing bill", "Mr Hale", "She", "Critics")
VERBS = ("told the House that", "warned that", "will argue on Monday that", "denied that")
TOPICS = (
    "reservoir levy council tariff mandate tribunal ferry prison budget treaty school rent".split()
)
ENDS = ("before the recess", "by nine votes", "in the spring", "for the third year in a row")


def article(sentences: int, seed: int) -> str:
    chance = random.Random(seed)

    def sentence() -> str:
        topics = chance.sample(TOPICS, 4)
        return (
            f"{chance.choice(OPENINGS)} {chance.choice(VERBS)} the {topics[0]} and the {topics[1]} would "
            f"cost {chance.randint(2, 900)} million more than the {topics[2]}, and that no {topics[3]} "
            f"could be had {chance.choice(ENDS)}."
        )

    paragraphs = []
    while sentences > 0:
        count = min(sentences, chance.randint(1, 3))
        paragraphs.append(" ".join(sentence() for _ in range(count)))
        sentences -= count
    return "\n".join(paragraphs)


def ours(text: str) -> None:
    digest_text(text, "Ministers warned on the reservoir levy", DigestSettings())


def stock(text: str) -> None:
    tokenizer = NewsTokenizer()
    paragraphs = [
        Paragraph([Sentence(sentence, tokenizer) for sentence in split_sentences(line)])
        for line in text.split("\n")
    ]
    summarizer = LexRankSummarizer(stemmer("en"))
    summarizer.stop_words = stop_words("en")
    summarizer(ObjectDocumentModel(paragraphs), 3)


def rate(digest: Callable[[str], None], texts: list[str]) -> float:
    """Articles a second over one round; at least one article."""
    done, start = 0, time.process_time()
    while done == 0 or time.process_time() - start < SECONDS_A_ROUND:
        digest(texts[done % len(texts)])
        done += 1
    return done / (time.process_time() - start)


def main() -> None:
    print(f"{'sentences':>9} {'ours/s':>9} {'LexRank/s':>10} {'ratio':>7} {'ours ms':>8}")
    for length in LENGTHS:
        texts = [article(length, seed) for seed in range(40)]
        ours(texts[0])
        stock(texts[0])
        pairs = [(rate(ours, texts), rate(stock, texts)) for _ in range(ROUNDS)]
        mine = statistics.median(one for one, _ in pairs)
        theirs = statistics.median(other for _, other in pairs)
        ratio = statistics.median(one / other for one, other in pairs)
        print(f"{length:>9} {mine:>9.0f} {theirs:>10.1f} {ratio:>7.1f} {1000 / mine:>8.2f}")


if __name__ == "__main__":
    main()
