"""Alerts for people: a block on a terminal, one line in a pipe."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from wirewatch.model import Alert
from wirewatch.safety import one_line
from wirewatch.show.words import (
    confirmation_words,
    date_words,
    outlets_words,
    parties_words,
    place_words,
    source_words,
    tolls_words,
    type_words,
)

SEVERITY_STYLE = {
    "extreme": "bold white on red",
    "severe": "bold black on bright_red",
    "moderate": "bold black on yellow",
    "minor": "bold black on cyan",
}
KIND_SIGN = {"alert": "●", "update": "↻", "cancel": "✕"}
MAX_QUOTES = 2
"""Quotations in a block; the record holds them all."""


def print_alert(console: Console, alert: Alert) -> None:
    """Print ``alert``: a block on a terminal, one plain line elsewhere."""
    if console.is_terminal:
        console.print(alert_block(alert))
    else:
        console.print(alert_line(alert), soft_wrap=True)


def print_evidence(console: Console, alert: Alert) -> None:
    """Print ``alert`` like ``print_alert``, on plain output too with its quotations below it."""
    print_alert(console, alert)
    if not console.is_terminal:
        for found in alert.evidence[:MAX_QUOTES]:
            source = " ".join(filter(None, (one_line(found.publisher, 60), found.url)))
            quote = one_line(found.quote, 160)
            console.print(f"    “{quote}” {one_line(source, 300)}", soft_wrap=True)


def alert_line(alert: Alert) -> str:
    """One line, fields separated by " | ", for logs and pipes."""
    incident = alert.incident
    parts = [
        f"{alert.times.emitted:%Y-%m-%dT%H:%M:%SZ}",
        alert.severity.upper(),
        alert.kind,
        one_line(alert.rule, 60),
        *facts(alert),
        tolls_words(incident),
        word_of(alert),
        outlets_words(incident),
        one_line(alert.reason),
        one_line(alert.id, 64),
    ]
    return " | ".join(part for part in parts if part)


def alert_block(alert: Alert) -> Text:
    """Four to seven lines: what is certain first, then why, who says so, and the quotations."""
    cancelled = alert.kind == "cancel"
    text = Text()
    text.append(f" {alert.severity.upper()} ", "dim reverse" if cancelled else _style(alert))
    text.append(f" {KIND_SIGN[alert.kind]} {alert.kind.upper()}", "bold")
    text.append(f"  {one_line(alert.rule, 60)}", "bold cyan")
    text.append(f"  {alert.times.emitted:%H:%M:%S} UTC\n", "dim")
    text.append("  " + " · ".join(facts(alert)), "bold strike" if cancelled else "bold")
    if tolls := tolls_words(alert.incident):
        text.append("\n  ")
        text.append(tolls, "bold red strike" if cancelled else "bold red")
    text.append(f"\n  {one_line(alert.reason)}")
    text.append("\n  " + " · ".join(filter(None, (word_of(alert), outlets(alert)))), "dim")
    for evidence in alert.evidence[:MAX_QUOTES]:
        text.append(f"\n  “{one_line(evidence.quote, 160)}”", "italic")
        text.append(f" {one_line(evidence.publisher, 60)}", "dim")
    return text.append("\n")


def _style(alert: Alert) -> str:
    return SEVERITY_STYLE[alert.severity]


def facts(alert: Alert) -> list[str]:
    """What, where, when, and what is certain of it."""
    incident = alert.incident
    facts = [type_words(incident.type), place_words(incident.place), date_words(incident.date)]
    if incident.status not in {"happened", "ongoing"}:
        facts.append(incident.status)
    if confirmed := confirmation_words(incident.confirmed):
        facts.append(confirmed)
    if parties := parties_words(incident.actors, most=3):
        facts.append(parties)
    return facts


def word_of(alert: Alert) -> str:
    """Who says so; empty when nobody is named."""
    source = source_words(alert.incident.attribution)
    return f"says {source}" if source else ""


def outlets(alert: Alert) -> str:
    """How many outlets report it, and which."""
    names = dict.fromkeys(
        one_line(report.publisher, 40) for report in alert.incident.reports if report.independent
    )
    listed = ", ".join(list(names)[:4]) + (", …" if len(names) > 4 else "")
    return f"{outlets_words(alert.incident)}: {listed}" if listed else outlets_words(alert.incident)
