"""Blank out what is no report, character for character: every offset stays the article's."""

from __future__ import annotations

import re

from wirewatch.extraction.context import wordset

MAX_CHARS = 100_000
"""Text beyond this is cut: no news report is that long, and time stays bounded."""
_LONG_WORD = 120
"""Characters without a blank: no word, no web address that a reader needs."""
_DIGITS = 40
_MARKUP = re.compile(
    r"<(?:script|style)\b.{0,5000}?</(?:script|style)>|</?[a-zA-Z!][^<>]{0,400}>", re.DOTALL
)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_RUN = re.compile(rf"\S{{{_LONG_WORD},}}|\d(?:[.,:/ \t-]{{0,3}}\d){{{_DIGITS},}}")
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufffc-\ufffe\ud800-\udfff]"
)
_LEFTOVERS = (
    "read more|read also|read next|also read|see also|related|more on this|recommended|sponsored"
    "|advertisement|most read|most popular|most viewed|trending|watch|listen|photo|image|file photo"
    "|sign up|subscribe|newsletter|share this|follow us|click here|cookie policy|accept cookies"
    "|accept all cookies|all rights reserved|copyright"
)
_LEFTOVER = re.compile(
    rf"^[ \t]*(?:(?:{_LEFTOVERS})\b[^\n.]{{0,140}}|[^\n]{{0,100}}\buses? cookies\b[^\n]{{0,300}})$",
    re.IGNORECASE | re.MULTILINE,
)
_BREAK = re.compile(
    r"""(?P<line>^[^\n]{44,99}[^\n\s.!?…"'”’)\]])\n(?=(?P<next>\S))""", re.MULTILINE
)
"""The end of a full line, with no stop, and more of the paragraph after it."""
_LEAST_BREAKS = 2
_SHARE_OF_LOWER = 0.4
"""In a wrapped text so many lines begin amid a sentence, in small letters."""
_COMMON = wordset(
    "the of and to in a is was that for on with as at by from it has have were are be an this had "
    "which said after who not but been their its he his they or will one two about when where "
    "while during between against into than more other others she killed wounded injured died dead "
    "attacked shot people workers members says say called near out up if least "
    "last new first year week day monday tuesday wednesday thursday friday saturday sunday three "
    "four five police army troops soldiers officials government news state city town "
    "kidnapped abducted arrested detained stabbed beaten ambushed staff gunmen armed later released"
)
_SHARED = wordset("a an as at by he had in is me of on one or two was")
"""Words of other languages too: alone they do not make a sentence English."""
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORDS = 12
"""A text shorter than this is judged by its letters alone: a headline has few common words."""
_SHARE_OF_SHARED = 0.2
_SHARE = 0.12
"""English news has a third of such words, other languages under a tenth."""


def masked(text: str) -> str:
    """``text`` with blanks for what is not prose, character for character.

    Markup, addresses, control characters, leftovers of pages, endless words, heaps of digits, and
    the line breaks of wrapped sentences.
    """
    for pattern in (_CONTROL, _MARKUP, _ENTITY, _ADDRESS, _RUN, _LEFTOVER):
        text = pattern.sub(_blank, text)
    return unwrapped(text)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())


def unwrapped(text: str) -> str:
    r"""``text`` with a blank for each line break amid a sentence, where lines are wrapped.

    "San\nSalvador" is one name, "on 16\nNovember" one date.
    """
    broken = list(_BREAK.finditer(text))
    cased = any(c.islower() for c in text) and any(c.isupper() for c in text)
    lower = sum(found["next"].islower() for found in broken)
    if len(broken) < _LEAST_BREAKS or (cased and lower < _SHARE_OF_LOWER * len(broken)):
        return text
    return _BREAK.sub(r"\g<line> ", text)


def is_english(text: str) -> bool:
    """Whether it reads as English: by common words; by its letters when it is short."""
    words: list[str] = _WORD.findall(text[:20_000].lower())
    if not words:
        return False
    if len(words) < _LEAST_WORDS:
        return sum(w.isascii() for w in words) >= 0.7 * len(words)
    common = [w for w in words if w in _COMMON]
    least = _SHARE_OF_SHARED if _SHARED.issuperset(common) else _SHARE
    return len(common) >= least * len(words)


def is_link_list(text: str) -> bool:
    """Whether the body is headlines under one another rather than sentences."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 8:
        return False
    prose = sum(len(line) > 160 or line[-1] in ".!?\"”'’)" for line in lines)
    return bool(prose < 0.25 * len(lines)) and not _wrapped(lines)


def _wrapped(lines: list[str]) -> bool:
    """Old wires break lines at some seventy characters: most lines have about one length."""
    longest = sorted(len(line) for line in lines)[int(len(lines) * 0.75)]
    full = sum(len(line) > 0.75 * longest for line in lines)
    stops = sum(line.count(". ") + line.endswith(".") for line in lines)
    return full > 0.6 * len(lines) and stops >= len(lines) / 8
