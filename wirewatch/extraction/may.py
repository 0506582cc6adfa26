"""Where "may" is the month or a name, and no verb: "in early May", "the May floods"."""

from __future__ import annotations

from wirewatch.extraction.words import Words

_BEFORE = frozenset(
    ("in", "on", "since", "until", "by", "of", "last", "this", "next", "early", "late", "mid",
     "mid-", "during", "from", "between", "through", "before", "after", "till")
)  # fmt: skip
_BEFORE_MONTHS_ONLY = frozenset(("since", "until", "last", "early", "late", "mid", "during"))
"""What a small "may" is a month after; "those left in may be dead"."""
_STOPS = frozenset((".", "!", "?", ":", ";", '"', "“", "”", "–", "—"))


def no_verb(seen: Words, i: int) -> bool:
    """Whether the token, a "may", is a month or somebody's name."""
    before, after = _near(seen, i, -1), _near(seen, i, 1)
    lower = seen.lower[before] if before is not None else ""
    if lower.isdigit() or (after is not None and seen.texts[after][:1].isdigit()):
        return True
    if seen.texts[i] == "May":
        headline = after is not None and seen.texts[after][:1].isupper()
        opens = before is None or lower in _STOPS
        return lower in _BEFORE or not (headline or opens)
    return lower in (_BEFORE if seen.texts[i].isupper() else _BEFORE_MONTHS_ONLY)


def _near(seen: Words, i: int, step: int) -> int | None:
    """The next token on one side that is no white space."""
    i += step
    while 0 <= i < len(seen.texts) and seen.blank[i]:
        i += step
    return i if 0 <= i < len(seen.texts) else None
