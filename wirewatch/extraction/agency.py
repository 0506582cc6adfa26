"""The news agency that an article credits: "(AFP)", "LIMA, 3 May (Reuters) —", "© 2024 AP"."""

from __future__ import annotations

import re

AGENCIES = {
    "AFP": r"AFP|Agence France[- ]Presse",
    "Reuters": r"Reuters|REUTERS",
    "AP": r"AP|Associated Press|The Associated Press",
    "UPI": r"UPI|United Press International",
    "dpa": r"dpa|DPA|Deutsche Presse-Agentur",
    "EFE": r"EFE",
    "ANSA": r"ANSA",
    "Xinhua": r"Xinhua|XINHUA",
    "Kyodo": r"Kyodo|KYODO",
    "TASS": r"TASS|Itar-Tass|ITAR-TASS",
    "Interfax": r"Interfax",
    "IRNA": r"IRNA",
    "Anadolu": r"Anadolu(?: Agency)?",
    "PTI": r"PTI|Press Trust of India",
    "ANI": r"ANI",
    "IANS": r"IANS",
    "PA": r"PA Media|Press Association",
    "Yonhap": r"Yonhap",
    "Bernama": r"Bernama",
    "SANA": r"SANA",
    "WAM": r"WAM",
    "UNB": r"UNB",
    "AAP": r"AAP",
}
_HEAD = 400
_TAIL = 300
_NAMES = "|".join(AGENCIES.values())
_CREDIT = re.compile(
    rf"\((?:{_NAMES})\)"
    rf"|(?:^|\n)\s*(?:By |Source: |©\s*(?:\d{{4}}\s*)?|Copyright \d{{4}} ?)(?:{_NAMES})\b"
)


def agency(text: str) -> str | None:
    """The agency credited in the first or last lines of ``text``; None when none is."""
    for part in (text[:_HEAD], text[-_TAIL:] if len(text) > _HEAD else ""):
        if found := _CREDIT.search(part):
            return _named(found.group())
    return None


def _named(credit: str) -> str | None:
    for name, spellings in AGENCIES.items():
        if re.search(rf"\b(?:{spellings})\b", credit):
            return name
    return None
