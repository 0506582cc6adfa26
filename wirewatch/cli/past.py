"""Where a command takes past articles from: a file, or the articles' topic."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wirewatch.cli.alerts import duration
from wirewatch.cli.kafka import settings_with_broker
from wirewatch.errors import ArticleError, WirewatchError
from wirewatch.evaluation.labels import load_articles
from wirewatch.model import Article

DEFAULT_SPAN = "7d"
"""As long as the topic keeps articles."""


class TopicName(StrEnum):
    """Topics that past articles can be read from."""

    ARTICLES = "articles"


ArticlesFile = Annotated[
    Path | None, typer.Option("--articles", help="A file of articles, one JSON object a line.")
]
FromTopic = Annotated[
    TopicName | None, typer.Option("--topic", help="Those that Kafka holds, instead of a file.")
]
Since = Annotated[
    str | None, typer.Option(help=f"Of the topic, those of the last 24h, 7d ({DEFAULT_SPAN}).")
]


def past_articles(
    ctx: typer.Context, file: Path | None, topic: TopicName | None, since: str | None
) -> list[Article]:
    """The articles in the order in which they came: a file's by publication, undated ones first.

    Raises WirewatchError where not one of ``file`` and ``topic`` is given, or nothing is there.
    """
    if (file is None) == (topic is None):
        raise WirewatchError("give either --articles FILE or --topic articles")
    if file is not None:
        if since:
            raise WirewatchError("--since goes with --topic: a file is read whole")
        found = sorted(load_articles(file), key=_moment)
    else:
        found = _of_topic(ctx, since or DEFAULT_SPAN)
    if not found:
        raise ArticleError(f"{file or 'the topic'}: no articles")
    return found


def _of_topic(ctx: typer.Context, since: str) -> list[Article]:
    from wirewatch.streams.past import articles_since  # noqa: PLC0415 - Kafka's client loads slowly

    start = datetime.now(UTC) - duration(since)
    return articles_since(settings_with_broker(ctx), start)


def _moment(article: Article) -> tuple[float, str, int]:
    time = article.published.timestamp() if article.published else 0.0
    return (time, article.id, article.revision)
