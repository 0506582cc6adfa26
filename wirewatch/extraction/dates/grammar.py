"""The expressions, as regular expressions over the letters of ``words``.

Order matters: the first that matches at a place wins, so longer forms stand first.
"""

from __future__ import annotations

import re

_COUNT = "(?:[dn](?:-?[dn])?|q{1,3}i?|qd|h?q)"
_MONTH = "[Mm]"
_DAY = "[dO]"
_LEAD = "[isfv]?"
_ENDS = "(?=[c.pbi/]|$)"
"""Nothing follows that the last word could belong to: "on Friday last", not "last rites"."""

PATTERNS: tuple[tuple[str, str], ...] = (
    ("whole", f"{_LEAD}(?:Wc?)?I"),
    ("ymd", f"{_LEAD}(?:Wc?)?Y-[dn]-[dn]"),
    ("dmy", f"{_LEAD}(?:Wc?)?d-d-Y"),
    (
        "days",
        f"{_LEAD}{_MONTH}{_DAY}[-&i]{_DAY}(?:c?Y)?|{_LEAD}{_DAY}[-&i]{_DAY}i?{_MONTH}(?:c?Y)?",
    ),
    ("day", f"{_LEAD}(?:Wc?)?(?:{_MONTH}h?{_DAY}|h?{_DAY}-?i?{_MONTH})i?[LTX]U"),
    ("day", f"{_LEAD}(?:Wc?)?{_MONTH}h?{_DAY}(?:c?Y|c?2)?(?![-]?U)"),
    ("day", f"{_LEAD}(?:Wc?h?|h)?{_DAY}-?i?{_MONTH}(?:-?c?Y|2|n(?=[/.]))?"),
    ("month", f"{_LEAD}h?K?[-i]?h?Mi?[LTX]U|[is]h?K?[-i]?h?mi?[LTX]U"),
    ("month", f"{_LEAD}h?K?[-i]?h?{_MONTH}(?:c?i?Y|2)|{_LEAD}[LXT]{_MONTH}"),
    ("month", f"{_LEAD}h?K[-i]?{_MONTH}|{_LEAD}M|[is]m|m(?=z)"),
    ("season", f"{_LEAD}h?K?[-i]?h?S(?:i?h?i?Y)|{_LEAD}K?[LTX]S"),
    ("feast", f"{_LEAD}(?:HG?[UP]?|JUzG?[UP]?)(?:c?Y)?"),
    ("anniversary", f"h?(?:O|{_COUNT}-?U?)?-?U?a"),
    ("eve", "h[UP]i[yL]"),
    ("nth", f"{_LEAD}(?:Wc?)?hO(?:i[LT]U|ihU)|{_LEAD}Wc?h?O{_ENDS}|ihO(?!c?&?O){_ENDS}"),
    ("weekday", f"{_LEAD}K?[LXT]WP?|{_LEAD}K?WP?i?[LXT]U|{_LEAD}K?WP?L{_ENDS}|{_LEAD}K?WP?"),
    ("night", "oi?W(?:[-i]W)?"),
    ("weekdays", "e[WU]P?|i?w"),
    ("ago", f"(?:{_COUNT}-?)?UA(?:Q|TU|i?W)?|{_COUNT}Uk(?=[c.]|$)|(?<!h){_COUNT}U(?=s)"),
    ("earlier", f"{_COUNT}UB"),
    ("later", f"{_COUNT}UD"),
    ("today", f"{_LEAD}[KBD]?[yQtgo]P?|[KB]?[LT]P"),
    ("weekend", f"{_LEAD}h?[LXT]?R"),
    ("recent", f"{_LEAD}h?rU"),
    ("years", f"{_LEAD}Y[&i]Y|{_LEAD}h?Y-(?:Y|[dn](?![-dn]))"),
    ("decade", f"{_LEAD}h?K?[-i]?h?E"),
    ("last", f"{_LEAD}(?:h?[KBD]i?)?h?L(?:{_COUNT})?U"),
    ("this", f"{_LEAD}(?:h?[KBD]i?)?TU|[is]?h?KihU"),
    ("next", f"{_LEAD}(?:h?[KBD]i?)?h?X(?:{_COUNT})?U"),
    (
        "length",
        f"f(?:{_COUNT})?U(?!-?[lA])|{_COUNT}-U(?!-?[lAa])|U-V|[iv]{_COUNT}U(?![ABDla-])|[iv]h{_COUNT}U(?=s)",
    ),
    ("year", f"{_LEAD}h?K?[-i]?h?Y"),
)

_NAMED = [f"(?P<{name}_{number}>{body})" for number, (name, body) in enumerate(PATTERNS)]
EXPRESSION = re.compile(f"(?![-x.pcF/zlDbV&])(?:{'|'.join(_NAMED)})")
"""Bounded repetition only: matching takes linear time. The first part skips words that
begin none."""


def name_of(match: re.Match[str]) -> str:
    """Which expression it is: the name before the running number of its group."""
    return str(match.lastgroup).rpartition("_")[0]
