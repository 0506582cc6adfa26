"""What an article's words leave behind for linking: a signature against copies, telling terms.

Both travel in ``ArticleRef``, so that an incident's reports can be compared without their texts.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from functools import cache

import numpy as np
from datasketch import MinHash

PERMUTATIONS = 64
"""Hash values in a signature: a similarity is then known to about ±0.06 (one sigma at 0.5)."""
SHINGLE = 4
"""Words in a shingle: long enough that two reporters seldom write the same one."""
MOST_WORDS = 3000
"""Words read of a text, so that a huge page costs no more than a long article."""
MOST_TERMS = 24
MOST_AGES = 3
TERM_LENGTH = 40
LEAST_LOWER = 0.1
"""Share of different lower-case words among a text's words; an article in capitals has none, so
there no name can be told from another word."""

_CALENDAR = frozenset(
    word.lower()
    for names in (calendar.day_name, calendar.month_name, calendar.day_abbr, calendar.month_abbr)
    for word in names
) | {"sept"}
"""Days and months are told by an event's date, and shared by all that was written that day."""
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_TITLED = re.compile(r"[^\W\d_]+(?:[-’'.][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d{2,5}(?![\w%]|[.,]\d)")
_AGE = re.compile(r"\b(\d{1,2})[- ]years?[- ]old\b|(?<=[a-z]{2}), (\d{1,2}),")
"""The "7-year-old" boy; Mr Quill, 41, of Lorva."""
_SENTENCE_END = re.compile(r"(?:[.!?:;\"”“|•]|\n|^)[\s\"“‘'(\[-]*$")
_WIDTH = 8
_LINE = 400
"""Characters of a line that may be a publisher's own; a longer one is a paragraph of the report."""
_CREDIT = re.compile(
    r"(?:\W*copyright\b|.*(?:©|\ball rights reserved\b|\bcontributed to this (?:report|story)\b"
    r"|\bfollow (?:us|(?:him|her|them) on)\b|\bsign up for .*\b(?:news|alert|email|update)"
    r"|\bdownload the .*\bapp\b))",
    re.IGNORECASE,
)
_CALL = re.compile(r"(?<!\w)(?:\(\d{3}\) ?|\d{3}[-.])(?:\d{3}[-.])?(?:\d{4}|[A-Z]{4,5})\b")
"""A telephone number, which tells the reporter's city."""


def signature(text: str) -> str:
    """MinHash over shingles of ``text``'s words: 64 values of 32 bits, hexadecimal.

    Empty for a text of fewer words than one shingle. At most 3,000 words are read.
    """
    words = [word.lower() for word in _WORD.findall(text)[:MOST_WORDS]]
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
    if not shingles:
        return ""
    minhash = _empty().copy()
    minhash.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in shingles])
    return "".join(f"{int(value):08x}" for value in minhash.hashvalues)


def similarity(one: str, other: str) -> float:
    """Share of shingles that two signatures' texts share (0 to 1); 0 where one is empty."""
    if not one or len(one) != len(other):
        return 0.0
    if one == other:
        return 1.0
    return float(np.mean(_values(one) == _values(other)))


def terms(title: str, text: str) -> tuple[str, ...]:
    """At most 24 telling words, lower case: names, figures of size, most telling first; then ages.

    A word counts as a name when it is written with a capital inside a sentence; in headlines and
    upper-case text every word is, so there only words that occur so elsewhere count. Numbers are
    those that tell reports apart ("1600" of a street, "172" years), never years. Ages are written
    in several ways and given in one ("aged 7").
    """
    text = _told(" ".join(text.split(" ", MOST_WORDS)[:MOST_WORDS]))
    words = _WORD.findall(text)
    lower = {word for word in words if word.islower()}
    named = _names(text) if len(lower) > len(words) * LEAST_LOWER else Counter[str]()
    score: Counter[str] = Counter()
    for word, count in named.items():
        if len(word) > 2 and word.lower() not in lower | _CALENDAR:
            score[word.lower()[:TERM_LENGTH]] += count
    for word in {found.lower()[:TERM_LENGTH] for found in _TITLED.findall(title)}:
        if word in score:
            score[word] += 2
    for number in dict.fromkeys(_NUMBER.findall(text)):
        if not 1900 <= int(number) <= 2100 and len(number) > 2:
            score[number] += 1
    ranked = sorted(score.items(), key=lambda item: (-item[1], item[0]))
    ages = dict.fromkeys(f"aged {found[1] or found[2]}" for found in _AGE.finditer(text))
    last = tuple(ages)[:MOST_AGES]
    return (*(word for word, _ in ranked[: MOST_TERMS - len(last)]), *last)


def _told(text: str) -> str:
    """``text`` without lines that speak of the publisher and telephone numbers."""
    # Length first: the pattern takes its time over a long line, and over many lines at once.
    kept = (line for line in text.split("\n") if len(line) > _LINE or not _CREDIT.match(line))
    return _CALL.sub(" ", "\n".join(kept))


def _names(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for match in _TITLED.finditer(text):
        word = match.group()
        if not word[0].isupper() or (word.isupper() and len(word) > 4):
            continue
        if _SENTENCE_END.search(text, max(0, match.start() - _WIDTH), match.start()):
            continue
        found[re.sub(r"[’']s$", "", word)] += 1
    return found


@cache
def _empty() -> MinHash:
    return MinHash(num_perm=PERMUTATIONS)


def _values(signature: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.frombuffer(bytes.fromhex(signature), dtype=">u4")
