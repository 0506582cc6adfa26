"""Small changes to spaCy's English tokenizer, for what news text does to numbers."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex

from wirewatch.extraction.glued import infixes as glued

_INFIXES = (
    r"(?<=[0-9A-Za-z])[–—―](?=[0-9A-Za-z])",  # "36–40", "dead—12 men"
    r"(?<=[0-9])\.(?=[A-Z][a-z])",  # "rose to 12.The"
    r"(?<=[A-Za-z0-9])[(\[](?=[0-9A-Za-z])",  # "killed(3)"
    r"(?<=[A-Za-z0-9])[)\]](?=[0-9A-Za-z])",
    r"(?<=[A-Za-z])[:/](?=[0-9])|(?<=[0-9])/(?=[A-Za-z])",  # "killed:14", "15 dead/30 hurt"
    r"(?<=[0-9])(?=(?i:people|persons|men|women|children|others|dead|killed|injured|wounded)\b)",
)
_PREFIXES = ("~", "≈", "≥", "≤", "±")


def adapt(nlp: Language) -> Language:
    """Split typographic dashes, glued brackets and full stops around numbers.

    Changes the tokenizer of ``nlp`` in place and gives ``nlp`` back. Everything else stays as
    spaCy's English rules have it, which are close to Universal Dependencies' own tokens.
    """
    infixes = [*(nlp.Defaults.infixes or ()), *_INFIXES, *glued()]
    prefixes = [*(nlp.Defaults.prefixes or ()), *_PREFIXES]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    return nlp
