"""``doc.noun_chunks`` by Universal Dependencies: spaCy's English rules know other labels."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_WITHIN = frozenset({"compound", "flat", "fixed", "det", "nummod", "nmod:poss", "amod"})
"""Relations of words that belong to the chunk of their head."""
_AFTER = frozenset({"flat", "flat:name", "fixed"})


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """(start, end, label) of each noun with what stands before it: "the two aid workers".

    Prepositions, conjunctions and relative clauses stay out; chunks do not overlap. Raises
    ValueError without a parse, as spaCy's own do.
    """
    doc = doclike.doc
    if not doc.has_annotation("DEP"):
        raise ValueError("noun_chunks needs a parse: sentences that were not read have none")
    label = doc.vocab.strings.add("NP")
    reached = -1
    for token in doclike:
        if token.pos_ not in _NOUNS or token.dep_ in _WITHIN or token.dep_ == "":
            continue
        start, end = _edges(token)
        if start > reached:
            reached = end - 1
            yield start, end, label


def _edges(noun: Token) -> tuple[int, int]:
    start, end = noun.i, noun.i + 1
    for child in reversed(list(noun.lefts)):
        if child.dep_ not in _WITHIN or child.right_edge.i != start - 1:
            break
        start = child.left_edge.i
    for child in noun.rights:
        if child.dep_ not in _AFTER:
            break
        end = child.right_edge.i + 1
    return start, end
