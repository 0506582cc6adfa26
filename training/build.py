"""The whole rebuild: trees, half of the articles, all of them, the shipped files, the card."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from training import corpora

WEIGHTS = Path(__file__).parents[1] / "wirewatch" / "extraction" / "weights"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=corpora.DATA)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    trees, half, whole = (args.work / f"{x}.pt" for x in ("trees", "oof/half0", "whole"))
    log = args.work / "log.txt"
    log.unlink(missing_ok=True)
    _run("train", "--out", trees, "--log", log, data=args.data)
    _run(
        "read", "folds", "--parts", "0", "--start", trees, "--out", half.parent, "--log", log,
        data=args.data,
    )  # fmt: skip
    _run(
        "read", "final", "--start", trees, "--reader", half, "--out", whole, "--log", log,
        data=args.data,
    )  # fmt: skip
    _run("ship", whole, args.out, "--log", log, data=args.data)


def _run(module: str, *arguments: object, data: Path) -> None:
    command = [sys.executable, "-m", f"training.{module}", *map(str, arguments)]
    subprocess.run([*command, "--data", str(data)], check=True)


if __name__ == "__main__":
    main()
