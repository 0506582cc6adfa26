"""The pipeline component ``wirewatch_numbers``: writes ``doc._.figures``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.annotations import register
from wirewatch.extraction.numbers.find import find_figures

register()


@Language.component("wirewatch_numbers", assigns=["doc._.figures"])
def wirewatch_numbers(doc: Doc) -> Doc:
    """Find every number mention of ``doc``; requires nothing but tokens."""
    doc._.figures = find_figures(doc)
    return doc
