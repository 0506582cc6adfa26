"""Words to what the encoder eats: word pieces, and a feature of letter case and white space.

The vocabulary is uncased; the feature keeps what lower-casing throws away, so that a model can use
case where it tells something and training can take it away (all capitals, all lower case).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tokenizers import Tokenizer

MAX_WORD_PIECES = 16
"""Pieces kept of one word; longer ones are addresses and noise."""
KNOWN_WORDS = 16_384
"""Words whose pieces and case are kept: what news uses day by day, a few megabytes."""
CASES = ("other", "lower", "title", "upper", "initial", "mixed", "digit", "mark")
SPACES = ("glued", "space", "line", "paragraph")
CONTINUATION = len(CASES) * len(SPACES)
"""Feature of special pieces and of every piece of a word after its first."""
FEATURES = CONTINUATION + 1


@lru_cache(maxsize=KNOWN_WORDS)
def case_of(word: str) -> int:
    """Index in CASES of a word's letter case."""
    letters = [c for c in word if c.isalpha()]
    if any(c.isdigit() for c in word):
        return 6
    if not letters:
        return 7
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return 1 if any(c.islower() for c in letters) else 0
    if upper == len(letters):
        return 3 if upper > 1 else 4
    return 2 if letters[0].isupper() and upper == 1 else 5


def space_of(between: str) -> int:
    """Index in SPACES of the white space before a word."""
    lines = between.count("\n")
    if lines:
        return 2 if lines == 1 else 3
    return 1 if between else 0


def feature(case: int, space: int) -> int:
    """The feature of a word's first piece."""
    return case * len(SPACES) + space


class WordPieces:
    """Splits words into the ids of their word pieces; every word gets at least one."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}
        self.cls = self._id("[CLS]")
        self.sep = self._id("[SEP]")
        self.unknown = self._id("[UNK]")

    def _id(self, piece: str) -> int:
        found: int | None = self._tokenizer.token_to_id(piece)
        assert found is not None, piece
        return found

    def split(self, words: Sequence[str]) -> list[list[int]]:
        """Ids of each word's pieces, at most MAX_WORD_PIECES a word."""
        known = self._known
        new = [word for word in dict.fromkeys(words) if word not in known]
        if new:
            found = dict(zip(new, self._split(new), strict=True))
            if len(known) + len(found) > KNOWN_WORDS:
                known = self._known = {word: known[word] for word in words if word in known}
            known.update(found)
        return [known[word] for word in words]

    def _split(self, words: Sequence[str]) -> list[list[int]]:
        pieces: list[list[int]] = [[] for _ in words]
        encoding = self._tokenizer.encode(
            [_well_formed(word) for word in words], is_pretokenized=True, add_special_tokens=False
        )
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            if word is not None and len(pieces[word]) < MAX_WORD_PIECES:
                pieces[word].append(piece)
        return [ids or [self.unknown] for ids in pieces]


def _well_formed(word: str) -> str:
    """Lone surrogates cannot cross into the tokenizer, which is UTF-8 inside."""
    return word if word.isascii() else word.encode("utf-8", "replace").decode("utf-8")
