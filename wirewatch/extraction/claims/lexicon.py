"""Words of harm and movement, from ``lexicon.txt``: kind and how each takes its people."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

from wirewatch.model import ClaimKind

Use = Literal["active", "participle", "weak", "happens", "state", "noun"]
"""How a form takes its people.

active: an object only ("kills", "killing"); participle: an object or a passive subject ("killed");
weak: a passive subject, and not surely ("beaten");
happens: a subject ("died"); state: said of them ("dead"); noun: "deaths", "hostages".
"""


class Sense(NamedTuple):
    """One reading of a word or phrase."""

    kind: ClaimKind
    use: Use


@cache
def senses() -> dict[str, tuple[Sense, ...]]:
    """Single words, lower case, to what they may mean."""
    found: dict[str, list[Sense]] = {}
    for heading, entry in _entries():
        kind, _, use = heading.partition(" ")
        for form, sense in _forms(cast("ClaimKind", kind), use, entry):
            known = found.setdefault(form, [])
            if sense not in known:
                known.append(sense)
    return {form: tuple(known) for form, known in found.items() if " " not in form}


@cache
def phrases() -> dict[str, tuple[tuple[tuple[str, ...], Sense], ...]]:
    """First word of a phrase to the phrases that begin with it, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for heading, entry in _entries():
        kind, _, use = heading.partition(" ")
        if use in ("phrase", "deed"):
            words = tuple(entry.split())
            sense = Sense(cast("ClaimKind", kind), "happens" if use == "phrase" else "participle")
            if len(words) > 1:
                found.setdefault(words[0], []).append((words, sense))
    return {
        first: tuple(sorted(known, key=lambda item: -len(item[0])))
        for first, known in found.items()
    }


@cache
def parted() -> dict[str, tuple[tuple[tuple[str, ...], ClaimKind], ...]]:
    """First word of a parted verb to what stands behind its object, and the kind."""
    found: dict[str, list[tuple[tuple[str, ...], ClaimKind]]] = {}
    for heading, entry in _entries():
        kind, _, use = heading.partition(" ")
        if use == "parted":
            verb, *rest = entry.split()
            found.setdefault(verb, []).append((tuple(rest), cast("ClaimKind", kind)))
    return {verb: tuple(known) for verb, known in found.items()}


_SEVERAL = ("phrase", "deed", "parted")


def _entries() -> Iterator[tuple[str, str]]:
    """(heading, entry) of the lexicon; entries of phrases are whole lines' parts between ";"."""
    heading = ""
    text = files(__package__).joinpath("lexicon.txt").read_text(encoding="utf8")
    for line in text.splitlines():
        content = line.split("#", 1)[0].strip()
        if content.startswith("["):
            heading = content.strip("[]")
            continue
        apart = content.split(";") if heading.endswith(_SEVERAL) else content.split()
        for entry in apart:
            if entry:
                yield heading, entry


def _forms(kind: ClaimKind, use: str, entry: str) -> Iterator[tuple[str, Sense]]:
    if use == "verb":
        base, third, past, participle, gerund = _inflect(entry)
        for form in (base, third, gerund):
            yield form, Sense(kind, "active")
        yield past, Sense(kind, "participle" if past == participle else "active")
        yield participle, Sense(kind, "participle")
    elif use == "weak":
        yield _inflect(entry)[3] if len(entry) > 4 else entry, Sense(kind, "weak")
    elif use == "happens":
        for form in dict.fromkeys(_inflect(entry)):
            yield form, Sense(kind, "happens")
    elif use in ("state", "noun"):
        yield entry, Sense(kind, cast("Use", use))
    elif use != "parted" and " " not in entry:
        yield entry, Sense(kind, "happens" if use == "phrase" else _deed(entry))


def _deed(word: str) -> Use:
    return "active" if word.endswith("ing") else "participle"


def _inflect(entry: str) -> tuple[str, str, str, str, str]:
    """Base, third person, past, participle and -ing form of a verb as the lexicon writes it."""
    if "/" in entry:
        base, third, past, participle, gerund = entry.split("/")
        return base, third, past, participle, gerund
    if entry.endswith("e"):
        return entry, entry + "s", entry + "d", entry + "d", entry[:-1] + "ing"
    third = entry + ("es" if entry.endswith(("sh", "ch", "s", "x")) else "s")
    return entry, third, entry + "ed", entry + "ed", entry + "ing"
