"""A claim and its answer at the desk: shown next to the digest, warned of when an edit parts them."""

from urllib.parse import quote

from tests.newsrooms import EDITION

_EDITION = f"/editions/{EDITION}"
_CLAIM = "Minister Tom Vale took £9,000 from a waste firm, the Tarn Post reported on Monday."
_DENIAL = "Mr Vale denied that he had taken any money and called the report an invention."
_TEXT = f"""Minister took money

{_CLAIM} The firm runs nine sites in the county and wants to build another one near the school. {_DENIAL}

The site is to be opened in June. Voters there have protested since March with brooms and buckets.
The county will look at the contract in May and has asked for the papers twice this year.
"""


def test_a_pair_is_shown_and_warned_of_once_an_edit_parts_it(browser):
    inside = browser.enter()
    version = str(inside.desk.sheet.version)
    added = inside.post(f"{_EDITION}/add", {"written": _TEXT}, seen=version)
    assert added.status_code == 303
    (item,) = (one for one in inside.desk.edition.items if _CLAIM in one.digest.text)
    assert _DENIAL in item.digest.text
    source = inside.get(f"{_EDITION}/source/{quote(item.id, safe='')}").text
    assert "answered by 3" in source.partition('class="digest"')[2]
    version = str(inside.desk.sheet.version)
    alone = {"kind": "sentences", "item": item.id, "s1": "on", "s2": "on"}
    assert inside.post(f"{_EDITION}/change", alone, seen=version).status_code == 303
    whole = inside.get(f"{_EDITION}/source/{quote(item.id, safe='')}").text.partition(
        'class="digest"'
    )[0]
    assert "answered by 3" in whole
    assert '<small class="answer">3</small>' in whole, (
        "the answer that is not chosen shows its number"
    )
    version = str(inside.desk.sheet.version)
    parted = {"kind": "rewrite", "item": item.id, "headline": item.headline, "paragraph": _CLAIM}
    assert inside.post(f"{_EDITION}/change", parted, seen=version).status_code == 303
    page = inside.get(_EDITION).text
    assert "pair-parted" in page
    assert "prints the denial" in page
    edited = inside.get(f"{_EDITION}/source/{quote(item.id, safe='')}").text
    assert "The digest it was rewritten from" in edited
