"""``python -m wirewatch``."""

from wirewatch.cli.main import run

run()
