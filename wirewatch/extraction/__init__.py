"""The reader: a spaCy pipeline from an article's text to events with claims."""

from wirewatch.extraction.pipeline import load, notes, read

__all__ = ["load", "notes", "read"]
