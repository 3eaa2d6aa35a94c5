"""Notes in the margin of a document: what its editors told each other, which a word processor exports too."""

from lxml import html

#: A class that `regions` knows.
_COMMENTS = "comments"
#: Of the notes in what Word writes.
_STYLES = frozenset({"msocommenttext", "msocomtxt", "msocomoff"})


def set_notes_apart(tree: html.HtmlElement) -> None:
    """Name each note what it is, in place, and take the marks out of the text that lead to one.

    Google Docs ends on a box a note, whose mark leads back into the text: "[a]" to "#cmnt_ref1".
    """
    for mark in [link for link in tree.iter("a") if (link.get("id") or "").startswith("cmnt")]:
        if mark.get("id", "").startswith("cmnt_ref"):
            mark.drop_tree()
            continue
        box = next(mark.iterancestors("div"), None)
        if box is not None and box.getparent() is not None:
            box.set("class", _COMMENTS)
    for element in tree.iter("div", "p"):
        if _STYLES & set((element.get("class") or "").casefold().split()):
            element.set("class", _COMMENTS)
