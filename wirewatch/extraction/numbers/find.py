"""Every number mention of a text as a Figure: no parse, no tags, one pass, linear time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from spacy.tokens import Doc

from wirewatch.extraction.annotations import Figure
from wirewatch.extraction.numbers.bounds import bound_after, bound_before
from wirewatch.extraction.numbers.lexemes import lexeme
from wirewatch.extraction.numbers.not_people import reason
from wirewatch.extraction.numbers.numeral import DASHES, Numeral, Words, read_numeral
from wirewatch.extraction.numbers.ordinals import counts_people
from wirewatch.extraction.numbers.ranges import Range, read_range
from wirewatch.extraction.numbers.shares import Ratio, Share, fraction_words, read_ratio, read_share
from wirewatch.extraction.numbers.span import Span
from wirewatch.extraction.numbers.vague import Vague, read_vague
from wirewatch.extraction.numbers.words import section
from wirewatch.extraction.numbers.zeros import read_zero
from wirewatch.extraction.words import words as tokens_of
from wirewatch.model import Modifier

MAX_PEOPLE = 8_500_000_000
"""More than everyone alive: no count of people."""

_MOST = 3_000
"""Numbers read of one text: longer tables tell of no people, and time stays bounded."""
_OPENERS = section("openers")


def find_figures(doc: Doc) -> tuple[Figure, ...]:
    """The first 3,000 number mentions of ``doc``, those that count no people with their reason.

    Works on any tokenised Doc, in any letter case; reads tokens only. Spans may nest where one
    number is a share of another ("half of the 14,000"), but each has a head token of its own.
    """
    tokens = visible(doc)
    seen = tokens_of(doc)
    low = [seen.lower[i] for i in tokens]
    words = Words(
        low,
        [lexeme(word) for word in low],
        [bool(seen.after[i]) for i in tokens],
        [seen.texts[i] for i in tokens],
    )
    return tuple(_placed(figure, tokens) for figure in islice(_figures(words), _MOST))


def visible(doc: Doc) -> list[int]:
    """Tokens other than single line breaks and stray blanks, which wires put inside sentences."""
    seen = tokens_of(doc)
    pairs = zip(seen.texts, seen.blank, strict=True)
    return [i for i, (text, blank) in enumerate(pairs) if not blank or text.count("\n") > 1]


def _placed(figure: Figure, tokens: list[int]) -> Figure:
    """The figure with its positions among visible words turned into tokens of the Doc."""
    if len(tokens) == tokens[-1] + 1:
        return figure
    return replace(
        figure,
        start=tokens[figure.start],
        end=tokens[figure.end - 1] + 1,
        head=tokens[head_token(figure)],
    )


def head_token(figure: Figure) -> int:
    """The token where the learned heads are read: the last one of the number proper.

    Bounds are left out: "at least |12|", "between 36 and |40|", "12 or more" → "12", "tens of
    |thousands|", "a |dozen|", "|half| of the 14,000", "the |third| person to die".
    """
    return figure.end - 1 if figure.head is None else figure.head


def _figures(words: Words) -> Iterator[Figure]:
    i, size = 0, len(words.low)
    while i < size:
        if words.lex[i] is None and words.low[i] not in _OPENERS:
            i += 1
            continue
        figure, i = _at(words, i)
        if figure is not None:
            yield _of_things(words, figure)


def _of_things(words: Words, figure: Figure) -> Figure:
    """As in "21 of the country's 34 provinces" counts provinces too."""
    if figure.not_people is not None or words.at(figure.end) != "of":
        return figure
    for i in range(figure.end + 1, min(figure.end + 6, len(words.low))):
        base = read_numeral(words, i)
        if base is not None:
            same = _why_not(words, base, bounded=True) in ("count of things", "time span")
            return replace(figure, not_people="count of things") if same else figure
        if words.lex[i] is not None or words.low[i] in _END_OF_BASE:
            return figure
    return figure


_END_OF_BASE = frozenset((",", ";", ".", "them", "whom", "those", "in", "on", "at", "from", "were"))


def _at(words: Words, i: int) -> tuple[Figure | None, int]:
    """The figure that begins at ``i``, if any, and where to go on."""
    zero = read_zero(words, i)
    if zero is not None:
        return zero, zero.end
    share = read_share(words, i)
    if share is not None:
        return _of_share(words, share), share.end
    ratio = read_ratio(words, i)
    if ratio is not None and _of_people(words, ratio):
        return _bare_fraction(i, ratio.end), ratio.end
    numeral = read_numeral(words, i)
    if numeral is not None:
        return _of_numeral(words, numeral)
    vague = read_vague(words, i)
    if vague is not None:
        return _of_vague(words, vague), vague.end
    lex = words.lex[i]
    if lex is not None and lex.kind == "ordinal":
        return _of_ordinal(words, i, lex.value), i + 1
    return None, i + 1


def _of_people(words: Words, ratio: Ratio) -> bool:
    """Not one killed "in three attacks", "in 10 days"."""
    span = Span(ratio.end - 1, ratio.end, ratio.under, digits=False, bounded=True)
    return reason(words, span) is None


_COMPOUND = "part of a compound adjective"
"""No hindrance to a share: "all but three of the 11-man crew" are people."""


def _of_share(words: Words, share: Share) -> Figure:
    bound = bound_before(words, share.start)
    modifier: Modifier = "approx" if bound.modifier in ("approx", "exact") else bound.modifier
    if words.at(share.start) == "all":
        modifier = bound.modifier
    low, high = limits(share.value, modifier)
    part = share.fraction < 1
    why_not = _why_not(words, share.base, bounded=True)
    return Figure(
        bound.start, share.base.end, share.value, low, high, modifier,
        fraction=round(share.fraction, 4) if part else None,
        base=int(share.base.value) if part else None, head=share.end - 1,
        not_people=None if why_not == _COMPOUND else why_not,
    )  # fmt: skip


def _of_numeral(words: Words, numeral: Numeral) -> tuple[Figure, int]:
    pair = read_range(words, numeral)
    if pair is not None:
        return _of_range(words, pair), pair.end
    part = fraction_words(words, numeral.start)
    if part is not None and part[0] > numeral.end:
        return _bare_fraction(numeral.start, part[0]), part[0]
    before, after = bound_before(words, numeral.start), bound_after(words, numeral.end)
    modifier = after.modifier or before.modifier
    value = int(numeral.value)
    low, high = limits(value, modifier)
    why_not = _why_not(words, numeral, bounded=before.modifier != "exact", until=after.end)
    figure = Figure(
        before.start, after.end, value, low, high, modifier,
        not_people=why_not, head=numeral.end - 1,
    )  # fmt: skip
    return figure, numeral.end


def _bare_fraction(start: int, end: int) -> Figure:
    return Figure(start, end, None, None, None, "exact", not_people="fraction")


def _of_range(words: Words, pair: Range) -> Figure:
    before, after = bound_before(words, pair.start), bound_after(words, pair.end)
    start = pair.start - 1 if words.at(pair.start - 1) == "between" else before.start
    why_not = _why_not(words, pair.high, bounded=True) or _why_low(words, pair)
    return Figure(
        start, after.end, None, int(pair.low.value), int(pair.high.value), "range",
        not_people=why_not, head=pair.end - 1,
    )  # fmt: skip


def _why_low(words: Words, pair: Range) -> str | None:
    """What stands before a range tells of both its ends: "aged 14 to 16", "Boeing 737-800"."""
    low = _why_not(words, pair.low, bounded=False)
    return low if low in _TOLD_BEFORE else _why_years(words, pair)


_TOLD_BEFORE = frozenset(("age", "money", "number in a name"))


def _why_years(words: Words, pair: Range) -> str | None:
    """Whether a range is one of years ("2003-2005") or of days ("May 3 to 5")."""
    low, high = pair.low, pair.high
    plain = low.digits and high.digits and low.end - low.start == 1 == high.end - high.start
    if plain and 1800 <= low.value < high.value <= 2100 and len(words.at(low.start)) == 4:
        return "year"
    if plain and len(words.at(low.start)) == 4 and 1900 <= low.value <= 2100 and high.value < 100:
        return "year"
    dated = "date" in (_why_not(words, low, bounded=False), _why_not(words, high, bounded=False))
    return "date" if dated else None


def _of_vague(words: Words, vague: Vague) -> Figure:
    before = bound_before(words, vague.start)
    end = vague.end + (words.at(vague.end) == "of")
    span = Span(vague.start, end, vague.low, digits=False, bounded=True)
    return Figure(
        before.start, vague.end, None, vague.low, None, "vague", vague=vague.word,
        head=vague.head, not_people=reason(words, span),
    )  # fmt: skip


def _of_ordinal(words: Words, i: int, value: float) -> Figure:
    people = value > 1 and counts_people(words, i)
    number = int(value)
    return Figure(
        i, i + 1, number, number, None, "exact", ordinal=True,
        not_people=None if people else "ordinal",
    )  # fmt: skip


def _why_not(
    words: Words, numeral: Numeral, *, bounded: bool, until: int | None = None
) -> str | None:
    if numeral.value > MAX_PEOPLE:
        return "telephone or code"
    if words.at(numeral.end - 1) == "m" and not _million_after_all(words, numeral):
        return "distance or measure"
    end = numeral.end if until is None else until
    return reason(words, Span(numeral.start, end, numeral.value, numeral.digits, bounded))


def _million_after_all(words: Words, numeral: Numeral) -> bool:
    """In "2.5m people" m is a million, not a metre: a plural or a verb follows."""
    following = words.at(numeral.end)
    if following in DASHES:
        return False
    return following.endswith("s") or following in _COUNTED_MILLIONS


_COUNTED_MILLIONS = frozenset(
    ("people", "have", "of", "were", "are", "children", "had", "homeless", "more", *section("harm"))
)


def limits(value: int, modifier: Modifier) -> tuple[int | None, int | None]:
    """``low`` and ``high`` of a figure: "at least 43" has no high, "up to 43" no low."""
    if modifier == "exact":
        return value, value
    return (None, value) if modifier == "at_most" else (value, None)
