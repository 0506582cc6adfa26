"""An article from a file, standard input or the web, for ``wirewatch read``."""

from __future__ import annotations

import sys
from pathlib import Path

from wirewatch.errors import ArticleError
from wirewatch.model import Article
from wirewatch.reading import to_article
from wirewatch.safety import one_line

MAX_BYTES = 10_000_000
"""A larger file is no article."""
MAX_TITLE_WORDS = 25
"""A first line that is longer is no headline."""


def article_from(source: str, *, published: str | None, title: str | None) -> Article:
    """The article at ``source`` (a path, a URL, or "-"); blocks on file, input or network.

    Raises:
        ArticleError: it cannot be read, is too large, or ``published`` is no date.
    """
    text = _decoded(_bytes(source), source)
    headline, body = (title, text) if title is not None else split_headline(text)
    try:
        return to_article(body, published=published, title=headline)
    except ValueError as error:
        message = f"--published {one_line(published or '', 40)}: no ISO date such as 2026-03-03"
        raise ArticleError(message) from error


def _bytes(source: str) -> bytes:
    try:
        if source == "-":
            body = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                body = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ArticleError(f"{one_line(source)}: {reason}") from error
    if len(body) > MAX_BYTES:
        raise ArticleError(f"{one_line(source)}: larger than {MAX_BYTES:,} bytes, no article")
    return body


def _decoded(body: bytes, source: str) -> str:
    try:
        return body.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError:
        if b"\x00" in body:
            raise ArticleError(f"{one_line(source)}: not a text file") from None
        return body.decode("cp1252", "replace").replace("\r\n", "\n").strip()


def split_headline(text: str) -> tuple[str, str]:
    """Headline and body: a short first line without a full stop, with a blank line after it."""
    first, gap, rest = text.partition("\n\n")
    short = len(first.split()) <= MAX_TITLE_WORDS and "\n" not in first
    if gap and short and rest.strip() and not first.rstrip().endswith((".", "”", '"', ":")):
        return first.strip(), rest.strip()
    return "", text
