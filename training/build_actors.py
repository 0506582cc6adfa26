"""Build wirewatch/extraction/lexicons/actors.npz and agents.tsv from the CAMEO dictionaries.

python -m training.build_actors ../shared/data
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from wirewatch.extraction.actors.lexicon import AGENTS_FILE, ALWAYS, FILE, ROLES
from wirewatch.extraction.lexicons.phrases import PhraseTable, letters

HERE = Path(__file__).parent / "actors"
NAMES_AT_MOST = 5
"""Words in a name that is kept."""
_CODE = re.compile(r"\[([A-Z~]+)\s*([<>]?\s*\d[\d\s-]*)?\]")
_TITLES = re.compile(
    r"^(PRESIDENT|PRIME_MINISTER|MINISTER|FOREIGN|KING|QUEEN|GENERAL|SECRETARY|SENATOR|SHEIKH|MR|DR|"
    r"COLONEL|PREMIER|VICE|CHANCELLOR|[A-Z]+AN_PRESIDENT|[A-Z]+AN_PRIME|U\.?S\.?_)"
)


@dataclass(frozen=True)
class Code:
    """Country and role that an actor has from one day to another (ordinals)."""

    country: str
    role: str
    first: int
    last: int


def table(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def day(digits: str) -> int | None:
    """A date of the dictionaries as an ordinal: 010120 or 20010120."""
    digits = digits.strip()
    if len(digits) == 6:
        digits = ("19" if int(digits[:2]) > 30 else "20") + digits
    try:
        return date(int(digits[:4]), max(int(digits[4:6]), 1), max(int(digits[6:8]), 1)).toordinal()
    except ValueError:
        return None


def span(text: str | None) -> tuple[int, int] | None:
    if not text:
        return 0, ALWAYS
    if text[0] in "<>":
        limit = day(text[1:])
        return None if limit is None else ((limit, ALWAYS) if text[0] == ">" else (0, limit))
    first, _, last = text.partition("-")
    begin, end = day(first), day(last or first)
    return None if begin is None or end is None else (begin, end)


def codes(line: str, countries: dict[str, str]) -> Iterator[Code]:
    for code, when in _CODE.findall(line.partition("#")[0]):
        country = countries.get(code[:3], "")
        rest = (
            code[3:]
            if country or code[:3] in {"INT", "KKL", "MEA", "AFR", "ASA", "EUR", "LAM", "WST"}
            else code
        )
        role = "REB" if code.startswith("IMG") else rest[:3]
        days = span(when)
        if role in ROLES and role not in {"", "ELI"} and days is not None:
            yield Code(country, role, *days)


def entries(path: Path, countries: dict[str, str]) -> Iterator[tuple[list[str], list[Code]]]:
    """Each actor's names and codes."""
    names: list[str] = []
    found: list[Code] = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if line[:1].isalpha():
            if names:
                yield names, found
            names, found = [], []
        if line[:1].isalpha() or line[:1] == "+":
            names.append(
                line.lstrip("+")
                .partition("[")[0]
                .partition("#")[0]
                .strip(" \t_")
                .removeprefix("THE_")
            )
        found.extend(codes(line, countries))
    if names:
        yield names, found


def usable(name: str, *, person: bool) -> bool:
    words = [word for word in re.split(r"[_\s-]+", name) if word]
    if person and (len(words) < 2 or _TITLES.match(name)):
        return False
    return len(words) <= NAMES_AT_MOST and len(letters(name)) >= 5 and name.isascii()


def title(name: str) -> str:
    """Readable form of a dictionary name: KOFI_ANNAN is Kofi Annan."""
    small = {"of", "the", "and", "in", "for", "al", "bin", "de"}
    words = [
        word.lower() if word.lower() in small else word.capitalize()
        for word in name.replace("_", " ").split()
    ]
    return " ".join(words)


def cameo(shared: Path) -> Iterator[tuple[str, list[str], list[Code]]]:
    source = json.loads(
        (shared / "dictionaries/countries_mledoze/countries.json").read_text(encoding="utf-8")
    )
    countries = {each["cca3"]: each["cca2"] for each in source}
    for path in sorted((shared / "dictionaries/cameo").glob("*.actors.txt")):
        leaders = "Countries" in path.name
        for names, found in entries(path, countries):
            person = any(code.first or code.last != ALWAYS for code in found) or leaders
            kept = [name for name in names if usable(name, person=person)]
            if found and kept and not (leaders and len(found) > 12):
                yield title(kept[0]), kept, found


def rows(shared: Path) -> tuple[list[tuple[str, Code]], list[tuple[str, int]]]:
    """Row (name, code) and key-to-row pairs; our own list comes first and overrides."""
    listed: list[tuple[str, Code]] = []
    pairs: list[tuple[str, int]] = []
    own: set[str] = set()
    for name, others, country, role in table("groups.tsv"):
        listed.append((name, Code(country, role, 0, ALWAYS)))
        for key in {letters(each) for each in [name, *others.split(";")] if each}:
            own.add(key)
            pairs.append((key, len(listed) - 1))
    seen = set(own)
    for name, names, found in cameo(shared):
        keys = {letters(each) for each in names} - seen
        seen |= keys
        for code in dict.fromkeys(found) if keys else ():
            listed.append((name, code))
            pairs.extend((key, len(listed) - 1) for key in sorted(keys))
    return listed, pairs


def arrays(listed: list[tuple[str, Code]], pairs: list[tuple[str, int]]) -> dict[str, Any]:
    countries = sorted({code.country for _, code in listed})
    names = sorted({name for name, _ in listed})
    place = {name: number for number, name in enumerate(names)}
    gaps, found = PhraseTable.pack(pairs)
    encoded = [name.encode() for name in names]
    return {
        "gaps": gaps,
        "rows": found,
        "countries": np.array(countries),
        "country": np.array([countries.index(code.country) for _, code in listed], np.uint8),
        "role": np.array([ROLES.index(code.role) for _, code in listed], np.uint8),
        "first": np.array([code.first for _, code in listed], np.uint32),
        "last": np.array([code.last for _, code in listed], np.uint32),
        "name": np.array([place[name] for name, _ in listed], np.uint16),
        "lengths": np.array([len(name) for name in encoded], np.uint8),
        "names": np.frombuffer(b"".join(encoded), np.uint8),
    }


def agents(shared: Path) -> dict[str, str]:
    """Kinds of people: CAMEO's, plural forms added, then ours, which win."""
    found: dict[str, str] = {}
    text = (shared / "dictionaries/cameo/Phoenix.agents.txt").read_text(
        encoding="utf-8", errors="replace"
    )
    for line in text.splitlines():
        match = re.match(r"([A-Z_ '!-]+?)_?\s*\[~([A-Z]{3})", line)
        if match and match[2] in ROLES and len(match[1]) > 2:
            for phrase in forms(match[1].replace("_", " ").strip().lower()):
                found[phrase] = match[2]
    for listed, role in table("agents.tsv"):
        found |= dict.fromkeys((phrase.lower() for phrase in listed.split(";")), role)
    return {
        phrase: role for phrase, role in found.items() if role in ROLES and len(phrase.split()) <= 4
    }


def forms(phrase: str) -> list[str]:
    phrase = re.sub(r"\s+", " ", phrase)
    if "!person!" in phrase:
        return [
            phrase.replace("!person!", end).replace("  ", " ")
            for end in ("man", "men", "woman", "women")
        ]
    if "!minist!" in phrase:
        return [phrase.replace("!minist!", end) for end in ("minister", "ministers", "ministry")]
    plural = (
        phrase[:-1] + "ies"
        if phrase.endswith("y") and phrase[-2:-1] not in "aeiou"
        else phrase + "s"
    )
    return [phrase] if phrase.endswith("s") else [phrase, plural]


def main(shared: Path) -> None:
    listed, pairs = rows(shared)
    np.savez_compressed(FILE, **arrays(listed, pairs))
    kinds = agents(shared)
    AGENTS_FILE.write_text("".join(f"{phrase}\t{role}\n" for phrase, role in sorted(kinds.items())))
    print(f"{len(listed)} rows, {len(pairs)} names, {len(kinds)} kinds of people")
    print(f"{FILE.stat().st_size / 1e6:.2f} MB, {AGENTS_FILE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
