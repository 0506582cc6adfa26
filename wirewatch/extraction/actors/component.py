"""The spaCy component ``wirewatch_actors``: writes ``doc._.actors``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.actors.find import find_actors
from wirewatch.extraction.annotations import published, register


@Language.component("wirewatch_actors", requires=["doc._.places"], assigns=["doc._.actors"])
def actors(doc: Doc) -> Doc:
    """Write ``doc._.actors`` from the tokens, ``doc._.places`` and the parse where there is one."""
    doc._.actors = find_actors(doc, published(doc))
    return doc


register()
