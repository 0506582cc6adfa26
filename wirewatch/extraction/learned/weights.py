"""The shipped files: found, checked for completeness, loaded."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from tokenizers import Tokenizer

from wirewatch.errors import WirewatchError
from wirewatch.extraction.learned.pieces import WordPieces

PACKAGED = Path(str(files("wirewatch.extraction"))) / "weights"
GRAPH, VOCABULARY, LABELS, RELATIONS = (
    "encoder.onnx", "tokenizer.json", "labels.json", "relations.npz",
)  # fmt: skip
READING = (
    "kind", "figure_when", "figure_subset", "figure_status",
    "trigger", "trigger_when", "trigger_status", "link", "asked", "given",
)  # fmt: skip
"""The heads whose rows go to ``doc._.heads``."""
FloatArray = npt.NDArray[np.float32]
_ROWS = 32


class WeightsError(WirewatchError):
    """The model's files are missing or do not fit this version."""


class Labels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names of the rows of every table, and how texts are cut for the encoder."""

    tags: tuple[str, ...]
    pos: tuple[str, ...]
    relations: tuple[str, ...]
    entities: tuple[str, ...]
    morphs: dict[str, str]
    """Morphological features of "TAG/POS"."""
    chunk: int
    """Most word pieces read at once."""
    context: int
    """Word pieces of an article's start that are shown before every later chunk."""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded model; ``run`` may be called from several threads."""

    session: Any
    pieces: WordPieces
    labels: Labels
    relation_weight: FloatArray
    relation_bias: FloatArray

    def run(
        self, ids: npt.NDArray[np.int64], features: npt.NDArray[np.int64],
        first: npt.NDArray[np.int64],
    ) -> dict[str, FloatArray]:  # fmt: skip
        """Every head's rows for the words whose first pieces stand at ``first``."""
        names = [output.name for output in self.session.get_outputs()]
        rows = self.session.run(names, {"ids": ids, "features": features, "first": first})
        return dict(zip(names, rows, strict=True))

    @property
    def widths(self) -> dict[str, int]:
        """Columns of each head."""
        return {output.name: output.shape[1] for output in self.session.get_outputs()}

    def relations(self, dep: FloatArray, head: FloatArray) -> npt.NDArray[np.intp]:
        """Row of labels.relations for each word, given its own and its head's vectors."""
        hidden = np.maximum(dep + head, 0)
        # So few rows at a time stay below the size from which OpenBLAS hands work to its threads,
        # which cost more than they save, and most of all where a worker runs on every core.
        products = [
            hidden[at : at + _ROWS] @ self.relation_weight for at in range(0, len(hidden), _ROWS)
        ]
        scores = np.concatenate(products) + self.relation_bias
        best: npt.NDArray[np.intp] = scores.argmax(1)
        return best


def load_encoder(path: Path | None = None, threads: int = 1) -> Encoder:
    """The encoder from a folder of weights; None: the one that comes with wirewatch.

    Raises WeightsError when a file is missing, unreadable or of another version.
    """
    folder = path or PACKAGED
    for name in (GRAPH, VOCABULARY, LABELS, RELATIONS):
        if not (folder / name).is_file():
            raise WeightsError(f"no {name} in {folder}: the model's weights are not installed")
    try:
        labels = msgspec.json.decode((folder / LABELS).read_bytes(), type=Labels)
        pieces = WordPieces(Tokenizer.from_file(str(folder / VOCABULARY)))
        with np.load(folder / RELATIONS) as table:
            weight, bias = table["weight"], table["bias"]
        session = ort.InferenceSession(str(folder / GRAPH), _options(threads))
    except Exception as error:
        raise WeightsError(f"cannot load the model in {folder}: {error}") from error
    lacking = sorted(set(READING) - {output.name for output in session.get_outputs()})
    if lacking:
        raise WeightsError(
            f"the model in {folder} is of another version, it has no {', '.join(lacking)}: "
            "train it again, or leave the setting out to read with wirewatch's own"
        )
    return Encoder(session, pieces, labels, weight, bias)


def _options(threads: int) -> Any:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options
