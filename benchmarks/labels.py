"""What readers of pages make of a paid box inside an article: is its text there, and is its label?

Usage: `python -m benchmarks.labels`. Each form of label stands in the same article of our own writing, once with
the box in the middle and once at the end; a page counts when the paid sentence is in the text that the reader
hands on. Readers as in `benchmarks.corpora`: those that are not installed are named and left out.
"""

from collections.abc import Callable

from benchmarks.corpora import Answer, installed

STORY = (
    "<p>The weir at Sallow Ford was opened on Monday after nine weeks of repairs, and the mill below it turned "
    "again before noon, to the cheers of the children who had been let out of school.</p>",
    "<p>The reeve said that the stones had come from the old bridge, which was taken down in the spring, and that "
    "the carters had asked for no more than their bread and their beer.</p>",
    "<p>A second lock is to follow next year, if the surveyors find rock where the maps show it, and if the "
    "millers agree to stand still for the month of August.</p>",
    "<p>Nobody in the hall spoke against it, though the ferryman asked who would pay him for the summer that he "
    "had lost, and was told to bring his book to the next meeting.</p>",
)
#: Stands in the paid text and nowhere else.
PAID = "Tern Bank"
ADVERT = (
    f"Open an account with {PAID} today and get a better rate on all of your savings for the whole of the next "
    "year, with nothing to sign and nothing to pay before the spring."
)
#: Words that a reader of the text alone can know a label by.
SAID = ("advert", "sponsor", "paid", "partner", "promot")
FORMS = {
    "a line above it": f"<div><p>Advertisement</p><p>{ADVERT}</p></div>",
    "a heading above it": f"<aside><h4>Sponsored content</h4><p>{ADVERT}</p></aside>",
    "a small line below it": f"<div><p>{ADVERT}</p><small>Paid for by {PAID}</small></div>",
    "a badge in its paragraph": f"<p><b>Sponsored</b> {ADVERT}</p>",
    "words in its paragraph": f"<p>Paid post: {ADVERT}</p>",
    "a caption of its figure": f"<figure><p>{ADVERT}</p><figcaption>Advertisement</figcaption></figure>",
    "class sponsored": f"<div class=sponsored><p>{ADVERT}</p></div>",
    "class ad-slot": f"<div class=ad-slot><p>{ADVERT}</p></div>",
    "class partner-content": f"<section class=partner-content><p>{ADVERT}</p></section>",
    "aria-label": f"<div role=region aria-label=Advertisement><p>{ADVERT}</p></div>",
    "data-ad-slot": f"<section data-ad-slot=3><p>{ADVERT}</p></section>",
    "a link's rel=sponsored": f"<p>{ADVERT} <a rel=sponsored href=/tern>More</a></p>",
}
COLUMNS = ("neither", "text and label", "text without its label")


def pages(box: str) -> list[bytes]:
    """The article with the box in the middle, and at its end."""
    return [
        (
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>Weir opens</title></head><body>"
            f"<article><h1>Weir opens</h1>{''.join(STORY[:at])}{box}{''.join(STORY[at:])}</article></body></html>"
        ).encode()
        for at in (2, 4)
    ]


def outcome(answer: Answer) -> str:
    """In which column a page belongs."""
    if PAID not in answer.text or answer.verdict != "editorial":
        return COLUMNS[0]
    found = any(word in answer.text.lower() for word in SAID)
    return COLUMNS[1] if found else COLUMNS[2]


def lost(reader: Callable[[bytes], Answer]) -> dict[str, list[str]]:
    """What becomes of the two pages of each form of label."""
    return {form: [outcome(reader(page)) for page in pages(box)] for form, box in FORMS.items()}


def main() -> None:
    """Prints a table by reader and one by form of label."""
    found = {name: lost(reader) for name, reader in installed().items()}
    print(f"\n| {2 * len(FORMS)} pages | {' | '.join(COLUMNS)} |\n|---|{'---|' * len(COLUMNS)}")
    for name, forms in found.items():
        all_of_them = [one for both in forms.values() for one in both]
        print(f"| {name} | {' | '.join(str(all_of_them.count(one)) for one in COLUMNS)} |")
    print(f"\n| its label lost, of two pages | {' | '.join(found)} |\n|---|{'---|' * len(found)}")
    for form in FORMS:
        counts = [str(forms[form].count(COLUMNS[2])) for forms in found.values()]
        print(f"| {form} | {' | '.join(counts)} |")


if __name__ == "__main__":
    main()
