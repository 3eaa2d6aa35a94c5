"""Charts as SVG drawn here: no script, and colours that the style sheet gives."""

from collections.abc import Sequence

from jinja2 import Environment
from markupsafe import Markup

#: In the chart's own units; it is scaled to the width there is.
_WIDTH, _ROW, _LABEL, _NUMBER = 640, 26, 110, 70
_BARS = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
    """\
<svg class="bars" viewBox="0 0 {{ width }} {{ height }}" role="img" aria-label="{{ title }}">
{% for row in rows %}
<text x="0" y="{{ row.y + 17 }}" class="name">{{ row.label }}</text>
<rect x="{{ left }}" y="{{ row.y + 4 }}" width="{{ row.length }}" height="16" class="bar {{ row.label }}"/>
<text x="{{ left + row.length + 8 }}" y="{{ row.y + 17 }}" class="count">{{ row.count }}</text>
{% endfor %}
</svg>
"""
)


def bars(rows: Sequence[tuple[str, int]]) -> Markup:
    """One bar for each label, the longest as wide as there is room. Its twin is a table."""
    most = max((count for _, count in rows), default=0) or 1
    room = _WIDTH - _LABEL - _NUMBER
    drawn = [
        {
            "label": label,
            "count": f"{count:,}",
            "y": at * _ROW,
            "length": round(room * count / most, 1),
        }
        for at, (label, count) in enumerate(rows)
    ]
    said = ", ".join(f"{label} {count:,}" for label, count in rows)
    return Markup(  # noqa: S704 - drawn by a template that escapes
        _BARS.render(rows=drawn, width=_WIDTH, height=_ROW * len(rows), left=_LABEL, title=said)
    )
