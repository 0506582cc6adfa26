"""Rebuilds the shipped model from ../shared/data; see README.md."""
