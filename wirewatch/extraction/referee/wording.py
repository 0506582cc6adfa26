"""The words around a mention: where it stands, cue words, small words, the parse."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Token

from wirewatch.extraction.context import context, wordset
from wirewatch.extraction.factuality.cues import cues
from wirewatch.extraction.referee.labels import FAR, NAN
from wirewatch.extraction.referee.mention import Mention

GROUPS = (
    "recent", "old", "since", "said", "court", "will", "modal", "demand", "threat", "negation",
    "ongoing", "year", "month",
)  # fmt: skip
_FLAGS: tuple[frozenset[str], ...] = tuple(
    wordset(words)
    for words in (
        "the this that these those its their his her",
        "a an another one more new",
        "had",
        "has have",
        "was were been being",
        "is are",
        "to",
        "that which who whom whose",
        "after following since",
        "and or",
        "other separate elsewhere separately second third fourth meanwhile similar",
        "of in for over from",
        "killing leaving wounding injuring",
    )
)
_CARRIED = ("recent", "old", "since", "year", "month", "court", "will")
_KEY = "wirewatch.article_cues"
_LEADING = (
    "recent", "old", "since", "court", "guilt", "justice", "said", "ongoing", "year", "month",
)  # fmt: skip
"""Cues that say of what sort the article is: a court report, a look back."""
_POINTING = wordset("that those earlier previous these same")
_DEPS = ("root", "conj", "acl", "advcl", "ccomp", "xcomp", "nmod", "obl", "nsubj", "obj")


def place_in_text(doc: Doc, mention: Mention) -> list[float]:
    """Position: title, sentence number, share of the text, offset in the sentence."""
    seen = context(doc)
    number = seen.body_sentence(mention.token)
    first, last = seen.span(mention.token)
    return [
        float(mention.token < seen.title_end),
        float(min(number, 40)),
        mention.token / max(1, len(doc)),
        float(min(mention.token - first, 40)),
        float(min(last - mention.token, 40)),
        float(seen.upper),
    ]


def cue_distances(doc: Doc, mention: Mention) -> list[float]:
    """For each cue group the distance to the nearest before and after, in the sentence."""
    first, last = context(doc).span(mention.token)
    found = cues(doc)
    row: list[float] = []
    for group in GROUPS:
        positions = found.get(group, ())
        next_ = bisect_left(positions, mention.start)
        left = [mention.token - p for p in positions[max(0, next_ - 1) : next_] if p >= first]
        right = [p - mention.token for p in positions[next_ : next_ + 1] if p < last]
        row += [float(min([*left, FAR])), float(min([*right, FAR]))]
    return row


def around(doc: Doc, mention: Mention) -> list[float]:
    """Which small words stand within four tokens before, and next to, the word of the event."""
    seen = context(doc)
    first, _ = seen.span(mention.token)
    former = seen.words[max(first, mention.token - 4) : mention.token]
    word = seen.words[mention.token]
    row = [float(bool(flag.intersection(former))) for flag in _FLAGS]
    row += [float(bool(flag.intersection(former[-1:]))) for flag in _FLAGS]
    return [
        *row,
        float(word.endswith("ing")),
        float(word.endswith("ed")),
        float(word.endswith("s")),
    ]


def sentence_before(doc: Doc, mention: Mention) -> list[float]:
    """Whether the sentence before speaks of now or of old, and whether this one points back."""
    seen = context(doc)
    number = seen.sentence[mention.token]
    low, high = seen.bounds[number - 1] if number else (0, 0)
    found = cues(doc)
    row = [float(any(low <= p < high for p in found.get(g, ()))) for g in _CARRIED]
    first, last = seen.span(mention.token)
    near = seen.words[max(first, mention.token - 3) : mention.token + 1]
    back = any(w in _POINTING for w in near)
    anywhere = any(w in _POINTING for w in seen.words[first:last])
    return [*row, float(back), float(anywhere)]


def syntax(doc: Doc, mention: Mention) -> list[float]:
    """Depth, relation to the head, and the auxiliaries of the clause; NaN without a parse."""
    if not doc.has_annotation("DEP"):
        return [NAN] * (len(_DEPS) + 6)
    token = doc[mention.token]
    chain = _chain(token)
    deps = token.dep_.lower().partition(":")[0]
    verb = next((t for t in chain if t.pos_ in {"VERB", "AUX"}), token)
    auxiliaries = {c.lower_ for c in verb.children if c.dep_.lower().startswith("aux")}
    above = {t.dep_.lower().partition(":")[0] for t in chain}
    return [
        *(float(deps == d) for d in _DEPS),
        float(len(chain)),
        float("had" in auxiliaries),
        float(bool({"has", "have"} & auxiliaries)),
        float(bool({"acl"} & above)),
        float(bool({"ccomp", "parataxis"} & above)),
        float(token.pos_ == "NOUN"),
    ]


def _chain(token: Token) -> list[Token]:
    chain = [token]
    while chain[-1].head is not chain[-1] and len(chain) < 12:
        chain.append(chain[-1].head)
    return chain


def article_cues(doc: Doc) -> tuple[float, ...]:
    """Which cues title and first sentence hold, and how many of some the article holds."""
    kept: tuple[float, ...] | None = doc.user_data.get(_KEY)
    if kept is None:
        found, end = cues(doc), lead(doc)[1]
        kept = doc.user_data[_KEY] = (
            *(float(any(at < end for at in found.get(group, ())[:1])) for group in _LEADING),
            *(float(len(found.get(group, ()))) for group in ("court", "year", "old", "justice")),
        )
    return kept


def lead(doc: Doc) -> tuple[int, int]:
    """First and past-the-last token of the body's first sentence."""
    seen = context(doc)
    return seen.span(seen.title_end) if seen.words else (0, 0)
