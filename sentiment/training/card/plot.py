"""The reliability plot, drawn by hand as SVG: in greys and a blue that read on white and on black."""

from collections.abc import Mapping, Sequence
from typing import Final

from sentiment.training.card.figures import Bin

_SIDE, _LEFT, _TOP, _GAP = 200, 44, 30, 56
_WIDTH: Final = _LEFT + 3 * _SIDE + 2 * _GAP + 16
_HEIGHT: Final = _TOP + _SIDE + 46
_SMALLEST, _LARGEST = 2.0, 9.0

_PAGE: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"
  font-family="sans-serif" font-size="11" fill="#7d8590">
<title>How often an answer is right, by its confidence</title>
<desc>{desc}</desc>
{panels}
</svg>
"""
_PANEL: Final = """\
<g transform="translate({x} {y})">
<rect width="{side}" height="{side}" fill="none" stroke="#7d8590" stroke-opacity=".5"/>
<path d="M0 {side}L{side} 0" stroke="#7d8590" stroke-dasharray="4 4"/>
<polyline points="{line}" fill="none" stroke="#3b82c4" stroke-width="1.5"/>
{dots}
{ticks}
<text x="{middle}" y="-10" text-anchor="middle" font-size="13">{name}</text>
<text x="{middle}" y="{below}" text-anchor="middle">confidence</text>
<text transform="translate(-32 {middle}) rotate(-90)" text-anchor="middle">share right</text>
</g>"""


def reliability_plot(languages: Mapping[str, Sequence[Bin]]) -> str:
    """An SVG with a panel a language: a dot a bin of confidence, its area the number of texts in it."""
    panels = [_panel(place, name, bins) for place, (name, bins) in enumerate(languages.items())]
    told = [
        f"{name}: " + ", ".join(f"{one.right:.2f} right at confidence {one.confidence:.2f}" for one in bins) + "."
        for name, bins in languages.items()
    ]
    return _PAGE.format(width=_WIDTH, height=_HEIGHT, desc=" ".join(told), panels="\n".join(panels))


def _panel(place: int, name: str, bins: Sequence[Bin]) -> str:
    most = max(one.texts for one in bins)
    points = [(one.confidence * _SIDE, (1 - one.right) * _SIDE) for one in bins]
    sizes = [max(_SMALLEST, _LARGEST * (one.texts / most) ** 0.5) for one in bins]
    dots = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="#3b82c4" fill-opacity=".8"/>'
        for (x, y), size in zip(points, sizes, strict=True)
    ]
    return _PANEL.format(
        x=_LEFT + place * (_SIDE + _GAP),
        y=_TOP,
        side=_SIDE,
        line=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        dots="\n".join(dots),
        ticks="\n".join(map(_tick, (0.0, 0.5, 1.0))),
        middle=_SIDE / 2,
        name=name,
        below=_SIDE + 32,
    )


def _tick(value: float) -> str:
    """The number at both axes."""
    at = value * _SIDE
    return (
        f'<text x="{at:.0f}" y="{_SIDE + 15}" text-anchor="middle">{value:g}</text>'
        f'<text x="-6" y="{_SIDE - at + 4:.0f}" text-anchor="end">{value:g}</text>'
    )
