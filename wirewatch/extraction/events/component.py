"""``wirewatch_events``: the Doc's events, one a happening, in ``doc._.events``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.annotations import register
from wirewatch.extraction.events.again import told_again
from wirewatch.extraction.events.assemble import events_of
from wirewatch.extraction.events.mentions import mentions
from wirewatch.extraction.events.merge import clusters
from wirewatch.extraction.events.nobody import of_somebody
from wirewatch.extraction.events.together import agreed


@Language.factory(
    "wirewatch_events",
    requires=["doc._.triggers"],
    assigns=["doc._.events"],
    default_config={"min_confidence": 0.0},
)
def make_events(nlp: Language, name: str, min_confidence: float) -> Events:  # noqa: ARG001 (spaCy passes it)
    """Build the component; claims less certain than ``min_confidence`` are left out."""
    return Events(name, min_confidence)


class Events:
    """Sets ``doc._.events`` from triggers, figures, places, dates and actors."""

    def __init__(self, name: str, min_confidence: float = 0.0) -> None:
        register()
        self.name = name
        self.min_confidence = min_confidence
        for extension in ("trigger_current", "counted_current"):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=())

    def __call__(self, doc: Doc) -> Doc:
        """Group the mentions, then write one event a group."""
        told = () if doc._.unread else told_again(doc, agreed(doc, of_somebody(mentions(doc))))
        groups = clusters(doc, told)
        doc._.events = events_of(doc, groups, self.min_confidence)
        return doc
