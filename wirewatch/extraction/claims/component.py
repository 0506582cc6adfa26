"""The pipeline component ``wirewatch_claims``: writes ``doc._.counted``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Counted, register
from wirewatch.extraction.claims.groups import share
from wirewatch.extraction.claims.patterns import Reading, readings
from wirewatch.extraction.claims.text import Text, read_text

register()


def read_figures(text: Text) -> list[Reading | None]:
    """The rules' reading of each figure of the text, None where they see no count of people."""
    best: list[Reading | None] = []
    for mention in text.mentions:
        if mention.figure.not_people is not None:
            best.append(None)
            continue
        found = readings(text, mention)
        best.append(found[0] if found else None)
    return share(text, best)


@Language.component("wirewatch_claims", requires=["doc._.figures"], assigns=["doc._.counted"])
def wirewatch_claims(doc: Doc) -> Doc:
    """Read which figures count people hurt, taken or moved."""
    text = read_text(doc, doc._.figures)
    counted = []
    for mention, reading in zip(text.mentions, read_figures(text), strict=True):
        if reading is not None and reading.strength >= 0.45:
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
