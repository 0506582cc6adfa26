"""Cue words of time and mood, found once a Doc: token positions for each group of words.yaml."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache
from importlib import resources

import yaml
from spacy.tokens import Doc

from wirewatch.extraction.calendar_names import MONTHS
from wirewatch.extraction.context import Context, context
from wirewatch.extraction.may import no_verb
from wirewatch.extraction.words import words as tokens_of

_KEY = "wirewatch.cues"
_YEAR = re.compile(r"(?:19|20)\d\d(?:s|'s)?")

Cues = dict[str, tuple[int, ...]]


@cache
def _index() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    source = resources.files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    index: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for group, phrases in yaml.safe_load(source).items():
        for phrase in phrases.split("|"):
            words = tuple(phrase.split())
            index[words[0]].append((words, group))
    return {first: tuple(found) for first, found in index.items()}


def cues(doc: Doc) -> Cues:
    """Group → sorted token positions of its words."""
    found = doc.user_data.get(_KEY)
    if found is None:
        found = doc.user_data[_KEY] = _find(doc, context(doc))
    result: Cues = found
    return result


def _find(doc: Doc, seen: Context) -> Cues:
    found: dict[str, list[int]] = defaultdict(list)
    index = _index()
    for i, word in enumerate(seen.words):
        for words, group in index.get(word, ()):
            if seen.words[i : i + len(words)] != words:
                continue
            if word != "may" or not no_verb(tokens_of(doc), i):
                found[group].append(i)
        if _YEAR.fullmatch(word):
            found["year"].append(i)
        elif word in MONTHS and not (word in {"may", "march"} and not _dated(seen, i)):
            found["month"].append(i)
    return {group: tuple(sorted(set(at))) for group, at in found.items()}


def _dated(seen: Context, i: int) -> bool:
    """Beside a day or after a preposition of time, "May" and "March" are months."""
    before, after = seen.words[max(0, i - 1) : i], seen.words[i + 1 : i + 2]
    return any(w.isdigit() for w in (*before, *after)) or bool(
        {"in", "since", "on", "last", "until", "by", "early", "late"}.intersection(before)
    )


def nearest(positions: tuple[int, ...], token: int, first: int, last: int) -> int | None:
    """Signed distance from ``token`` to the nearest position in [first, last); None: none there."""
    best: int | None = None
    for k in range(bisect_left(positions, first), len(positions)):
        at = positions[k]
        if at >= last:
            break
        if best is None or abs(at - token) < abs(best):
            best = at - token
    return best
