"""Handing alerts to webhooks, chat and mail: who gets what, how, and when it is tried again."""

from __future__ import annotations

from wirewatch.delivery.load import load, read, shipped
from wirewatch.delivery.make import Sender, make_sender
from wirewatch.delivery.target import Target

__all__ = ["Sender", "Target", "load", "make_sender", "read", "shipped"]
