"""Incidents: which reports tell of the same happening, and how many people it touched."""

from wirewatch.incidents.case import Case, MemoryStore, Store
from wirewatch.incidents.linker import Linker

__all__ = ["Case", "Linker", "MemoryStore", "Store"]
