"""Blank out what is no report, without moving a character: every offset stays that of the article."""

from __future__ import annotations

import re

MAX_CHARS = 100_000
"""Text beyond this is cut: no news report is that long, and time stays bounded."""
_LONG_WORD = 120
"""Characters without a blank: no word, no web address that a reader needs."""
_DIGITS = 40
_MARKUP = re.compile(r"<(?:script|style)\b.{0,5000}?</(?:script|style)>|</?[a-zA-Z!][^<>]{0,400}>", re.S)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_RUN = re.compile(rf"\S{{{_LONG_WORD},}}|(?:\d[\d.,:/ \t-]{{0,3}}){{{_DIGITS},}}")
_CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc-\ufffe\ud800-\udfff]")
_LEFTOVER = re.compile(
    r"^[ \t]*(?:read (?:more|also|next)|also read|see also|related(?: (?:news|stor(?:y|ies)|articles?|links?|topics?))?"
    r"|more on this(?: story)?|recommended|advertisement|sponsored|most (?:read|popular|viewed)|trending"
    r"|watch(?: now)?|listen|photo|image|file photo|sign up|subscribe|newsletter|share this|follow us|click here"
    r"|we use cookies|this (?:site|website) uses cookies|cookie policy|by using this site|accept (?:all )?cookies"
    r"|all rights reserved|copyright)\b[^\n]{0,300}$",
    re.IGNORECASE | re.MULTILINE,
)
_COMMON = frozenset(
    "the of and to in a is was that for on with as at by from it has have were are be an this had which "
    "said after who not but been their its he his they or will one two about".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 12
"""A text shorter than this is judged by its letters alone: a headline has few common words."""
_SHARE = 0.12
"""English news has a third of such words, other languages under a tenth."""


def masked(text: str) -> str:
    """``text`` with markup, addresses, control characters, leftovers of pages and endless words
    replaced by blanks, character for character.
    """
    for pattern in (_CONTROL, _MARKUP, _ENTITY, _ADDRESS, _RUN, _LEFTOVER):
        text = pattern.sub(_blank, text)
    return text


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())


def is_english(text: str) -> bool:
    """Whether the text reads as English: common words in a long text, Latin letters in a short one."""
    words = _WORD.findall(text[:20_000].lower())
    if not words:
        return False
    if len(words) < _LEAST_WORDS:
        return sum(w.isascii() for w in words) >= 0.7 * len(words)
    return sum(w in _COMMON for w in words) >= _SHARE * len(words)


def is_link_list(text: str) -> bool:
    """Whether the body is headlines under one another rather than sentences."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 8:
        return False
    prose = sum(len(line) > 160 or line[-1] in ".!?\"”'’)" for line in lines)
    return prose < 0.25 * len(lines) and not _wrapped(lines)


def _wrapped(lines: list[str]) -> bool:
    """Old wires break lines at some seventy characters: most lines have about one length."""
    longest = sorted(len(line) for line in lines)[int(len(lines) * 0.75)]
    full = sum(len(line) > 0.75 * longest for line in lines)
    stops = sum(line.count(". ") + line.endswith(".") for line in lines)
    return full > 0.6 * len(lines) and stops >= len(lines) / 8
