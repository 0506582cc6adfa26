"""``wirewatch topics``: create and describe what wirewatch keeps on Kafka."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table

from wirewatch.cli.kafka import settings_with_broker
from wirewatch.cli.options import console, print_json
from wirewatch.config.settings import Settings

if TYPE_CHECKING:
    from wirewatch.streams.admin import TopicState
    from wirewatch.streams.topics import TopicSpec

app = typer.Typer(help="Create and describe wirewatch's topics.", no_args_is_help=True)


@app.command()
def create(ctx: typer.Context) -> None:
    """Make the topics that are missing; a wrong number of partitions is an error."""
    from wirewatch.streams.admin import ensure_topics  # noqa: PLC0415 - Kafka's client loads slowly

    settings = settings_with_broker(ctx)
    made = asyncio.run(ensure_topics(settings, _specs(settings)))
    for name in made:
        console().print(f"made {name}")
    if not made:
        console().print("all topics are there")


@app.command()
def describe(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show each topic: partitions, replicas, retention, records; exit code 1 if one is wrong."""
    from wirewatch.streams.admin import describe_topics  # noqa: PLC0415

    settings = settings_with_broker(ctx)
    states = asyncio.run(describe_topics(settings, _specs(settings)))
    if as_json:
        print_json([_facts(state) for state in states])
    else:
        console().print(_table(states))
    if not all(state.right for state in states):
        raise typer.Exit(1)


def _specs(settings: Settings) -> tuple[TopicSpec, ...]:
    from wirewatch.streams.rulesfeed import configured_rules  # noqa: PLC0415
    from wirewatch.streams.topics import topic_specs  # noqa: PLC0415

    rules = configured_rules(settings.rules_file)
    return topic_specs(settings, [rule.name for rule in rules.rules])


def _facts(state: TopicState) -> dict[str, object]:
    spec = state.spec
    return {
        "topic": spec.name, "exists": bool(state.partitions), "partitions": state.partitions,
        "configured_partitions": spec.partitions, "replication": spec.replication,
        "key": spec.key, "records": state.records, "internal": spec.internal, **spec.config,
    }  # fmt: skip


def _table(states: tuple[TopicState, ...]) -> Table:
    table = Table("topic", "key", "partitions", "kept", "records", box=box.SIMPLE_HEAD)
    for state in states:
        spec = state.spec
        count = str(state.partitions) if state.right else (
            f"{state.partitions or 'missing'}, should be {spec.partitions}"
        )  # fmt: skip
        kept = f"{spec.retention.days} days" if spec.retention else "newest of each key"
        style = None if state.right else "red"
        table.add_row(spec.name, spec.key, count, kept, str(state.records), style=style)
    return table
