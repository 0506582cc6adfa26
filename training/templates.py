"""The sentences of sentences.txt, filled and labelled like articles."""

from __future__ import annotations

import random
import re
from pathlib import Path

from spacy.language import Language

from training.reading import (
    CLAIM_STATUSES,
    KINDS,
    STATUSES,
    TYPES,
    WHENS,
    FigureLabel,
    Mention,
    Swaps,
    Text,
)  # fmt: skip
from wirewatch.extraction.learned import sentences
from wirewatch.extraction.numbers import find_figures, head_token

FILE = Path(__file__).with_name("sentences.txt")
PLACES = (
    "the capital", "Marbury", "Tel Sharaf", "the northern province", "Ostrava", "Kandur",
    "the port city of Belmar", "Nova Gora", "Quetta", "the south", "Lagos", "Mindoro", "Abuja",
    "the Sarin valley", "Homs", "Puerto Claro", "Tikrit", "the east of the country", "Goma",
)  # fmt: skip
DAYS = (
    "Monday", "on Tuesday", "Wednesday", "on Thursday", "Friday", "on Saturday", "Sunday",
    "late Monday", "early on Friday", "this week", "overnight", "on Wednesday",
)  # fmt: skip
MONTHS = ("January", "March", "April", "June", "July", "September", "October", "December")
WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
FigureMark = tuple[int, int, str, str, int]
"""Characters from and to, kind, what more is said, number of the sentence."""
TriggerMark = tuple[int, int, int, int, int]
"""Characters of the sentence, characters of the trigger, number of the sentence."""
_MARK = re.compile(r"\[([a-z]+)(?:/([a-z]+))? ([^\]]+)\]|<([^>]+)>")


def texts(nlp: Language, swaps: Swaps, rng: random.Random, count: int) -> list[Text]:
    """So many short articles of one to four filled sentences each."""
    blocks = _blocks()
    return [_text(f"own-{i:04}", rng.choices(blocks, k=rng.randint(1, 4)), nlp, swaps, rng)
            for i in range(count)]  # fmt: skip


def _blocks() -> list[tuple[tuple[str, ...], str]]:
    found = []
    header: tuple[str, ...] = ()
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            header = tuple(line.split()[1:])
        elif line and not line.startswith("#"):
            found.append((header, line))
    return found


def _fill(line: str, swaps: Swaps, rng: random.Random) -> str:
    def choose(match: re.Match[str]) -> str:
        kind = match[1]
        country = rng.choice(swaps.names)
        year = rng.randint(1975, 2022)
        return {
            "COUNTRY": country, "DEM": swaps.people[country], "PLACE": rng.choice(PLACES),
            "DAY": rng.choice(DAYS), "MONTH": rng.choice(MONTHS), "YEAR": str(year),
            "DECADE": str(year // 10 * 10), "S": _small(rng), "T": str(rng.randint(11, 99)),
            "H": str(rng.choice((rng.randint(100, 999), rng.randint(2, 9) * 100))),
            "K": _large(rng),
        }[kind]  # fmt: skip

    return re.sub(r"\{([A-Z]+)\}", choose, line)


def _small(rng: random.Random) -> str:
    n = rng.randint(2, 20)
    return WORDS[n] if n < 10 or rng.random() < 0.5 else str(n)


def _large(rng: random.Random) -> str:
    value = rng.choice((1, 1, 10, 10, 100)) * rng.randint(10, 99) * 100
    if rng.random() < 0.1:
        return rng.choice(("thousands of", "tens of thousands of", "hundreds of"))
    return f"{value:,}" if rng.random() < 0.8 else str(value)


def _text(
    name: str, blocks: list[tuple[tuple[str, ...], str]], nlp: Language, swaps: Swaps,
    rng: random.Random,
) -> Text:  # fmt: skip
    plain = ""
    figures: list[FigureMark] = []
    triggers: list[TriggerMark] = []
    headers = [header for header, _ in blocks]
    for number, (_, line) in enumerate(blocks):
        begin = len(plain)
        filled = _fill(line, swaps, rng)
        at = 0
        word = (begin, begin)
        for mark in _MARK.finditer(filled):
            plain += filled[at : mark.start()]
            start = len(plain)
            plain += mark[4] or mark[3]
            if mark[4]:
                word = (start, len(plain))
            else:
                figures.append((start, len(plain), mark[1], mark[2] or "", number))
            at = mark.end()
        plain += filled[at:]
        triggers.append((begin, len(plain), *word, number))
        plain += "\n\n" if plain[-1] != "." else " "
    return _labelled(name, plain, figures, triggers, headers, nlp)


def _labelled(
    name: str,
    plain: str,
    figures: list[FigureMark],
    triggers: list[TriggerMark],
    headers: list[tuple[str, ...]],
    nlp: Language,
) -> Text:
    doc = nlp(plain)
    found = Text(name, doc, sentences.split(doc).pairs(), [], [], frozenset())
    for figure in find_figures(doc):
        token = doc[head_token(figure)]
        label = FigureLabel(token.i, figure, weight=0.5 if figure.not_people else 1.0)
        for start, end, kind, more, number in figures:
            if start <= token.idx < end and kind != "none":
                when = headers[number][1]
                label.kind = KINDS.index(kind)
                label.when = WHENS.index("background" if more == "background" else when)
                label.subset = int(more == "part")
                label.status = CLAIM_STATUSES.index(more if more in CLAIM_STATUSES else "asserted")
                label.event = number
                label.weight = 1.0
        found.figures.append(label)
    types = set()
    for begin, end, start, stop, number in triggers:
        kind, when, status = headers[number]
        span = doc.char_span(begin, end, alignment_mode="expand")
        if kind == "-" or span is None:
            continue
        types.add(TYPES.index(kind))
        found.covered.update(range(span.start, span.end))
        word = doc.char_span(start, stop, alignment_mode="expand")
        found.mentions.append(
            Mention(word.start, word.end, TYPES.index(kind), WHENS.index(when),
                    STATUSES.index(status), number)
        )  # fmt: skip
    found.types = frozenset(types)
    return found
