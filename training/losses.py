"""What each head is taught by."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own name for it

from training.chunks import Chunk
from training.net import Reader
from training.treebank import MASK

ENTITY_SMOOTHING = 0.05
WHEN_SMOOTHING = 0.1
"""Of news or history, which is learned by heart long before figures are known well."""
TYPE_SMOOTHING, KIND_SMOOTHING = 0.1, 0.05
"""Of what happened and of what a figure counts, learned by heart by eight layers."""


def tree_losses(net: Reader, batch: dict[str, Tensor], h: Tensor) -> dict[str, Tensor]:
    """Tags, parse, entities and sentence starts; a head without labels in the batch is left out."""
    d = net.drop(h)
    found: dict[str, Tensor] = {}
    if (batch["entities"] != MASK).any():
        found["entities"] = cross(net.entity(d), batch["entities"])
    if not (batch["heads"] != MASK).any():
        return found
    found["tags"] = cross(net.tag(d), batch["tags"])
    found["pos"] = cross(net.pos(d), batch["pos"])
    starts = batch["starts"]
    found["starts"] = F.binary_cross_entropy_with_logits(
        net.start(d)[..., 0][starts != MASK], starts[starts != MASK].float()
    )
    heads = batch["heads"]
    sentence = batch["sentence"]
    same = (sentence[:, :, None] == sentence[:, None, :]) & (sentence[:, None, :] != MASK)
    arcs = net.arcs(d).float().masked_fill(~same, -1e4)
    found["heads"] = cross(arcs, heads)
    found["relations"] = cross(net.labels(d, heads.clamp(min=0)), batch["relations"])
    return found


def cross(scores: Tensor, gold: Tensor, smoothing: float = 0.0) -> Tensor:
    return F.cross_entropy(
        scores.flatten(0, 1).float(), gold.flatten(), ignore_index=MASK, label_smoothing=smoothing
    )


WEIGHTS = {
    "heads": 1.0, "relations": 1.0, "tags": 0.6, "pos": 0.3, "starts": 0.5, "entities": 1.0,
    "kind": 2.0, "figure_when": 1.5, "figure_subset": 0.5, "figure_status": 0.3,
    "trigger": 0.6, "no_trigger": 15.0, "trigger_when": 0.4, "trigger_status": 0.4, "link": 0.4,
    "where": 0.5,
}  # fmt: skip


def total(losses: dict[str, Tensor]) -> Tensor:
    return torch.stack([WEIGHTS.get(k, 1.0) * v for k, v in losses.items()]).sum()


NARROW = 0.5
"""Weight of a place's own name among those of its country."""
KIND_WEIGHTS = torch.tensor([1.0, 1.0, 1.0, 2.5, 2.0, 1.5, 2.5, 2.5])
OTHER_MENTIONS = 0.15
"""Weight of 'no trigger' outside the quotations, where an article has such an event: it may well
be mentioned there again."""


def reading_losses(net: Reader, batch: list[Chunk], h: Tensor) -> dict[str, Tensor]:
    """What articles teach: figures at their head tokens, triggers somewhere in a quotation."""
    out = net.read_words(h)
    figures = _figure_losses(out, batch)
    triggers = _trigger_losses(out, batch)
    return {**figures, **triggers}


def _figure_losses(out: dict[str, Tensor], batch: list[Chunk]) -> dict[str, Tensor]:
    rows = [(b, at, f) for b, c in enumerate(batch) for at, f in c.extra["figures"]]
    if not rows:
        return {}
    place = torch.tensor([(b, at) for b, at, _ in rows]).T
    weight = torch.tensor([f.weight for _, _, f in rows])
    found = {}
    kind = torch.tensor([f.kind for _, _, f in rows])
    scores = out["kind"][place[0], place[1]].float()
    each = F.cross_entropy(scores, kind, reduction="none", label_smoothing=KIND_SMOOTHING)
    each = each * weight * KIND_WEIGHTS[kind]
    found["kind"] = each.sum() / (weight * KIND_WEIGHTS[kind]).sum().clamp(min=8)
    for head, column in (
        ("figure_when", "when"), ("figure_subset", "subset"), ("figure_status", "status")
    ):  # fmt: skip
        gold = torch.tensor([getattr(f, column) for _, _, f in rows])
        if (gold != MASK).any():
            scores = out[head][place[0], place[1]].float()
            each = F.cross_entropy(
                scores, gold, reduction="none", ignore_index=MASK,
                label_smoothing=WHEN_SMOOTHING if column == "when" else 0.0,
            )  # fmt: skip
            found[head] = (each * weight).sum() / (weight * (gold != MASK)).sum().clamp(min=4)
    return found


def _trigger_losses(out: dict[str, Tensor], batch: list[Chunk]) -> dict[str, Tensor]:
    zero = out["trigger"].sum() * 0.0
    said, unsaid, when, status, link, where = [], [zero[None]], [], [], [], []
    for b, chunk in enumerate(batch):
        n = len(chunk.first)
        logp = F.log_softmax(out["trigger"][b, :n].float(), -1)
        masses = {}
        for inside, prior, m in chunk.extra["spans"]:
            at = torch.tensor(inside)
            share = torch.softmax(logp[at, m.type].detach() + torch.tensor(prior), 0)
            said.append(-(share * _soft(logp[at], m.type, TYPE_SMOOTHING)).sum())
            said.append(-0.1 * ((1 - share) * logp[at, 0]).mean())
            for losses, head, gold in (
                (when, "trigger_when", m.when), (status, "trigger_status", m.status)
            ):  # fmt: skip
                rows = F.log_softmax(out[head][b, at].float(), -1)
                soft = WHEN_SMOOTHING if head == "trigger_when" else 0.0
                losses.append(-(share * _soft(rows, gold, soft)).sum())
            masses.setdefault(m.event, []).append((at, share))
        outside = torch.ones(n, dtype=torch.bool)
        outside[chunk.extra["covered"]] = False
        allowed = [0, *chunk.extra["text"].types]
        if outside.any():
            rest = logp[outside]
            elsewhere = OTHER_MENTIONS if len(allowed) > 1 else 0.5
            unsaid.append(-torch.logsumexp(rest[:, allowed], -1) - elsewhere * rest[:, 0])
        link += _link_losses(out["link"][b].float(), chunk, masses)
        where += _where_losses(out["asked"][b].float(), out["given"][b].float(), chunk, masses)
    found = {"no_trigger": torch.cat(unsaid).mean()}
    if said:
        found["trigger"] = 2 * torch.stack(said).mean()
    for name, losses in (
        ("trigger_when", when), ("trigger_status", status), ("link", link), ("where", where)
    ):  # fmt: skip
        if losses:
            found[name] = torch.stack(losses).mean()
    return found


def _soft(rows: Tensor, gold: int, smoothing: float) -> Tensor:
    """Log probability of the right class, a share of it spread over all classes."""
    return (1 - smoothing) * rows[:, gold] + smoothing * rows.mean(-1)


def _link_losses(vectors: Tensor, chunk: Chunk, masses: dict) -> list[Tensor]:
    """A figure belongs to its event's triggers rather than to those of the other events."""
    if len(masses) < 2:
        return []
    found = []
    events = list(masses)
    for at, f in chunk.extra["figures"]:
        if f.event in masses:
            scores = torch.stack(
                [
                    torch.logsumexp(
                        torch.cat(
                            [
                                vectors[place] @ vectors[at] / 8 + share.clamp(min=1e-4).log()
                                for place, share in masses[e]
                            ]
                        ),
                        0,
                    )
                    for e in events
                ]
            )
            found.append(F.cross_entropy(scores[None], torch.tensor([events.index(f.event)])))
    return found


def _where_losses(asked: Tensor, given: Tensor, chunk: Chunk, masses: dict) -> list[Tensor]:
    """What tells of an event points to the names of its place, or says that none is meant."""
    names = chunk.extra["places"]
    if not names:
        return []
    found = []
    given = given[torch.tensor([at for at, _ in names])]
    askers = [(event, *mention) for event, mentions in masses.items() for mention in mentions]
    alone = torch.ones(1)
    askers += [(f.event, torch.tensor([at]), alone) for at, f in chunk.extra["figures"]]
    for event, at, share in askers:
        known = chunk.extra["text"].wheres.get(event)
        right = known and _columns(names, known.places, nowhere=known.nowhere)
        if not right:
            continue
        scores = torch.cat([asked[at, :-1] @ given.T / 8, asked[at, -1:]], 1)
        chance = F.log_softmax(scores, -1)
        there = torch.logsumexp(chance[:, right], -1)
        loss = -there
        named = _columns(names, known.named)
        if named:
            loss = loss - NARROW * (torch.logsumexp(chance[:, named], -1) - there)
        found.append((share * loss).sum())
    return found


def _columns(names: list, meant: frozenset[int], *, nowhere: bool = False) -> list[int]:
    """Columns of the names meant; the one after the last name is for none."""
    if nowhere:
        return [len(names)]
    return [k for k, (_, number) in enumerate(names) if number in meant]
