"""``wirewatch incidents``: what is known of each incident, and why its reports belong together."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, get_args

import msgspec
import typer

from wirewatch.cli.alerts import duration
from wirewatch.cli.options import console, print_json, settings
from wirewatch.errors import WirewatchError
from wirewatch.incidents.linker import explain
from wirewatch.incidents.score import Scorer, shipped
from wirewatch.model import EventType, Incident
from wirewatch.show.incidents import (
    geojson,
    incident_csv,
    incident_lines,
    incident_table,
    ledger,
    why_table,
)  # fmt: skip

app = typer.Typer(help="List incidents with their tolls, and show one.")

TypeName = StrEnum("TypeName", {name: name for name in get_args(EventType)})  # type: ignore[misc]


@app.callback(invoke_without_command=True)
def list_(
    ctx: typer.Context,
    country: Annotated[str | None, typer.Option(help="Only there: two letters, as AF.")] = None,
    type_: Annotated[TypeName | None, typer.Option("--type", help="Only of this type.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only those with a report in the last 24h, 7d.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="One row an incident.")] = False,
    as_geojson: Annotated[bool, typer.Option("--geojson", help="A FeatureCollection.")] = False,
) -> None:
    """List incidents, newest report first."""
    if ctx.invoked_subcommand:
        return
    if as_json + as_csv + as_geojson > 1:
        raise WirewatchError("--json, --csv or --geojson: one of them")
    start = datetime.now(UTC) - duration(since) if since else None
    found = list(chosen(_all(ctx), country, str(type_) if type_ else None, start))
    if as_json:
        print_json(msgspec.to_builtins(found))
    elif as_csv:
        typer.echo(incident_csv(found), nl=False)
    elif as_geojson:
        print_json(geojson(found))
    else:
        _print(found)


@app.command()
def show(
    ctx: typer.Context,
    incident: Annotated[str, typer.Argument(help="Id, or its first letters.")],
    why: Annotated[bool, typer.Option("--why", help="Why its reports belong together.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show one incident's ledger: every figure with its source, in order of publication."""
    one = pick(_all(ctx), incident)
    links = _why(ctx, one) if why else []
    if as_json:
        print_json({"incident": msgspec.to_builtins(one), "why": links})
        return
    out = console()
    out.print(ledger(one))
    if why:
        out.print(why_table(links))


def chosen(
    incidents: Iterable[Incident], country: str | None, type_: str | None, start: datetime | None
) -> Iterable[Incident]:
    """Those that stand, in a country, of a type, with a report since ``start``."""
    for one in incidents:
        where = one.place.country if one.place else None
        if one.merged_into or (country and where != country.upper()):
            continue
        if (type_ is None or one.type == type_) and (start is None or one.last_seen >= start):
            yield one


def pick(incidents: Iterable[Incident], start: str) -> Incident:
    """The one whose id begins with ``start``. Raises WirewatchError for none or several."""
    found = [one for one in incidents if one.id.startswith(start)]
    if len(found) != 1:
        count = "no incident" if not found else f"{len(found)} incidents"
        raise WirewatchError(f"{count} with an id that begins with {start!r}")
    return found[0]


def _print(found: list[Incident]) -> None:
    out = console()
    if out.is_terminal:
        out.print(incident_table(found) if found else "no incidents")
        return
    for line in incident_lines(found):
        out.print(line, soft_wrap=True)


def _all(ctx: typer.Context) -> tuple[Incident, ...]:
    from wirewatch.streams.latest import incidents  # noqa: PLC0415 - Kafka's client loads slowly

    return asyncio.run(incidents(settings(ctx)))


def _why(ctx: typer.Context, one: Incident) -> list[tuple[str, str, float, dict[str, float]]]:
    from wirewatch.streams.latest import case  # noqa: PLC0415 - Kafka's client loads slowly

    return explain(asyncio.run(case(settings(ctx), one.id)), Scorer(shipped()))
