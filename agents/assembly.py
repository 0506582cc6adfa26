"""Which stages there are, and what each needs: the one place that puts a worker together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from wirewatch.agents import alert, deliver, extract, link, poll
from wirewatch.config.settings import Settings
from wirewatch.errors import SettingsError
from wirewatch.feeds import registry
from wirewatch.streams.reader import shipped_reader
from wirewatch.streams.rulesfeed import configured_rules
from wirewatch.streams.undelivered import STAGE as DELIVER
from wirewatch.streams.worker import Builder, ServiceMaker, Worker

STAGES = ("poll", "extract", "link", "alert", "deliver")
"""In the order an article and what comes of it pass them."""


def make_worker(settings: Settings, stages: Iterable[str] = ()) -> Worker:
    """A worker of ``stages``; none given: of all, deliver only where a target is enabled.

    Raises SettingsError, RuleError: a wrong name, file or setting.
    """
    wanted = tuple(dict.fromkeys(stages)) or usual_stages(settings)
    for stage in wanted:
        if stage not in STAGES:
            raise SettingsError(f"no stage is called {stage!r}; there are {', '.join(STAGES)}")
    rules = configured_rules(settings.rules_file)
    return Worker(
        settings,
        {stage: _builder(stage, settings) for stage in wanted if stage != DELIVER},
        services=[_delivery(settings)] if DELIVER in wanted else [],
        rules=[rule.name for rule in rules.rules],
    )


def usual_stages(settings: Settings) -> tuple[str, ...]:
    """What a worker runs that is told nothing else. Raises SettingsError."""
    delivers = any(target.enabled for target in deliver.configured_targets(settings))
    return STAGES if delivers else tuple(one for one in STAGES if one != DELIVER)


def _delivery(settings: Settings) -> ServiceMaker:
    """The couriers of the targets as the file has them now. Raises SettingsError."""
    return partial(deliver.Delivery, deliver.configured_targets(settings))


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
