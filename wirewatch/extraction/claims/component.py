"""The pipeline component ``wirewatch_claims``: writes ``doc._.counted``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted, Figure, register
from wirewatch.extraction.claims.groups import share
from wirewatch.extraction.claims.implicit import implied
from wirewatch.extraction.claims.patterns import readings
from wirewatch.extraction.claims.phrases import passive
from wirewatch.extraction.claims.quotes import people_named, quotation
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.status import status_of
from wirewatch.extraction.claims.text import Mention, Text, read_text

register()


def read_figures(text: Text) -> list[Reading | None]:
    """The rules' reading of each figure of the text, None where they see no count of people."""
    best: list[Reading | None] = []
    for mention in text.mentions:
        if mention.figure.not_people is not None:
            best.append(None)
            continue
        found = [r for r in readings(text, mention) if not _whole(text, mention, r)]
        best.append(found[0] if found else None)
    return share(text, best)


def _whole(text: Text, mention: Mention, reading: Reading) -> bool:
    """In "40 of 300 residents perished" the 300 only say of how many.

    Neither is "one" a count in "he is one of nine people arrested".
    """
    if text.at(mention.end) == "of" and mention.figure.value == 1:
        base = text.mention_at.get(mention.end + 1, text.mention_at.get(mention.end + 2))
        if base is not None and text.at(mention.start - 1) in ("is", "was", "as", "among", "were"):
            return True
    i = mention.start - 1
    while i > 0 and text.low[i] in ("the", "its", "their", "his", "all", "those"):
        i -= 1
    if text.at(i) != "of" or i - 1 not in text.mention_at:
        return False
    helped = reading.anchor is not None and passive(text, reading.anchor.start)
    if reading.pattern in ("subject-passive", "subject-state"):
        return helped
    return reading.pattern in ("subject-happens", "far-subject")


def explicit_counts(text: Text, read: list[Reading | None]) -> list[Counted]:
    """The numbered counts that the rules are sure enough of."""
    found = []
    for index, (mention, reading) in enumerate(zip(text.mentions, read, strict=True)):
        if reading is None or reading.strength < LEAST:
            continue
        start, end = quotation(text, mention, reading)
        found.append(
            Counted(
                mention.figure,
                reading.kind,
                text.tokens[reading.anchor.start] if reading.anchor else None,
                text.tokens[start],
                text.tokens[end - 1] + 1,
                reading.subset,
                status_of(text, mention, reading),
                people_named(text, mention),
                _replaced(text, read, index),
                reading.strength,
            )
        )
    return found


def _replaced(text: Text, read: list[Reading | None], index: int) -> int | None:
    """The earlier figure of the same toll ("to 31 from 14", "14 dead, up from nine")."""
    here = text.mentions[index]
    for other, reading in enumerate(read):
        if reading is None or other == index or not text.same(text.mentions[other].head, here.head):
            continue
        given_on = reading.via == index and reading.pattern in ("revised-from", "denied")
        toll = reading.pattern == "toll" and text.at(text.mentions[other].start - 1) == "from"
        own = read[index]
        if given_on or (toll and own is not None and own.pattern == "toll"):
            value = text.mentions[other].figure.value
            return value if text.at(here.start - 1) != "from" else None
    return None


def implicit_counts(text: Text) -> list[Counted]:
    """Counts without a number, beside the numbered ones."""
    taken = {i for m in text.mentions if m.figure.not_people is None for i in range(m.start, m.end)}
    found = []
    for person in implied(text, taken):
        tokens = range(text.tokens[person.start], text.tokens[person.end - 1] + 1)
        figure = _figure(tokens, several=person.several)
        mention = Mention(person.start, person.end, person.end - 1, figure)
        anchor = person.reading.anchor
        assert anchor is not None
        first, last = min(person.start, anchor.start), max(person.end, anchor.end)
        found.append(
            Counted(
                figure,
                person.reading.kind,
                text.tokens[anchor.start],
                text.tokens[first],
                text.tokens[last - 1] + 1,
                status=status_of(text, mention, person.reading),
                who=" ".join(text.text[person.start : person.end]),
                confidence=person.reading.strength,
            )
        )
    return found


def _figure(tokens: range, *, several: bool) -> Figure:
    if several:
        return Figure(tokens[0], tokens[-1] + 1, None, 2, None, "vague", explicit=False)
    return Figure(tokens[0], tokens[-1] + 1, 1, 1, 1, "exact", explicit=False)


LEAST = 0.5
"""Weaker readings of the rules alone are left out."""


@Language.component("wirewatch_claims", requires=["doc._.figures"], assigns=["doc._.counted"])
def wirewatch_claims(doc: Doc) -> Doc:
    """Read which figures count people hurt, taken or moved."""
    text = read_text(doc, doc._.figures)
    counted = explicit_counts(text, read_figures(text))
    doc._.counted = tuple(
        sorted(counted + implicit_counts(text), key=lambda c: (c.figure.start, c.kind))
    )
    return doc
