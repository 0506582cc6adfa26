"""Names that only look like dates: "Good Friday", "June 4 Movement", "Mr Sunday"."""

from __future__ import annotations

from wirewatch.extraction.dates.words import words_of

_WEEKDAYS = frozenset({"weekday", "nth"})
_DATES = frozenset({"day", "days", "month"})
_HONORIFICS = frozenset(words_of("mr mr. mrs mrs. ms ms. miss dr dr. sir prof prof. pastor"))
_NAMED_DAYS = frozenset(words_of("good easter palm holy bloody black cyber super ash maundy whit"))
"""Before a weekday: days that move from year to year, or that happened once."""
_OTHER_CALENDARS = frozenset(
    words_of(
        "lunar chinese vietnamese tibetan persian iranian kurdish afghan thai khmer cambodian lao "
        "burmese myanmar tamil sinhala bengali balinese hindu jewish islamic muslim hijri orthodox "
        "coptic julian ethiopian armenian"
    )
)
"""Their new year and Christmas fall on other days."""
_OWNERS = frozenset(
    words_of(
        "movement brigade brigades battalion group front organisation organization alliance "
        "coalition party martyrs square street avenue road bridge hospital university stadium "
        "district"
    )
)
"""What is named after a day of the year."""
_WEEKDAY_OWNERS = frozenset(
    words_of("market mosque harbor harbour school times telegraph mirror tribune mail express post")
)


def is_name(kind: str, before: str, first: str, after: str) -> bool:
    """Whether an expression of that kind is part of a name, by the words that stand around it."""
    earlier, later = before.lower(), after.lower()
    if kind in _WEEKDAYS:
        named = before[:1].isupper() and earlier in _NAMED_DAYS
        return named or earlier in _HONORIFICS or (after.istitle() and later in _WEEKDAY_OWNERS)
    if kind == "feast":
        return earlier in _OTHER_CALENDARS
    if kind not in _DATES:
        return False
    if earlier in _HONORIFICS or (first == "May" and before.istitle() and kind == "month"):
        return True  # "Theresa May's"
    return after.istitle() and later in _OWNERS
