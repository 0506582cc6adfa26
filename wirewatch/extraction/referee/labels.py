"""What the rows of the referees count with: the types, kinds and moods in their order."""

from __future__ import annotations

from typing import get_args

from wirewatch.model import ClaimKind, EventType, Modifier, Status

TYPES: tuple[EventType, ...] = get_args(EventType)
KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
STATUSES: tuple[Status, ...] = get_args(Status)
MODIFIERS: tuple[Modifier, ...] = get_args(Modifier)
NAN = float("nan")
"""Evidence that is missing: the referees learned what to do without it."""
FAR = 30
"""Tokens: what stands farther off, or nowhere, counts as this far."""
