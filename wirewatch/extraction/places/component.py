"""The spaCy component ``wirewatch_places``: writes ``doc._.places``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.annotations import register
from wirewatch.extraction.places.find import find_places
from wirewatch.extraction.places.outlet import without_outlet


@Language.component("wirewatch_places", assigns=["doc._.places"])
def places(doc: Doc) -> Doc:
    """Write ``doc._.places``; entities are used where there are any."""
    doc._.places = without_outlet(doc, find_places(doc))
    return doc


register()
