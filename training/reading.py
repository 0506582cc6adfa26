"""Gold events to labels of tokens: figures by the numbers in claims, triggers by quotations."""

from __future__ import annotations

import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import get_args

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from training.chunks import Chunk, styled
from training.corpora import held_out
from training.files import read_lines
from training.start import vocabulary
from training.treebank import MASK
from training.where import Where, where
from wirewatch.extraction.annotations import Figure, PlaceMention
from wirewatch.extraction.learned import plan, sentences
from wirewatch.extraction.learned.pieces import CONTINUATION, SPACES, WordPieces, feature
from wirewatch.extraction.numbers import find_figures, head_token
from wirewatch.extraction.places.find import find_places
from wirewatch.extraction.tokenizer import adapt
from wirewatch.model import ClaimKind, EventType, Status

KINDS = ("none", *get_args(ClaimKind))
TYPES = ("none", *get_args(EventType))
STATUSES = get_args(Status)
WHENS = ("current", "background")
CLAIM_STATUSES = ("asserted", "denied", "hypothetical")
Span = tuple[int, int]
HIDDEN = 0.07
"""Share of the words of an article that the network does not see while it learns."""


@dataclass(slots=True)
class FigureLabel:
    """What is known of the figure whose head is ``token``; MASK where nothing is."""

    token: int
    figure: Figure
    kind: int = 0
    when: int = MASK
    subset: int = MASK
    status: int = MASK
    event: int = MASK
    weight: float = 1.0


@dataclass(slots=True)
class Mention:
    """A quotation that states an event."""

    start: int
    end: int
    type: int
    when: int
    status: int
    event: int


@dataclass(slots=True)
class Text:
    """A labelled article over spaCy's tokens."""

    id: str
    doc: Doc
    sentences: list[Span]
    figures: list[FigureLabel]
    mentions: list[Mention]
    types: frozenset[int]
    """Types of event that the article holds somewhere."""
    covered: set[int] = field(default_factory=set)
    """Tokens inside some claim's quotation."""
    title_end: int = 0
    places: tuple[PlaceMention, ...] = ()
    wheres: dict[int, Where] = field(default_factory=dict)
    """Of each event, by its number."""
    lost: int = 0
    """Explicit claims whose number was not found."""


def language() -> Language:
    return adapt(spacy.blank("en"))


def articles(data: Path) -> Iterator[tuple[dict, dict]]:
    """Articles that may be learned from, with their labels: free texts, not held out."""
    gold = data / "gold"
    for texts, labels in (("articles", "labels"), ("voa_articles", "voa_labels")):
        events = {x["doc"]: x for x in read_lines(gold / f"{labels}.jsonl")}
        for article in read_lines(gold / f"{texts}.jsonl"):
            if may_learn(article["id"]):
                yield article, events[article["id"]]


def may_learn(document: str) -> bool:
    """Wikinews and Voice of America only, and no held-out article."""
    return document.startswith(("wn-", "voa-")) and not held_out(document)


def full_text(article: dict) -> str:
    title = article.get("title") or ""
    return f"{title}\n\n{article['text']}" if title else article["text"]


def label(article: dict, gold: dict, nlp: Language) -> Text:
    """One article's tokens with every label that its events give them."""
    text = full_text(article)
    doc = nlp(text)
    split = sentences.split(doc)
    figures = [FigureLabel(head_token(f), f) for f in find_figures(doc)]
    title = article.get("title") or ""
    found = Text(article["id"], doc, split.pairs(), figures, [], frozenset(), title_end=len(title))
    found.places = find_places(doc)
    types = set()
    taken: set[tuple] = set()
    for number, event in enumerate(gold["events"]):
        found.wheres[number] = where(event, found.places)
        kind = TYPES.index(event["type"])
        types.add(kind)
        when, status = WHENS.index(event["when"]), STATUSES.index(event["status"])
        for start, end in _places(doc, text, event["quote"]):
            found.mentions.append(Mention(start, end, kind, when, status, number))
        for claim in event["claims"]:
            _claim(found, text, claim, when, number, taken)
    found.types = frozenset(types)
    _mask_repeats(found, taken)
    return found


def _places(doc: Doc, text: str, quote: str) -> list[Span]:
    """Token spans of every occurrence of a quotation."""
    places = []
    at = text.find(quote)
    while at >= 0 and quote:
        span = doc.char_span(at, at + len(quote), alignment_mode="expand")
        if span is not None and len(span):
            places.append((span.start, span.end))
        at = text.find(quote, at + len(quote))
    return places


def _claim(found: Text, text: str, claim: dict, when: int, event: int, taken: set[tuple]) -> None:
    matched = False
    for start, end in _places(found.doc, text, claim["quote"]):
        found.covered.update(range(start, end))
        inside = [f for f in found.figures if start <= f.token < end and f.kind == 0]
        fits = [f for f in inside if _fits(f.figure, claim)]
        if fits:
            best = max(fits, key=lambda f: (f.figure.not_people is None, f.figure.end))
            best.kind = KINDS.index(claim["kind"])
            best.when = when
            best.subset = int(bool(claim.get("subset")))
            best.status = CLAIM_STATUSES.index(claim.get("status") or "asserted")
            best.event = event
            best.weight = 1.0 if claim.get("explicit", True) else 0.5
            matched = True
        elif not claim.get("explicit", True):
            for f in inside:
                f.weight = 0.0
    if claim.get("explicit", True):
        found.lost += not matched
        taken.add(_key(claim))


def _key(claim: dict) -> tuple:
    return claim.get("value"), claim.get("low"), claim.get("high"), claim.get("vague")


def _fits(figure: Figure, claim: dict) -> bool:
    if claim.get("value") is not None:
        return claim["value"] == figure.value or (
            figure.value is None
            and figure.low is not None
            and figure.low <= claim["value"] <= (figure.high or figure.low)
            and figure.vague is None
        )
    if claim["modifier"] == "range" or claim.get("low") is not None:
        return figure.low == claim.get("low") or figure.high == claim.get("high")
    word = (claim.get("vague") or "").split()
    if figure.vague is not None:
        return not word or word[-1].lower() in figure.vague.lower() or figure.vague in word
    return not claim.get("explicit", True) and not figure.explicit and figure.value is None


def _mask_repeats(found: Text, taken: set[tuple]) -> None:
    """A labelled number said again is labelled once: its other mentions are unknown."""
    values = {key[0] for key in taken if key[0] is not None}
    vague = {key[3] for key in taken if key[3]}
    for f in found.figures:
        if f.kind:
            continue
        repeated = f.figure.value in values or (f.figure.vague and f.figure.vague in vague)
        if f.figure.not_people is not None:
            f.weight = 0.5
        elif repeated and f.figure.explicit:
            f.weight = 0.0
        elif not f.figure.explicit:
            f.weight = min(f.weight, 0.3)


def typical_words(texts: Iterable[Text]) -> dict[int, dict[str, float]]:
    """How much likelier each word is inside quotations of a type than elsewhere (log ratio)."""
    inside: dict[int, Counter] = defaultdict(Counter)
    everywhere: Counter = Counter()
    for text in texts:
        everywhere.update(t.lower_ for t in text.doc)
        for m in text.mentions:
            inside[m.type].update(t.lower_ for t in text.doc[m.start : m.end])
    total = everywhere.total()
    found: dict[int, dict[str, float]] = {}
    for kind, counts in inside.items():
        size = counts.total()
        found[kind] = {
            w: math.log(((n + 0.1) / size) / ((everywhere[w] + 5) / total))
            for w, n in counts.items()
            if n >= 2 and any(c.isalpha() for c in w)
        }
    return found


class Swaps:
    """Numbers and countries exchanged for others of their kind, so that neither is learned."""

    def __init__(self, data: Path) -> None:
        path = next((data / "dictionaries" / "countries_mledoze").glob("**/countries.json"))
        self.names: list[str] = []
        self.people: dict[str, str] = {}
        for country in json.loads(path.read_text(encoding="utf-8")):
            name = country["name"]["common"]
            demonym = country.get("demonyms", {}).get("eng", {}).get("m", "")
            if name.isalpha() and demonym.isalpha() and name.isascii():
                self.names.append(name)
                self.people[name] = demonym

    def mapping(self, text: Text, rng: random.Random) -> dict[str, str]:
        """Word for word what to put in an article's place of its numbers and countries."""
        found: dict[str, str] = {}
        if rng.random() < 0.35:
            for f in text.figures:
                word = text.doc[f.token].text
                if f.figure.not_people is None and word.isdigit() and not 1900 <= int(word) < 2100:
                    found[word] = _other_number(int(word), rng)
        if rng.random() < 0.35:
            words = {t.text for t in text.doc}
            for name in self.names:
                if words & {name, self.people[name], self.people[name] + "s"}:
                    other = rng.choice(self.names)
                    found[name] = other
                    found[self.people[name]] = self.people[other]
                    found[self.people[name] + "s"] = self.people[other] + "s"
        return found


def _other_number(value: int, rng: random.Random) -> str:
    if value < 3:
        return str(value)
    return str(max(3, round(value * math.exp(rng.gauss(0, 0.5)))))


class Samples:
    """Articles to chunks with reading labels."""

    def __init__(self, texts: Sequence[Text], pieces: WordPieces, data: Path) -> None:
        self.texts = list(texts)
        self.pieces = pieces
        self.swaps = Swaps(data)
        self.typical = typical_words(texts)
        self.mask = vocabulary()[0].token_to_id("[MASK]")

    def epoch(self, rng: random.Random, chunk: int, context: int) -> list[Chunk]:
        """Every article once, Wikinews articles twice more, differently cut and written."""
        found: list[Chunk] = []
        for text in self.texts:
            for _ in range(3 if text.id.startswith("wn-") else 1):
                found += self.chunks(text, chunk, context, rng)
        return found

    def chunks(
        self, text: Text, chunk: int, context: int, rng: random.Random | None = None
    ) -> list[Chunk]:
        """One article's chunks; without ``rng`` whole and as it is, as at run time."""
        spans = text.sentences
        if rng is not None:
            chunk = rng.choice((chunk, chunk, chunk * 3 // 4))
            spans = _some(text, rng)
        style = _style(rng)
        swap = self.swaps.mapping(text, rng) if rng is not None else {}
        return [
            self._chunk(text, run, style, swap, rng)
            for run in plan.runs(text.doc, spans, self.pieces, chunk, context)
            if len(run.first)
        ]

    def _chunk(
        self, text: Text, run: plan.Run, style: str, swap: dict[str, str],
        rng: random.Random | None,
    ) -> Chunk:  # fmt: skip
        tokens = [i for sentence in run.sentences for i in sentence]
        lead = int(run.first[0])
        words = [swap.get(text.doc[i].text, text.doc[i].text) for i in tokens]
        ids, features = list(run.ids[:lead]), list(run.features[:lead])
        first = []
        spaces = [int(run.features[k]) % len(SPACES) for k in run.first]
        for word, pieces, space in zip(words, self.pieces.split(words), spaces, strict=True):
            first.append(len(ids))
            ids.extend(pieces)
            features.append(feature(styled(word, style), space))
            features.extend([CONTINUATION] * (len(pieces) - 1))
        ids.append(self.pieces.sep)
        features.append(CONTINUATION)
        at = {token: k for k, token in enumerate(tokens)}
        if rng is not None:
            self._hide(text, at, ids, first, rng)
        columns = {"words": np.ones(len(tokens), np.int64)}
        return Chunk(
            np.array(ids), np.array(features), np.array(first), columns,
            {"text": text, "tokens": tokens, **self._extra(text, at)},
        )  # fmt: skip

    def _hide(
        self, text: Text, at: dict[int, int], ids: list[int], first: list[int],
        rng: random.Random,
    ) -> None:  # fmt: skip
        """Some words, no figures, behind masks: else whole articles are learned by heart."""
        figures = {at[f.token] for f in text.figures if f.token in at}
        for k, (start, end) in enumerate(pairwise([*first, len(ids) - 1])):
            if k not in figures and rng.random() < HIDDEN:
                ids[start:end] = [self.mask] * (end - start)

    def _extra(self, text: Text, at: dict[int, int]) -> dict:
        figures = [(at[f.token], f) for f in text.figures if f.token in at]
        spans = []
        covered = {at[i] for i in text.covered if i in at}
        for m in text.mentions:
            inside = [at[i] for i in range(m.start, m.end) if i in at]
            if inside:
                table = self.typical.get(m.type, {})
                prior = [
                    max(-1.0, min(3.0, table.get(text.doc[i].lower_, -1.0)))
                    for i in range(m.start, m.end)
                    if i in at
                ]
                spans.append((inside, prior, m))
                covered.update(inside)
        names = [(at[p.end - 1], i) for i, p in enumerate(text.places) if p.end - 1 in at]
        return {"figures": figures, "spans": spans, "covered": sorted(covered), "places": names}


def _some(text: Text, rng: random.Random) -> list[Span]:
    """All sentences, or as the cheap look leaves them: dull ones away, sometimes the headline."""
    spans = text.sentences
    if text.title_end and rng.random() < 0.2 and len(spans) > 1:
        spans = spans[1:]
    if rng.random() < 0.5:
        return spans
    busy = {f.token for f in text.figures if f.kind} | text.covered
    busy |= {i for m in text.mentions for i in range(m.start, m.end)}
    kept = [s for s in spans if rng.random() < 0.6 or any(i in busy for i in range(*s))]
    return kept or spans


def _style(rng: random.Random | None) -> str:
    x = 1.0 if rng is None else rng.random()
    return "upper" if x < 0.06 else "lower" if x < 0.1 else "title" if x < 0.13 else "keep"
