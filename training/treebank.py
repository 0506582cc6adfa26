"""Universal Dependencies files to sentences, in their own tokens or in spaCy's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from spacy.language import Language

MASK = -1
"""A label that is not known: it takes no part in the loss."""


@dataclass(slots=True)
class Sentence:
    """Columns of equal length; ``heads`` count in the sentence, a root is its own head.

    ``spaces`` is the white space before each word (pieces.SPACES). Labels are strings, None where
    unknown; ``entities`` is None for a corpus without them.
    """

    words: list[str]
    spaces: list[int]
    tags: list[str | None] | None = None
    pos: list[str | None] | None = None
    heads: list[int] | None = None
    relations: list[str | None] | None = None
    morphs: list[str] | None = None
    entities: list[str] | None = None
    text: str = ""
    offsets: list[tuple[int, int]] = field(default_factory=list)


Document = list[Sentence]


def read_conllu(path: Path) -> list[Document]:
    """The documents of one file; sentences in order."""
    documents: list[Document] = []
    paragraph = True
    open_entities: list[tuple[str, str, int]] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip("\n").split("\n")
        if not lines or not lines[0]:
            continue
        if not documents or any(line.startswith("# newdoc") for line in lines):
            documents.append([])
            open_entities = []
            paragraph = True
        paragraph = paragraph or any(line.startswith("# newpar") for line in lines)
        documents[-1].append(_sentence(lines, paragraph, open_entities))
        paragraph = False
    return documents


def _sentence(
    lines: list[str], paragraph: bool, open_entities: list[tuple[str, str, int]]
) -> Sentence:
    text = next((x[9:] for x in lines if x.startswith("# text = ")), "")
    rows = [x.split("\t") for x in lines if x and not x.startswith("#")]
    glued = _glued(rows)
    rows = [r for r in rows if r[0].isdigit()]
    words = [r[1] for r in rows]
    spaces = [3 if paragraph else 1]
    spaces += [0 if int(r[0]) in glued else 1 for r in rows[1:]]
    return Sentence(
        words=words,
        spaces=spaces,
        tags=[r[4] for r in rows],
        pos=[r[3] for r in rows],
        heads=[int(r[6]) - 1 if r[6] != "0" else int(r[0]) - 1 for r in rows],
        relations=[r[7] for r in rows],
        morphs=[r[5] for r in rows],
        entities=_gum_entities(rows, open_entities),
        text=text,
        offsets=_offsets(words, text),
    )


def _glued(rows: list[list[str]]) -> set[int]:
    """Ids of words that no space parts from the word before."""
    glued: set[int] = set()
    inside: range = range(0)
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            glued.update(range(first + 1, last + 1))
            inside = range(first, last + 1)
            if "SpaceAfter=No" in row[9]:
                glued.add(last + 1)
        elif row[0].isdigit() and int(row[0]) not in inside and "SpaceAfter=No" in row[9]:
            glued.add(int(row[0]) + 1)
    return glued


def _offsets(words: list[str], text: str) -> list[tuple[int, int]]:
    """Character spans of the words in the text; empty when a word is not found where it must be."""
    spans: list[tuple[int, int]] = []
    at = 0
    for word in words:
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(word, at):
            return []
        spans.append((at, at + len(word)))
        at += len(word)
    return spans


_ENTITY = re.compile(r"\((\w[^()]*)\)|\((\w[^()]*)|(\w+)\)")
_NAMED = {"person": "PER", "organization": "ORG", "place": "LOC"}


def _gum_entities(
    rows: list[list[str]], open_entities: list[tuple[str, str, int]]
) -> list[str] | None:
    """Names among GUM's entity spans: those whose head is a proper noun.

    GUM spans whole noun phrases; the name inside is the stretch of proper nouns around the head,
    with function words between them.
    """
    if not any("Entity=" in r[9] for r in rows):
        return None
    spans = _gum_spans(rows, open_entities)
    open_entities.clear()
    labels = ["O"] * len(rows)
    for kind, start, end in sorted(spans, key=lambda s: s[2] - s[1]):
        name = _name_inside(rows, start, end)
        if kind in _NAMED and name and all(x == "O" for x in labels[name[0] : name[1]]):
            labels[name[0]] = f"B-{_NAMED[kind]}"
            labels[name[0] + 1 : name[1]] = [f"I-{_NAMED[kind]}"] * (name[1] - name[0] - 1)
    return labels


def _gum_spans(
    rows: list[list[str]], open_entities: list[tuple[str, str, int]]
) -> list[tuple[str, int, int]]:
    """(kind, start, end) of GUM's entities, from the brackets in its last column."""
    spans: list[tuple[str, int, int]] = []
    for i, row in enumerate(rows):
        found = re.search(r"Entity=([^|]+)", row[9])
        for single, opened, closed in _ENTITY.findall(found[1]) if found else ():
            if closed:
                k = next((e for e in reversed(open_entities) if e[0] == closed), None)
                if k is not None:
                    open_entities.remove(k)
                    spans.append((k[1], k[2], i + 1))
                continue
            number, _, rest = (single or opened).partition("-")
            kind = rest.partition("-")[0]
            if single:
                spans.append((kind, i, i + 1))
            else:
                open_entities.append((number, kind, i))
    return spans


def _name_inside(rows: list[list[str]], start: int, end: int) -> tuple[int, int] | None:
    inside = range(start, end)
    head = next((i for i in inside if int(rows[i][6]) - 1 not in inside), start)
    if rows[head][3] != "PROPN":
        return None
    first = last = head
    while first - 1 >= start and rows[first - 1][3] == "PROPN":
        first -= 1
    while last + 1 < end and (
        rows[last + 1][3] in {"PROPN", "NUM"}
        or (last + 2 < end and rows[last + 1][1].lower() in {"of", "the", "and", "-", "for"}
            and rows[last + 2][3] == "PROPN" and rows[last + 1][1].lower() != "and")
    ):  # fmt: skip
        last += 1
    titles = {"Mr.", "Mrs.", "Ms.", "Dr.", "President", "Senator", "Minister", "Prof.", "Gen."}
    while first < last and rows[first][1] in titles:
        first += 1
    return first, last + 1


def in_spacy_tokens(sentence: Sentence, nlp: Language) -> Sentence:
    """The same sentence over spaCy's tokens; what has no counterpart there is masked.

    A spaCy token over several words takes the labels of the one that heads the others. A word
    over several spaCy tokens gives its labels to the last, and the others are masked.
    """
    if not sentence.offsets or sentence.heads is None:
        return sentence
    doc = nlp.make_doc(sentence.text)
    spans = [(t.idx, t.idx + len(t)) for t in doc if not t.is_space]
    if spans == sentence.offsets:
        return sentence
    owners = [
        [k for k, (a, b) in enumerate(sentence.offsets) if a < end and start < b]
        for start, end in spans
    ]
    if not all(owners):
        return sentence
    last_part = {k: i for i, ks in enumerate(owners) for k in ks}
    sources: list[int | None] = []
    for i, ks in enumerate(owners):
        main = next((k for k in ks if sentence.heads[k] not in ks or sentence.heads[k] == k), ks[0])
        sources.append(main if last_part[main] == i else None)
    heads = [MASK if k is None else (last_part[sentence.heads[k]]) for k in sources]

    def column(values: list | None) -> list | None:
        return None if values is None else [None if k is None else values[k] for k in sources]

    entities = sentence.entities
    if entities is not None:
        first = [ks[0] for ks in owners]
        seen: set[int] = set()
        column_of = []
        for k in first:
            label = entities[k]
            column_of.append("I" + label[1:] if k in seen and label[0] == "B" else label)
            seen.add(k)
        entities = column_of
    return replace(
        sentence,
        words=[sentence.text[a:b] for a, b in spans],
        spaces=[sentence.spaces[0]]
        + [int(spans[i][0] > spans[i - 1][1]) for i in range(1, len(spans))],
        tags=column(sentence.tags),
        pos=column(sentence.pos),
        heads=heads,
        relations=column(sentence.relations),
        morphs=[m or "_" for m in column(sentence.morphs) or []],
        entities=entities,
        offsets=spans,
    )


def read_all(paths: Iterable[Path]) -> Iterator[Document]:
    for path in paths:
        yield from read_conllu(path)
