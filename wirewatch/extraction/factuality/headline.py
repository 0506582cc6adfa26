"""The future of headlines: "Kenya to send troops", "Two presidents to meet in Oslo"."""

from __future__ import annotations

from wirewatch.extraction.context import wordset
from wirewatch.extraction.kinds import MEETINGS, MOVES
from wirewatch.extraction.referee.mention import Mention

_GOVERNS = wordset(
    "urge urges urged ask asks asked want wants wanted call calls called tell tells told press "
    "presses pressed pressure force forces forced allow allows allowed help helps demand demands "
    "demanded beg begs offer offers offered plan plans planned vow vows vowed agree agrees agreed "
    "threaten threatens threatened refuse refuses refused fail fails failed try tries tried bid "
    "hope hopes ready willing deal order orders ordered vote votes voted decide decides decided "
    "move moves effort efforts chance right need needs seek seeks sought begin begins began start "
    "starts started continue continues likely unlikely expected able unable due set close how "
    "when whether where not never no push pushes invite invites invited persuade attempt request "
    "proposal pledge pledges pledged promise promises promised warn warns warned reluctant free "
    "prepare prepares refusal failure invitation reason time way what"
)

_DO = wordset(
    "send deploy pull withdraw recall bring boost add cut keep hold meet resume start begin impose "
    "lift sign extend host discuss attend join end halt double reduce increase contribute dispatch "
    "station leave return slap tighten ease renew restart launch open move"
)
_NEAR = 5
"""Tokens from "to" to what names the move: "to send 300 more troops"."""


def announces(words: tuple[str, ...], mention: Mention, first: int, title_end: int) -> bool:
    """Whether a title says of a move or a meeting that it is "to" be, and nobody only wants it."""
    token = mention.token
    if token >= title_end or mention.type not in MEETINGS | MOVES | {"sanctions"}:
        return False
    for i in range(max(first, token - _NEAR, 1), token):
        opens = i == first and not words[i - 1].endswith(".")  # not after "U.S."
        if words[i] == "to" and not opens and (words[i + 1] in _DO or i + 1 == token):
            return _GOVERNS.isdisjoint(words[first:i]) and "," not in words[i:token]
    return False
