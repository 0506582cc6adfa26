"""The whole rebuild: trees, both halves of the articles, all of them, what ships, the referees."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from training import corpora

READER = Path(__file__).parents[1] / "wirewatch" / "extraction"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=corpora.DATA)
    parser.add_argument("--out", type=Path, default=READER / "weights")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    trees, half, whole = (args.work / f"{x}.pt" for x in ("trees", "oof/half0", "whole"))
    log = args.work / "log.txt"
    log.unlink(missing_ok=True)
    _run("train", "--out", trees, "--log", log, data=args.data)
    _run(
        "read", "folds", "--start", trees, "--out", half.parent, "--log", log, data=args.data
    )  # fmt: skip
    _run(
        "read", "final", "--start", trees, "--reader", half, "--out", whole, "--log", log,
        data=args.data,
    )  # fmt: skip
    _run("ship", whole, args.out, "--log", log, data=args.data)
    _referees(half.parent)


def _referees(heads: Path) -> None:
    """What weighs rules and heads, fitted on heads of networks that had not seen the articles."""
    out = READER / "referee"
    _run("fit_referees", "--out", out, "--suffix", "rules")
    _run("fit_referees", "--out", out, "--suffix", "heads", "--heads", heads)
    _run("fit_choice")
    _run("fit_figures", "--oof", heads, "--out", READER / "claims" / "referee.json")


def _run(module: str, *arguments: object, data: Path | None = None) -> None:
    command = [sys.executable, "-m", f"training.{module}", *map(str, arguments)]
    subprocess.run([*command, *(("--data", str(data)) if data else ())], check=True)


if __name__ == "__main__":
    main()
