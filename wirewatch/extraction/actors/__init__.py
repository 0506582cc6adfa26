"""Actors: who takes part, with country and CAMEO role."""
