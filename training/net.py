"""The network: an eight-layer BERT encoder and, on each word's first piece, every head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from wirewatch.extraction.learned.pieces import FEATURES

WIDTH, LAYERS, ATTENTION_HEADS, INNER = 384, 8, 12, 1536
"""Eight of the pretrained encoder's twelve layers are what 30 MB hold beside the vocabulary."""
ARC, LABEL, READ, LINK = 256, 160, 256, 64
VECTORS = {"link": LINK, "asked": LINK + 1, "given": LINK}
"""Heads that give vectors: of belonging together; of the place asked for, and last how surely
there is none; of the place that a name gives."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Rows of the tables whose size the data decide."""

    pieces: int
    tags: int
    pos: int
    relations: int
    entities: int
    positions: int = 512


READING = {
    "kind": 8, "figure_when": 2, "figure_subset": 2, "figure_status": 3,
    "trigger": 15, "trigger_when": 2, "trigger_status": 5,
}  # fmt: skip


class Layer(nn.Module):
    """One layer of BERT, as it was trained first."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Rows [batch, piece, width]; ``mask`` is true where there is a piece."""
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = self.out(a.transpose(1, 2).reshape(b, n, WIDTH))
        x = self.norm1(x + self.drop(a))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces, case and white space, and positions, through every layer."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.pieces = nn.Embedding(sizes.pieces, WIDTH)
        self.positions = nn.Embedding(sizes.positions, WIDTH)
        self.features = nn.Embedding(FEATURES, WIDTH)
        nn.init.normal_(self.features.weight, std=0.01)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.drop = nn.Dropout(dropout)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """Rows [batch, piece, width]."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.pieces(ids) + self.features(features) + self.positions(at)
        x = self.drop(self.norm(x))
        wide = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide)
        return x


class Reader(nn.Module):
    """Everything in one pass; ``first`` holds the place of each word's first piece."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1, head_dropout: float = 0.2) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes, dropout)
        self.drop = nn.Dropout(head_dropout)
        self.tag = nn.Linear(WIDTH, sizes.tags)
        self.pos = nn.Linear(WIDTH, sizes.pos)
        self.entity = nn.Linear(WIDTH, sizes.entities)
        self.start = nn.Linear(WIDTH, 1)
        self.arc_dep = nn.Linear(WIDTH, ARC)
        self.arc_head = nn.Linear(WIDTH, ARC)
        self.arc = nn.Parameter(torch.empty(ARC, ARC))
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        nn.init.normal_(self.arc, std=1 / ARC)
        self.label_dep = nn.Linear(WIDTH, LABEL)
        self.label_head = nn.Linear(WIDTH, LABEL, bias=False)
        self.label = nn.Linear(LABEL, sizes.relations)
        self.read = nn.Linear(WIDTH, READ)
        self.reading = nn.ModuleDict({k: nn.Linear(READ, n) for k, n in READING.items()})
        self.vectors = nn.ModuleDict({k: nn.Linear(READ, n) for k, n in VECTORS.items()})
        with torch.no_grad():  # most words are no triggers, most numbers count nobody
            self.reading["trigger"].bias[0] = 6.0
            self.reading["kind"].bias[0] = 2.0

    def words(self, ids: Tensor, features: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """Rows [batch, word, width]: those of the words' first pieces."""
        x = self.encoder(ids, features, mask)
        return torch.gather(x, 1, first[..., None].expand(-1, -1, WIDTH))

    def arcs(self, h: Tensor) -> Tensor:
        """Scores [batch, word, head]; a root is its own head."""
        dep, head = F.gelu(self.arc_dep(h)), F.gelu(self.arc_head(h))
        dep, head = self.drop(dep), self.drop(head)
        return (dep @ self.arc + self.arc_bias) @ head.transpose(1, 2)

    def labels(self, h: Tensor, heads: Tensor) -> Tensor:
        """Scores [batch, word, relation] of the arcs to these heads."""
        dep, head = self.label_dep(h), self.label_head(h)
        head = torch.gather(head, 1, heads[..., None].expand(-1, -1, LABEL))
        return self.label(self.drop(F.relu(dep + head)))

    def read_words(self, h: Tensor) -> dict[str, Tensor]:
        """Scores of every reading head, and the vectors."""
        r = self.drop(F.gelu(self.read(h)))
        return {k: head(r) for k, head in (*self.reading.items(), *self.vectors.items())}


def load_pretrained(net: Reader, raw: Mapping[str, np.ndarray], kept: list[int]) -> None:
    """Take over BERT's lower layers; ``kept`` are the vocabulary's rows that stay."""
    e = net.encoder
    with torch.no_grad():
        e.pieces.weight.copy_(_rows(raw, "embeddings.word_embeddings.weight")[kept])
        e.positions.weight.copy_(
            _rows(raw, "embeddings.position_embeddings.weight")
            + _rows(raw, "embeddings.token_type_embeddings.weight")[0]
        )
        _copy(e.norm, raw, "embeddings.LayerNorm")
        for i, layer in enumerate(e.layers):
            at = f"encoder.layer.{i}"
            names = [f"{at}.attention.self.{x}" for x in ("query", "key", "value")]
            layer.qkv.weight.copy_(torch.cat([_rows(raw, f"{x}.weight") for x in names]))
            layer.qkv.bias.copy_(torch.cat([_rows(raw, f"{x}.bias") for x in names]))
            _copy(layer.out, raw, f"{at}.attention.output.dense")
            _copy(layer.norm1, raw, f"{at}.attention.output.LayerNorm")
            _copy(layer.up, raw, f"{at}.intermediate.dense")
            _copy(layer.down, raw, f"{at}.output.dense")
            _copy(layer.norm2, raw, f"{at}.output.LayerNorm")


def _rows(raw: Mapping[str, np.ndarray], name: str) -> Tensor:
    return torch.tensor(raw[name])


def _copy(module: nn.Module, raw: Mapping[str, np.ndarray], name: str) -> None:
    module.weight.copy_(_rows(raw, f"{name}.weight"))
    module.bias.copy_(_rows(raw, f"{name}.bias"))
