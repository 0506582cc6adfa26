"""A reliability plot as SVG: what claims of some confidence are worth."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

SIZE = 320
MARGIN = 44


class Tenth(Protocol):
    """Claims of about one confidence."""

    @property
    def claims(self) -> int:
        """How many."""

    @property
    def confidence(self) -> float:
        """Their mean confidence, 0 to 1."""

    @property
    def right(self) -> float:
        """The share that is right, 0 to 1."""


def reliability_svg(tenths: Iterable[Tenth]) -> str:
    """A dot a tenth, its area the number of claims, beside the line where both are one."""
    found = list(tenths)
    most = max((each.claims for each in found), default=1)
    dots = "".join(_dot(each, most) for each in found)
    edge = SIZE + 2 * MARGIN
    axis = f'<text x="{edge / 2}" y="{edge - 6}">confidence</text>'
    side = f'<text x="14" y="{edge / 2}" transform="rotate(-90 14 {edge / 2})">share right</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {edge} {edge}"'
        ' font-family="sans-serif" font-size="12" text-anchor="middle">'
        f'<rect width="{edge}" height="{edge}" fill="white"/>'
        f"{_grid()}{dots}{axis}{side}</svg>\n"
    )


def _grid() -> str:
    parts = []
    for k in range(0, 11, 2):
        at = k / 10
        parts.append(
            f'<path d="M{_x(at):.0f} {_y(0)}V{_y(1)}M{_x(0)} {_y(at):.0f}H{_x(1)}" stroke="#ddd"/>'
            f'<text x="{_x(at):.0f}" y="{_y(0) + 16}">{at:.1f}</text>'
            f'<text x="{_x(0) - 16}" y="{_y(at) + 4:.0f}">{at:.1f}</text>'
        )
    line = f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#888" stroke-dasharray="4"/>'
    return "".join(parts) + line


def _dot(each: Tenth, most: int) -> str:
    radius = 3 + 11 * (each.claims / most) ** 0.5
    title = f"{each.claims:,} claims of {each.confidence:.2f}: {each.right:.1%} right"
    return (
        f'<circle cx="{_x(each.confidence):.1f}" cy="{_y(each.right):.1f}" r="{radius:.1f}"'
        f' fill="#1f6feb" fill-opacity="0.7"><title>{title}</title></circle>'
    )


def _x(value: float) -> float:
    return MARGIN + SIZE * value


def _y(value: float) -> float:
    return MARGIN + SIZE * (1 - value)
