"""Confirmed, unconfirmed or nothing said, by the sentence of an event and the next one."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from wirewatch.extraction.context import context
from wirewatch.extraction.words import words

_OPEN = re.compile(
    r"\b(?:yet to (?:be )?(?:independently )?(?:confirm|verif)\w*"
    r"|(?:not|n't|n’t|never|cannot|unable to|nor|neither|declined to|refused to|refuses to)"
    r"(?: \w+){0,3} (?:confirm|verif)\w*"
    r"|(?:no|without|awaiting|lacked) (?:\w+ ){0,2}confirmation"
    r"|(?:trying|seeking|working|struggling|efforts) to (?:\w+ )?(?:confirm|verify)"
    r"|unconfirmed|unverified|impossible to (?:confirm|verify)"
    r"|neither (?:\w+ ){1,3}(?:confirmed|denied))\b",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"\b(?:(?:has|have|had|also|later|since|officially|independently|officials|police|spokes\w+"
    r"|ministry|authorities|government|army|military|president|minister|hospital|militants?) "
    r"(?:\w+ )?confirm(?:ed|s)|was confirmed by|were confirmed by|confirmed (?:that|the|on|to)"
    r"|confirmed (?:at least|more than|\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten"
    r"|dozens) (?:\w+ )?(?:people|persons|soldiers|civilians|children|deaths|were|had|died)"
    r"|confirms|independently verified)\b",
    re.IGNORECASE,
)

_BACK = re.compile(
    r"\b(?:the|that|this|these|those) (?:\w+ )?(?:report|claim|death|toll|figure|statement|account"
    r"|attack|incident|move|decision|number|casualt|information|news|allegation)\w*|\b(?:it|this|that)\b",
    re.IGNORECASE,
)


def confirmed(doc: Doc, token: int) -> bool | None:
    """False: said to be unconfirmed; True: said to be confirmed; None: neither.

    Doubt is looked for in the sentence and the next one, confirmation in the sentence alone.
    """
    seen = context(doc)
    number = seen.sentence[token]
    first, last = seen.bounds[number]
    following = seen.bounds[min(number + 1, len(seen.bounds) - 1)][1]
    if _OPEN.search(_flat(doc, first, last)) or _refers(doc, last, following):
        return False
    return True if _SURE.search(_flat(doc, first, last)) else None


def _refers(doc: Doc, first: int, last: int) -> bool:
    """The next sentence doubts what the last one said ("The report could not be verified")."""
    text = _flat(doc, first, last)
    found = _OPEN.search(text)
    return found is not None and _BACK.search(text) is not None


def _flat(doc: Doc, first: int, last: int) -> str:
    return " ".join(words(doc).span(first, last).split())
