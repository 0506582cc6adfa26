"""Which stages there are, and what each needs: the one place that puts a worker together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from wirewatch.agents import alert, extract, link, poll
from wirewatch.config.settings import Settings
from wirewatch.errors import SettingsError
from wirewatch.feeds import registry
from wirewatch.streams.reader import shipped_reader
from wirewatch.streams.rulesfeed import configured_rules
from wirewatch.streams.worker import Builder, Worker

STAGES = ("poll", "extract", "link", "alert")
"""In the order an article passes them."""


def make_worker(settings: Settings, stages: Iterable[str] = STAGES) -> Worker:
    """A worker of ``stages``. Raises SettingsError, RuleError: a wrong name, file or setting."""
    wanted = tuple(dict.fromkeys(stages))
    for stage in wanted:
        if stage not in STAGES:
            raise SettingsError(f"no stage is called {stage!r}; there are {', '.join(STAGES)}")
    rules = configured_rules(settings.rules_file)
    return Worker(
        settings,
        {stage: _builder(stage, settings) for stage in wanted},
        rules=[rule.name for rule in rules.rules],
    )


def _builder(stage: str, settings: Settings) -> Builder:
    makers: dict[str, Callable[[], Builder]] = {
        "poll": lambda: partial(poll.build, feeds=registry.load(settings.feeds_file)),
        "extract": lambda: partial(
            extract.build,
            loader=partial(shipped_reader, settings.min_confidence, settings.spacy_pipeline),
        ),
        "link": lambda: link.build,
        "alert": lambda: alert.build,
    }
    return makers[stage]()
