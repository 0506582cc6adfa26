"""The tokens of a Doc as plain lists, taken once: spaCy makes an object for each token asked for.

Kept in ``doc.user_data``, so that the rules, which look at every word many times, share one pass.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

_KEY = "wirewatch.words"


@dataclass(frozen=True, slots=True)
class Words:
    """One entry a token, white space tokens too."""

    texts: list[str]
    lower: list[str]
    after: list[str]
    """The blank that follows, "" or " "."""
    blank: list[bool]
    """Whether the token is white space."""
    at: list[int]
    """First character."""
    whole: str
    """The Doc's text; spaCy puts it together anew each time it is asked."""

    def span(self, first: int, last: int) -> str:
        """The text from the token ``first`` up to ``last``; empty where there is none."""
        if first >= last:
            return ""
        return self.whole[self.at[first] : self.at[last - 1] + len(self.texts[last - 1])]


def words(doc: Doc) -> Words:
    """The Doc's tokens, taken on first use and after tokens were merged or split."""
    found: Words | None = doc.user_data.get(_KEY)
    if found is None or len(found.texts) != len(doc):
        found = doc.user_data[_KEY] = _taken(doc)
    return found


def _taken(doc: Doc) -> Words:
    texts, after, at = [], [], []
    for token in doc:
        texts.append(token.text)
        after.append(token.whitespace_)
        at.append(token.idx)
    lower = [text.lower() for text in texts]
    whole = "".join(text + space for text, space in zip(texts, after, strict=True))
    return Words(texts, lower, after, [text.isspace() for text in texts], at, whole)
