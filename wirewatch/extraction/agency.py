"""The news agency behind an article: credited in its text or as its author, or its publisher."""

from __future__ import annotations

import re

from wirewatch.model import Article

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
PUBLISHERS = {
    "afp.com": "AFP",
    "reuters.com": "Reuters",
    "apnews.com": "AP",
    "ap.org": "AP",
    "upi.com": "UPI",
    "dpa-international.com": "dpa",
    "efe.com": "EFE",
    "ansa.it": "ANSA",
    "xinhuanet.com": "Xinhua",
    "news.cn": "Xinhua",
    "kyodonews.net": "Kyodo",
    "tass.com": "TASS",
    "interfax.com": "Interfax",
    "irna.ir": "IRNA",
    "aa.com.tr": "Anadolu",
    "ptinews.com": "PTI",
    "aninews.in": "ANI",
    "ians.in": "IANS",
    "yna.co.kr": "Yonhap",
    "bernama.com": "Bernama",
    "sana.sy": "SANA",
    "wam.ae": "WAM",
    "unb.com.bd": "UNB",
    "aap.com.au": "AAP",
}
"""The agencies' own sites: what they publish is what others copy."""
_HEAD = 400
_TAIL = 300
_NAMES = "|".join(AGENCIES.values())
_CREDIT = re.compile(
    rf"\((?:{_NAMES})\)"
    rf"|(?:^|\n)\s*(?:By |Source: |©\s*(?:\d{{4}}\s*)?|Copyright \d{{4}} ?)(?:{_NAMES})\b"
    rf"|(?:^|\n)\s*[-–—/]?\s*(?:{_NAMES})\s*(?:\n|$)"
    rf"|[-–—/]\s*(?:{_NAMES})\.?\s*$"
    rf"|\b[Ii]nputs? from (?:the )?(?:{_NAMES})\b"
)
_AUTHOR = re.compile(rf"(?:^|[,/|(–—-]|\b[Bb]y )\s*(?:The )?(?:{_NAMES})(?: [Ss]taff)?\s*\)?\s*$")
"""Such as "AFP", "By Reuters Staff" or "Nob Ody, Associated Press"."""


def agency(article: Article) -> str | None:
    """The agency that the article comes from; None when none is known.

    A credit in its first or last lines counts most, then its authors, then who publishes it.
    """
    text = article.text
    for part in (text[:_HEAD], text[-_TAIL:] if len(text) > _HEAD else ""):
        if found := _CREDIT.search(part):
            return _named(found.group())
    for author in article.authors:
        if found := _AUTHOR.search(author):
            return _named(found.group())
    return PUBLISHERS.get(article.publisher.casefold())


def _named(credit: str) -> str | None:
    for name, spellings in AGENCIES.items():
        if re.search(rf"\b(?:{spellings})\b", credit):
            return name
    return None
