"""Who says so, and with which verb: "an American official told AFP", "according to police"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from wirewatch.extraction.attribution.headline import SPEAKERS, headline
from wirewatch.extraction.calendar_names import WEEKDAYS
from wirewatch.extraction.context import context, wordset
from wirewatch.model import Attribution

SAY = wordset(
    "said says say told tells reported reports report announced announces stated states added "
    "confirmed confirms claimed claims acknowledged admitted warned insisted alleged estimated "
    "declared revealed disclosed noted tweeted wrote denied"
)
_ACCORDING = ("according", "to")
_ARTICLES = frozenset({"a", "an", "the", "one", "another"})
_APPOSITION = 16
_MAX_SOURCE = 12
"""Tokens: a longer stretch before the verb is a clause, not a speaker."""
_BREAKS = frozenset({
    ",", ";", ":", '"', "“", "”", "(", ")", "that", "but", "and", "while", "as",
})  # fmt: skip
_DASHES = frozenset({"-", "--", "—", "–"})
"""Breaks where a space stands before: "QUETTA - Police"."""
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubjpass")
_ADVERBS = wordset("also have has had later earlier only will since now again repeatedly initially")
_MEANS = wordset("telephone phone email e-mail text radio satellite video")
"""By which, not by whom, it was said."""
_TESTED = wordset("confirm verify investigate investigating probing checking deny denied media")
"""Before "reports", which then is a noun."""
_SAID_OF = frozenset({("to", "be"), ("to", "have")})
"""What is said of somebody: "gunmen, said to be from a rival clan"."""
_CONJUNCT = 4
_INVERTED = 9
_BE = frozenset({"be", "been", "being", "is", "are", "was", "were"})
_NOT_THE_VERB = frozenset({"the", "a", "an", "new", "these", "some", "unconfirmed"})
"""Before a word that may be noun or verb: "the reports", "an estimated 300"."""
_STATES = wordset("killed dead died injured wounded hurt missing arrested detained")
"""After "reported", which then is said of these people."""
_NOBODY = wordset(
    "it he she they i we you that this these those which who what no none nobody nothing there "
    "a an the one two three four five six seven eight nine ten dozens hundreds thousands"
)
"""Words that alone name no speaker."""


def attribution(doc: Doc, token: int) -> Attribution | None:
    """The source of the sentence that holds ``token``; None when nobody is named."""
    seen = context(doc)
    first, last = seen.span(token)
    if found := _according(doc, first, last) or _quoted(doc, first, last):
        return found
    verbs = [i for i in range(first, last) if seen.words[i] in SAY and _tells(doc, i, last)]
    for verb in sorted(verbs, key=lambda i: (abs(i - token), i)):
        span = _speaker(doc, first, verb, last)
        if span and not span[0] <= token < span[1]:
            return Attribution(source=_text(doc, *span), verb=seen.words[verb])
    if (span := headline(doc, first, last)) and not span[0] <= token < span[1]:
        return Attribution(source=_text(doc, *span))
    return None


def _quoted(doc: Doc, first: int, last: int) -> Attribution | None:
    """Whose words are passed on: "the governor was quoted as saying", "X quoted Y as saying"."""
    words = context(doc).words
    for i in range(first + 1, last - 2):
        if words[i : i + 2] != ("as", "saying"):
            continue
        quoted = max((k for k in range(first, i) if words[k] == "quoted"), default=None)
        if quoted is None:
            continue
        end = quoted
        while end > first and words[end - 1] in _BE | _ADVERBS:
            end -= 1
        passive = end < quoted and quoted + 1 == i
        span = _before(doc, first, end) if passive else _trim(doc, quoted + 1, i)
        if span:
            return Attribution(source=_text(doc, *span), verb="quoted")
    return None


def _tells(doc: Doc, i: int, last: int) -> bool:
    """Whether somebody says something here: not "an estimated 300", "claimed 40 lives"."""
    words = context(doc).words
    after = words[i + 1 : min(last, i + 6)]
    if _noun(doc, i):
        return False
    if words[i] in {"claimed", "claims"} and not {"life", "lives"}.isdisjoint(after):
        return False
    if words[i] == "admitted" and not {"hospital", "hospitals", "clinic"}.isdisjoint(after):
        return False
    if words[i] == "reported" and after[:1] and after[0] in _STATES:
        return False
    if words[i] == "said" and after[:2] in _SAID_OF:
        return False
    passive = not _BE.isdisjoint(words[max(0, i - 2) : i])
    return not passive or after[:1] == ("by",)


def _noun(doc: Doc, i: int) -> bool:
    words = context(doc).words
    if i > 0 and words[i - 1] in {"a", "an"}:
        return True
    if i > 0 and words[i] in {"reports", "report", "claims"} and words[i - 1] in _TESTED:
        return True
    if doc[i].pos_:
        return doc[i].pos_ in {"NOUN", "PROPN", "ADJ"}
    return i > 0 and doc[i - 1].lower_ in _NOT_THE_VERB


def _speaker(doc: Doc, first: int, verb: int, last: int) -> tuple[int, int] | None:
    words = context(doc).words
    if words[verb + 1 : verb + 2] == ("by",) and words[verb + 2] not in _MEANS:
        return _after(doc, verb, last)
    if _inverted(doc, first, verb, last):
        return _after(doc, verb, last)
    span = _subject(doc, verb)
    if span is None or _parted(doc, span[1], verb):
        span = _before(doc, first, verb) or span
    return span or _after(doc, verb, last)


def _inverted(doc: Doc, first: int, verb: int, last: int) -> bool:
    """A speaker after the verb that ends the clause: "…, said witnesses", not "he said police"."""
    words = context(doc).words
    if verb == first or words[verb - 1] not in {",", '"', "”"}:
        return False
    end = verb + 1
    while end < last and words[end] not in {".", ","}:
        end += 1
    named = range(verb + 1, end)
    titled = end - verb > 2 and all(doc[i].is_title for i in named)
    told = any(words[i] in _STATES or (i > verb + 1 and words[i] in SAY) for i in named)
    after = words[verb + 1 : verb + 2]
    speaks = titled or not SPEAKERS.isdisjoint(
        after if _ARTICLES.isdisjoint(after) else words[verb:end]
    )
    return 0 < len(named) < _INVERTED and speaks and not told


def _parted(doc: Doc, end: int, verb: int) -> bool:
    """Whether a comma parts the subject from words right before the verb: who speaks is these."""
    words = context(doc).words[end:verb]
    while words and words[-1] in _ADVERBS:
        words = words[:-1]
    return "," in words and words[-1] != ","


def _according(doc: Doc, first: int, last: int) -> Attribution | None:
    words = context(doc).words
    for i in range(first, last - 2):
        if words[i : i + 2] == _ACCORDING:
            end = i + 2
            while end < last and words[end] not in _BREAKS and words[end] not in {".", "who"}:
                end += 1
            if 0 < end - i - 2 <= _MAX_SOURCE:
                return Attribution(source=_text(doc, i + 2, end), verb="according to")
    return None


def _subject(doc: Doc, verb: int) -> tuple[int, int] | None:
    """The verb's subject with what belongs to it, where there is a parse."""
    if not doc.has_annotation("DEP"):
        return None
    subject: Token | None = next((c for c in doc[verb].children if c.dep_ in _SUBJECTS), None)
    if subject is None:
        return None
    inside = sorted(t.i for t in subject.subtree)
    return _trim(doc, inside[0], inside[-1] + 1)


def _before(doc: Doc, first: int, verb: int) -> tuple[int, int] | None:
    """The speaker before the verb: "police said", "NAME, head of the council, said"."""
    words = context(doc).words
    end = verb
    while end > first and words[end - 1] in _ADVERBS:
        end -= 1
    if end - 2 > first and words[end - 2] == "on" and words[end - 1] in WEEKDAYS:
        end -= 2
    if end > first and words[end - 1] == ",":
        commas = [i for i in range(max(first, end - _APPOSITION), end - 1) if words[i] == ","]
        end = commas[-1] if commas else end - 1
    start = end
    while start > first and not _breaks(doc, start - 1):
        start -= 1
    return _trim(doc, _joined(doc, first, start), end)


def _joined(doc: Doc, first: int, start: int) -> int:
    """With the speaker before an "and": "residents and a local official said"."""
    words = context(doc).words
    if start - 2 < first or words[start - 1] != "and" or words[start - 2] not in SPEAKERS:
        return start
    left = start - 1
    while left > first and not _breaks(doc, left - 1):
        left -= 1
    return left if start - 1 - left <= _CONJUNCT else start


def _after(doc: Doc, verb: int, last: int) -> tuple[int, int] | None:
    """The speaker after the verb: "…, said a spokesman for the ministry"."""
    words = context(doc).words
    if verb + 1 < last and words[verb + 1] == "by":
        verb += 1
    if verb + 1 >= last:
        return None
    opens = words[verb + 1] in _ARTICLES or words[verb + 1] in SPEAKERS
    if not (opens or doc[verb + 1].is_title):
        return None
    end = verb + 1
    while end < last and not _breaks(doc, end) and words[end] != ".":
        end += 1
    return _trim(doc, verb + 1, end)


def _breaks(doc: Doc, i: int) -> bool:
    word = context(doc).words[i]
    return word in _BREAKS or _dash(doc, i)


def _dash(doc: Doc, i: int) -> bool:
    """A dash between words, not within one."""
    return context(doc).words[i] in _DASHES and i > 0 and bool(doc[i - 1].whitespace_)


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    words = context(doc).words
    while start < end and words[start : start + 1] == ("(",):
        start += 1
    for i in range(start, end):
        if words[i] in {",", "("} or (i > start and words[i] in SAY and not _noun(doc, i)):
            end = i  # no name of a speaker holds a verb of saying
            break
    start = max((i + 1 for i in range(start, end) if _dash(doc, i)), default=start)
    while end > start and (
        doc[end - 1].is_space or doc[end - 1].is_punct or words[end - 1] in _ADVERBS
    ):
        end -= 1
    while start < end and (doc[start].is_space or doc[start].is_punct):
        start += 1
    named = any(doc[i].is_alpha and words[i] not in _NOBODY for i in range(start, end))
    whole = end > start and words[end - 1] not in {"a", "an", "the", "'s", "’s"}
    return (start, end) if named and whole and end - start <= _MAX_SOURCE else None


def _text(doc: Doc, start: int, end: int) -> str:
    return " ".join(doc[start:end].text.split())
