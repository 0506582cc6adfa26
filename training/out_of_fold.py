"""Lay the heads of models that never saw an article over its Doc: the honest input of a referee.

``training/read.py folds`` writes one file an article: ``offsets`` (characters of each token in the
title, blank line and text, or in the text alone without a title) and a table for each head.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction.annotations import Heads
from wirewatch.model import Article

TABLES = (
    "kind", "figure_when", "figure_subset", "figure_status", "trigger", "trigger_when",
    "trigger_status", "link", "asked", "given",
)  # fmt: skip


@Language.factory("out_of_fold", default_config={"folder": ""})
def make_out_of_fold(nlp: Language, name: str, folder: str) -> OutOfFold:  # noqa: ARG001 (spaCy passes it)
    return OutOfFold(Path(folder))


class OutOfFold:
    """Sets ``doc._.heads`` from the article's file; None where there is none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, doc: Doc) -> Doc:
        """Lay the article's heads, where the encoder of the pipeline read."""
        reference = doc._.article
        path = self.folder / f"{reference.id}.npz"
        unread = np.isnan(doc._.heads.kind).all(axis=1)
        doc._.heads = lay(doc, path, has_title=bool(reference.title)) if path.is_file() else None
        if doc._.heads is not None:
            for name in TABLES:
                getattr(doc._.heads, name)[unread] = np.nan
        return doc


def lay(doc: Doc, path: Path, *, has_title: bool) -> Heads:
    with np.load(path) as data:
        at = {int(start): row for row, (start, _) in enumerate(data["offsets"])}
        shift = 0 if has_title else 2
        rows = [at.get(token.idx - shift, -1) for token in doc]
        return Heads(**{name: _table(data[name], rows) for name in TABLES})


def _table(values: Any, rows: list[int]) -> Any:
    picked = np.full((len(rows), values.shape[1]), np.nan, np.float32)
    known = [i for i, row in enumerate(rows) if row >= 0]
    picked[known] = values[[rows[i] for i in known]]
    return picked


def add(nlp: Language, folder: Path | None) -> Language:
    """Put the component before those that read the heads."""
    if folder is not None:
        nlp.add_pipe("out_of_fold", before="wirewatch_places", config={"folder": str(folder)})
    return nlp


def read_by_all(folder: Path | None, articles: list[Article]) -> list[Article]:
    """The articles that the folder has heads for."""
    if folder is None:
        return articles
    return [article for article in articles if (folder / f"{article.id}.npz").is_file()]
