"""The reader: a spaCy pipeline from an article's text to events with claims."""
