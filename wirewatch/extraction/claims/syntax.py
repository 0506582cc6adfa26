"""Which word of harm a figure hangs on, by the parse: Universal Dependencies labels.

Used where the pipeline parsed the sentence; agrees with ``patterns`` on most figures and sees over
long phrases where word order alone cannot.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from wirewatch.extraction.claims.fitting import fitting
from wirewatch.extraction.claims.phrases import noun_phrase_end
from wirewatch.extraction.claims.reading import Reading
from wirewatch.extraction.claims.text import Anchor, Mention, Text

_UP = frozenset(
    ("nummod", "compound", "flat", "fixed", "goeswith", "advmod", "det", "amod", "nummod:gov")
)
_PART = frozenset(("including", "among", "include"))
_OPENS = frozenset(("when", "while", "because", "although", "whereas"))
_STEPS = 6
_TOLL = frozenset(("toll", "number", "total", "count", "tally", "figure"))


class Tree:
    """The parse of a Doc beside the words of its Text."""

    def __init__(self, doc: Doc, text: Text) -> None:
        self.doc = doc
        self.text = text
        self.place = {token: i for i, token in enumerate(text.tokens)}

    def anchor(self, token: Token) -> Anchor | None:
        """The word of harm that the token belongs to."""
        place = self.place.get(token.i)
        return None if place is None else self.text.anchor_at.get(place)

    def readings(self, mention: Mention) -> list[Reading]:
        """The parse's readings of one figure, the strongest first; none where it was not parsed."""
        token = self.doc[self.text.tokens[mention.head]]
        if mention.figure.ordinal or token.dep_ in ("", "dep"):
            return []
        end = noun_phrase_end(self.text, mention.end)
        found = (fitting(self.text, mention, end, r) for r in self._climb(token))
        return sorted((r for r in found if r is not None), key=lambda r: -r.strength)

    def _climb(self, token: Token) -> Iterator[Reading]:
        noun = _counted_noun(token)
        strength, part = 0.9, False
        for _ in range(_STEPS):
            own = list(self._here(noun, strength, part=part))
            yield from own
            if own or noun.dep_ == "ROOT":
                return
            if noun.dep_ == "conj":
                strength -= 0.08
            elif noun.dep_ in ("nmod", "obl", "appos", "parataxis", "dep", "list"):
                inside = any(c.lower_ in _PART for c in noun.children)
                if not (inside or noun.dep_ in ("appos", "parataxis", "list", "dep")):
                    return
                part = part or inside or noun.dep_ == "appos"
                strength -= 0.12
            elif noun.dep_ not in ("nmod:poss", "nummod", "compound", "xcomp", "ccomp"):
                return
            noun = noun.head

    def _here(self, noun: Token, strength: float, *, part: bool) -> Iterator[Reading]:
        """Readings by the noun itself, what modifies it, and the verb it belongs to."""
        for child in noun.children:
            if child.dep_ in ("acl", "acl:relcl", "amod"):
                yield from self._of_modifier(child, strength, part=part)
        yield from self._use(noun, ("noun", "state"), "dep-itself", strength - 0.1, part=part)
        yield from self._of_verb(noun, strength, part=part)

    def _of_modifier(self, child: Token, strength: float, *, part: bool) -> Iterator[Reading]:
        active = child.dep_ == "acl:relcl" and any(c.dep_ == "obj" for c in child.children)
        if not active:
            uses = ("participle", "happens", "state")
            yield from self._use(child, uses, f"dep-{child.dep_}", strength - 0.05, part=part)

    def _of_verb(self, noun: Token, strength: float, *, part: bool) -> Iterator[Reading]:
        verb, relation = noun.head, noun.dep_
        name = f"dep-{relation}"
        if self._of_next_clause(verb, noun):
            return
        if relation == "nsubj:pass":
            yield from self._chain(verb, ("participle", "state", "weak"), name, strength, part)
        elif relation == "nsubj":
            acts = any(c.dep_ == "obj" for c in verb.children)
            uses = ("happens", "state", "noun") if acts else ("happens", "state", "participle")
            yield from self._chain(verb, uses, name, strength - 0.1 * acts, part)
        elif relation == "obj":
            yield from self._use(verb, ("active", "participle"), name, strength, part=part)
            for child in verb.children:
                if child.dep_ in ("xcomp", "amod", "advcl") and child.i > noun.i:
                    yield from self._use(
                        child, ("state", "participle", "happens"), "dep-xcomp", strength, part=part
                    )
        elif relation in ("nmod", "obl"):
            yield from self._use(verb, ("noun",), name, strength, part=part)
            yield from self._of_toll(noun, strength, part=part)

    def _of_next_clause(self, verb: Token, noun: Token) -> bool:
        """As in "two were killed when dozens of militants attacked", which parsers mistake."""
        return any(token.lower_ in _OPENS for token in self.doc[verb.i + 1 : noun.i])

    def _chain(
        self, verb: Token, uses: tuple[str, ...], name: str, strength: float, part: bool
    ) -> Iterator[Reading]:
        """The verb, or what it leads to: "were found dead", "were shot and killed"."""
        own = list(self._use(verb, uses, name, strength, part=part))
        yield from own
        if own:
            return
        for child in verb.children:
            if child.dep_ in ("xcomp", "conj", "ccomp") and child.i > verb.i:
                bars = ("nsubj", "obj") if name == "dep-nsubj" else ("nsubj",)
                if child.dep_ == "conj" and any(c.dep_.startswith(bars) for c in child.children):
                    continue
                more = (*uses, "participle", "state", "happens")
                yield from self._use(
                    child, more, f"{name}-{child.dep_}", strength - 0.08, part=part
                )

    def _of_toll(self, noun: Token, strength: float, *, part: bool) -> Iterator[Reading]:
        """As in "The death toll rose to 31", "a toll of 43"."""
        above = noun.head
        tolls = [above, *(c for c in above.children if c.dep_ in ("nsubj", "nsubj:pass", "obj"))]
        for toll in tolls:
            if toll.lower_ not in _TOLL:
                continue
            for word in (*toll.children, toll):
                sense = self.anchor(word)
                if sense is not None:
                    kind = sense.senses[0].kind
                    yield Reading(kind, "dep-toll", strength - 0.1, sense, subset=part)
                    return

    def _use(
        self, token: Token, uses: tuple[str, ...], name: str, strength: float, *, part: bool
    ) -> Iterator[Reading]:
        anchor = self.anchor(token)
        sense = anchor.sense(*uses) if anchor is not None else None
        if sense is not None:
            yield Reading(sense.kind, name, strength, anchor, subset=part)


def _counted_noun(token: Token) -> Token:
    """From the number to the noun it counts; the number itself where it stands alone."""
    noun = token
    for _ in range(4):
        if noun.dep_ not in _UP or noun.head.i == noun.i:
            break
        noun = noun.head
    return noun
