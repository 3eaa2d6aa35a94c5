"""One plain story, to put heads, feet and labels of pages around."""

TITLE = "The crane will wait until March"
TOLD = (
    "The harbour board has put off its vote on the crane until the second week of March, when the "
    "surveyors are due to say how much of the quay has sunk since the summer.",
    "Until then no lorry of more than twelve tonnes may use the outer quay, and the ferry will load "
    "from the old slip, which is dry for two hours of every tide.",
    "The board meets again on the first of December, in the net loft.",
)
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in TOLD)
