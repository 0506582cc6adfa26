"""Words that lost the blank between them, as texts taken from pages do at the end of a line.

"At least140", "people weredisplaced", "who fledLisbon": only words that are no part of a longer
one are cut, so that names and numbers of models stay whole ("B52", "area51").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from wirewatch.extraction.calendar_names import MONTHS

_BEFORE_DIGITS = (
    "about almost and around at between by from in least nearly of on over than to until with since"
)
_MONTHS = sorted(MONTHS - {"may"})
"""Not May, which is a verb too."""
_PEOPLE = "people persons families households civilians residents villagers others"
_TOLD = "have had were are who could fled displaced evacuated killed injured"
_HELPERS = "were was been be have had has already newly and new"
_HARM = (
    "displaced evacuated killed injured wounded forced fled arrested kidnapped missing homeless "
    "displacement displacements"
)
_DEEDS = "displaced displacing evacuated killed killing injured injuring wounded forced forcing"
_BOUNDS = "about almost around as at more nearly over some up people families"


_BEFORE_NAMES = "in of to from the and by near fled"


def infixes() -> Iterator[str]:
    """Regular expressions of the empty stretches between two such words."""
    yield from _cuts(_BEFORE_DIGITS.split(), r"[0-9]")
    yield from _cuts(_MONTHS, r"(?:[0-9]{1,2}|[0-9]{4})\b")
    yield rf"(?<=[0-9])(?=(?i:{'|'.join(_MONTHS)})\b)"
    yield from _cuts(_PEOPLE.split(), _word(_TOLD))
    yield from _cuts(_HELPERS.split(), _word(f"{_HARM} been"))
    yield from _cuts(_DEEDS.split(), _word(_BOUNDS))
    yield from _cuts(_BEFORE_NAMES.split(), r"[A-Z][a-z]", flag="")


def _word(choices: str) -> str:
    return rf"(?i:{'|'.join(choices.split())})\b"


def _cuts(first: Iterable[str], second: str, flag: str = "i") -> Iterator[str]:
    """One expression a length: what is looked back for must have a fixed one."""
    for _, alike in groupby(sorted(set(first), key=len), key=len):
        yield rf"(?<=\b(?{flag}:{'|'.join(sorted(alike))}))(?={second})"
