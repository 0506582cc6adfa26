"""The reader as a spaCy pipeline, and ``read``: an article in, its events out."""

from __future__ import annotations

import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.agency import agency
from wirewatch.extraction.annotations import register
from wirewatch.extraction.clean import MAX_CHARS, is_english, is_link_list, masked
from wirewatch.extraction.events.assemble import TEXT_KEY
from wirewatch.extraction.signature import signature
from wirewatch.model import Article, ArticleRef, Event

_READING = (
    ("wirewatch.extraction.numbers.component", "wirewatch_numbers"),
    ("wirewatch.extraction.places.component", "wirewatch_places"),
    ("wirewatch.extraction.dates.component", "wirewatch_dates"),
    ("wirewatch.extraction.actors.component", "wirewatch_actors"),
    ("wirewatch.extraction.claims.component", "wirewatch_claims"),
    ("wirewatch.extraction.triggers.component", "wirewatch_triggers"),
    ("wirewatch.extraction.factuality.component", "wirewatch_factuality"),
    ("wirewatch.extraction.events.component", "wirewatch_events"),
)
