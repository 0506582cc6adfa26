"""Where the texts are, and which of them are for what."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from spacy.language import Language

from training.chunks import Labels
from training.names import read_columns
from training.treebank import Document, in_spacy_tokens, read_all, read_conllu


def held_out(document: str) -> bool:
    """Articles that nobody looks at and nothing learns from: a third, by a hash of the id."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % 3 == 0


def treebanks(data: Path) -> list[Document]:
    """What the parser learns from: EWT's training part and the open genres of GUM."""
    train = data / "train"
    ewt = read_conllu(train / "ud_english_ewt" / "en_ewt-ud-train.conllu")
    for document in ewt:
        for sentence in document:
            sentence.entities = None
    return ewt + list(read_all(sorted((train / "ud_english_gum").glob("*.conllu"))))


def names(data: Path) -> list[Document]:
    """What entities are learned from besides GUM. UNER's EWT test and PUD are for measuring.

    UNER's own style is the one wanted, so its sentences count three times.
    """
    ner = data / "train" / "ner"
    wnut = ner / "wnut17" / "CONLL-format" / "data"
    found = read_columns(ner / "wikigold" / "CONLL-format" / "data" / "wikigold.conll.txt")
    found += 3 * read_columns(ner / "uner_ewt" / "en_ewt-ud-dev.iob2", word=1, label=2)
    found += read_columns(wnut / "train" / "wnut17train.conll")
    for part in ("train", "dev", "test"):
        found += read_columns(ner / "crossner_politics" / f"{part}.txt")
    return found


def label_names(documents: list[Document]) -> Labels:
    counts: dict[str, Counter] = {"tags": Counter(), "pos": Counter(), "relations": Counter()}
    for document in documents:
        for sentence in document:
            for name, counter in counts.items():
                counter.update(getattr(sentence, name) or ())
    return Labels(**{k: sorted(x for x, n in c.items() if n >= 3) for k, c in counts.items()})


def morphology(documents: list[Document]) -> dict[str, str]:
    """The commonest features of each tag and part of speech, of those that hang on the tag."""
    keep = {"Tense", "VerbForm", "Mood", "Degree", "NumType", "Poss"}
    seen: dict[str, Counter] = {}
    for document in documents:
        for s in document:
            for tag, pos, morph in zip(s.tags or (), s.pos or (), s.morphs or (), strict=True):
                wanted = keep | ({"Number"} if str(tag).startswith("NN") else set())
                feats = [x for x in morph.split("|") if x.split("=")[0] in wanted]
                seen.setdefault(f"{tag}/{pos}", Counter())["|".join(feats)] += 1
    return {k: c.most_common(1)[0][0] for k, c in sorted(seen.items()) if c.total() >= 5}


def in_both_tokens(documents: list[Document], nlp: Language) -> tuple[list[Document], ...]:
    """The documents in the treebank's tokens and in spaCy's."""
    return documents, [[in_spacy_tokens(s, nlp) for s in d] for d in documents]
