"""Compiled word lists: one table of phrases, found by hash."""
