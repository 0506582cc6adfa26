"""The whole rebuild: trees, halves of the articles, all, what ships, referees, places, choice."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from training import files

READER = Path(__file__).parents[1] / "wirewatch" / "extraction"
REFEREES = (
    *(f"{task}_heads.npz" for task in ("trigger", "when", "status", "claim", "article")),
    *(f"{task}_rules.npz" for task in ("when", "claim")),
)
"""Without heads the words' own odds and the rules do better than trees for trigger and status."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=files.DATA)
    parser.add_argument("--out", type=Path, default=READER / "weights")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    trees = args.work / "trees.pt"
    halves = args.work / "oof"
    log = args.work / "log.txt"
    log.unlink(missing_ok=True)
    _run("train", "--out", trees, "--log", log, data=args.data)
    _run("read", "--start", trees, "--out", args.work, "--log", log, data=args.data)
    _run("ship", args.work / "whole.pt", args.out, "--log", log, data=args.data)
    _referees(halves, args.work / "referees")
    _run("fit_places", args.data, "--fit", "--heads", halves)
    _run("fit_choice", "--rows", args.work / "choice.jsonl")


def _referees(heads: Path, work: Path) -> None:
    """What weighs rules and heads, fitted on heads of networks that had not seen the articles."""
    _run("fit_referees", "--out", work, "--suffix", "rules")
    _run("fit_referees", "--out", work, "--suffix", "heads", "--heads", heads)
    for name in ("priors.json", *REFEREES):
        shutil.copy(work / name, READER / "referee" / name)
    _run("fit_figures", "--oof", heads, "--out", READER / "claims" / "referee.json")


def _run(module: str, *arguments: object, data: Path | None = None) -> None:
    command = [sys.executable, "-m", f"training.{module}", *map(str, arguments)]
    subprocess.run([*command, *(("--data", str(data)) if data else ())], check=True)


if __name__ == "__main__":
    main()
