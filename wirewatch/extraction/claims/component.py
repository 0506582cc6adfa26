"""The pipeline component ``wirewatch_claims``: writes ``doc._.counted``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted, register
from wirewatch.extraction.claims.groups import share
from wirewatch.extraction.claims.patterns import Reading, readings
from wirewatch.extraction.claims.phrases import passive
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


@Language.component("wirewatch_claims", requires=["doc._.figures"], assigns=["doc._.counted"])
def wirewatch_claims(doc: Doc) -> Doc:
    """Read which figures count people hurt, taken or moved."""
    text = read_text(doc, doc._.figures)
    counted = []
    for mention, reading in zip(text.mentions, read_figures(text), strict=True):
        if reading is not None and reading.strength >= 0.5:
            anchor = reading.anchor.start if reading.anchor else mention.head
            counted.append(
                Counted(
                    mention.figure, reading.kind, text.tokens[anchor],
                    mention.figure.start, mention.figure.end, reading.subset,
                    confidence=reading.strength,
                )
            )  # fmt: skip
    doc._.counted = tuple(counted)
    return doc
