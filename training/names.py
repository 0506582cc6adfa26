"""Named-entity corpora to sentences with PER, ORG and LOC in BIO."""

from __future__ import annotations

from pathlib import Path

from training.treebank import Document, Sentence

_NAMES = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC", "person": "PER", "politician": "PER",
    "organisation": "ORG", "politicalparty": "ORG", "location": "LOC", "country": "LOC",
    "corporation": "ORG", "group": "ORG",
}  # fmt: skip
_GLUED_LEFT = set(".,;:!?)]}%'’") | {"n't", "'s", "'re", "'ve", "'ll", "'m", "'d", "’s"}


def read_columns(path: Path, word: int = 0, label: int = 1) -> list[Document]:
    """A file of one word a line, blank lines between sentences, as one document each ten."""
    sentences: list[Sentence] = []
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# "):
            continue
        if line.strip():
            rows.append(line.split("\t") if "\t" in line else line.split())
        elif rows:
            sentences.append(_sentence(rows, word, label))
            rows = []
    return [sentences[i : i + 10] for i in range(0, len(sentences), 10)]


def _sentence(rows: list[list[str]], word: int, label: int) -> Sentence:
    words = [r[word] for r in rows]
    spaces = [int(w not in _GLUED_LEFT) for w in words]
    spaces[0] = 1
    return Sentence(words=words, spaces=spaces, entities=_bio([r[label] for r in rows]))


def _bio(labels: list[str]) -> list[str]:
    """The three kinds of names only; spans of other kinds are no names here."""
    found = []
    before = "O"
    for label in labels:
        prefix, _, kind = label.partition("-")
        kind = _NAMES.get(kind, "")
        if not kind:
            found.append("O")
        elif prefix == "B" or before != kind:
            found.append(f"B-{kind}")
        else:
            found.append(f"I-{kind}")
        before = kind
    return found
