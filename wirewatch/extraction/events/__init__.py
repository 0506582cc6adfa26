"""One happening, one event: mentions merged, framed and written as records."""
