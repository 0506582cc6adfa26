"""Words a second a core through the reader, beside the same with every sentence encoded.

    python benchmarks/bench_read.py [--articles 300] [--memory 100000] [--words 50]

Articles of ../shared/data, each read both ways in turn, which way first changing from one to the
next. Times are this process's processor time, and nothing in it uses a second core, so that a busy
machine does not tell. ``--memory N`` reads N articles instead, their first ``--words`` words, every
one with new names in it, and prints the process's resident size at intervals.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import news
from spacy.language import Language
from spacy.tokens import Doc

from wirewatch.extraction import load, read
from wirewatch.extraction.pipeline import MAX_CHARS
from wirewatch.model import Article

BOMB = "A bomb killed 12 people at a market in Baghdad on Tuesday, police said. "
HEAPS = {
    "5 MB in one line": BOMB * 70_000,
    "100,000 characters of report": BOMB * 1_400,
    "of figures": "12 killed, 30 hurt; " * 5_000,
    "of one word": "killed " * 15_000,
    "of names": "Port-au-Prince Abu Bakr al-Baghdadi " * 2_800,
    "of quotation marks": '"“' * 50_000,
    "of line ends": "\n" * 99_000 + BOMB,
    "without a stop": BOMB.replace(".", "").lower() * 1_400,
}
Choose = Callable[[Doc, Sequence[tuple[int, int]]], Sequence[bool]]


class Counting:
    """The reader's choice of sentences, counting; or every sentence."""

    def __init__(self, choose: Choose) -> None:
        self.choose = choose
        self.every = False
        self.sentences = self.encoded = self.words = self.words_encoded = 0

    def __call__(self, doc: Doc, spans: Sequence[tuple[int, int]]) -> Sequence[bool]:
        """What the encoder reads."""
        if self.every:
            return [True] * len(spans)
        chosen = self.choose(doc, spans)
        sizes = [end - start for start, end in spans]
        self.sentences += len(spans)
        self.encoded += sum(chosen)
        self.words += sum(sizes)
        self.words_encoded += sum(n for n, yes in zip(sizes, chosen, strict=True) if yes)
        return chosen


def seconds(one: Article, nlp: Language) -> float:
    """Processor time of one reading."""
    began = time.process_time()
    read(one, nlp)
    return time.process_time() - began


def pairs(articles: Sequence[Article], nlp: Language, counting: Counting) -> list[list[float]]:
    """For each article its time with the choice, and with every sentence encoded."""
    found = []
    for number, one in enumerate(articles):
        taken = [0.0, 0.0]
        for every in (False, True) if number % 2 else (True, False):
            counting.every = every
            taken[every] = seconds(one, nlp)
        found.append(taken)
    counting.every = False
    return found


def report(name: str, articles: Sequence[Article], nlp: Language, choose: Choose) -> None:
    """Read one set of articles both ways and say how fast."""
    encode: Any = nlp.get_pipe("wirewatch_encode")
    encode.choose = counting = Counting(choose)
    taken = pairs(articles, nlp, counting)
    encode.choose = choose
    words = sum(len(one.full_text.split()) for one in articles)
    chosen, every = (sum(column) for column in zip(*taken, strict=True))
    ratio = median(b / a for a, b in taken)
    print(f"{name}: {len(articles)} articles, {words:,} words")
    print(f"  {words / chosen:,.0f} words/s a core; every sentence encoded {words / every:,.0f}")
    print(f"  {every / chosen:.2f} times as fast (median of articles {ratio:.2f})")
    sentences = counting.encoded / counting.sentences
    tokens = counting.words_encoded / counting.words
    print(f"  encoded: {sentences:.0%} of sentences, {tokens:.0%} of tokens")
    print(f"  an article: {milliseconds([a for a, _ in taken])}")


def milliseconds(taken: Sequence[float]) -> str:
    """Median, 95th percentile and greatest."""
    found = median(taken), quantiles(taken, n=20)[-1], max(taken)
    return "median {:.0f} ms, p95 {:.0f} ms, max {:.0f} ms".format(*(x * 1e3 for x in found))


def resident() -> float:
    """Resident megabytes now; where the system does not say, the most there ever were."""
    status = Path("/proc/self/statm")
    if status.is_file():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory(total: int, words: int, nlp: Language) -> None:
    """Read that many articles and print the resident size on the way."""
    source = news.endless(random.Random(7), news.conflict(), words)
    step = max(1, total // 20)
    first = 0.0
    for number in range(1, total + 1):
        read(next(source), nlp)
        if number % step == 0:
            now = resident()
            first = first or now
            print(f"{number:>8,} articles: {now:.0f} MB, {now / first - 1:+.1%}", flush=True)


def speed(most: int, nlp: Language) -> None:
    """All that is told of time."""
    choose = nlp.get_pipe("wirewatch_encode").choose  # type: ignore[attr-defined]
    conflict, general = news.conflict(), list(news.general())
    rng = random.Random(7)
    for one in rng.sample(conflict, 40):
        read(one, nlp)
    report("conflict and disaster", rng.sample(conflict, min(most, len(conflict))), nlp, choose)
    report("news of all kinds", general[:most], nlp, choose)
    long = [one for one in (*conflict, *general) if len(one.text.split()) >= 600]
    six = [seconds(news.cut(one, 600), nlp) for one in long[:most]]
    print(f"{len(six)} articles cut at 600 words: {milliseconds(six)}")
    reports = "\n\n".join(one.text for one in conflict)[:MAX_CHARS]
    for name, text in {**HEAPS, "of reports, one after another": reports}.items():
        print(f"{name}: {seconds(news.article(name, text), nlp):.2f} s")
    print(f"text beyond {MAX_CHARS:,} characters is not read")
    print(f"memory {resident():.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=300, help="of each set, at most")
    parser.add_argument("--memory", type=int, default=0, help="read so many, print the memory")
    parser.add_argument("--words", type=int, default=50, help="of each article, with --memory")
    given = parser.parse_args()
    nlp = load()
    if given.memory:
        memory(given.memory, given.words, nlp)
    else:
        speed(given.articles, nlp)


if __name__ == "__main__":
    main()
