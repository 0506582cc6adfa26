"""Alerts as messages for chat and mail: a title and a few lines of plain text."""

from __future__ import annotations

from wirewatch.model import Alert
from wirewatch.safety import one_line
from wirewatch.show.alerts import KIND_SIGN, MAX_QUOTES, facts, outlets, word_of
from wirewatch.show.words import place_words, tolls_words, type_words

MAX_SOURCES = 3
"""Addresses of reports in a message."""
_ACTIVE = str.maketrans({"@": "＠", "<": "‹", ">": "›", "[": "(", "]": ")", "`": "'", "*": "∗"})
"""What chats could take for a mention, a link or markup, and what stands for it."""


def alert_message(alert: Alert) -> tuple[str, str]:
    """Title and text; nothing that came from a feed mentions anybody or acts as markup."""
    title = f"{KIND_SIGN[alert.kind]} {alert.severity.upper()} {alert.kind}: {_happening(alert)}"
    lines = [
        " · ".join(facts(alert)),
        tolls_words(alert.incident),
        one_line(alert.reason),
        " · ".join(filter(None, (word_of(alert), outlets(alert)))),
        *(f"“{one_line(one.quote, 200)}” {one_line(one.publisher, 60)}"
          for one in alert.evidence[:MAX_QUOTES]),
        f"{one_line(alert.rule, 60)} · {one_line(alert.id, 64)}",
    ]  # fmt: skip
    return title.translate(_ACTIVE), "\n".join(
        [line.translate(_ACTIVE) for line in lines if line] + _sources(alert)
    )


def _happening(alert: Alert) -> str:
    incident = alert.incident
    parts = [type_words(incident.type), place_words(incident.place), tolls_words(incident)]
    return one_line(", ".join(part for part in parts if part), 160)


def _sources(alert: Alert) -> list[str]:
    """Addresses where one can read on; those that could act as anything else are left out."""
    given = dict.fromkeys(one.url for one in alert.evidence if one.url)
    plain = [url for url in given if url.startswith(("https://", "http://")) and len(url) < 500]
    return [url for url in plain if url.translate(_ACTIVE) == url and " " not in url][:MAX_SOURCES]
