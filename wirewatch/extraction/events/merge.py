"""One happening, one event: put together the mentions that tell the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Doc

from wirewatch.extraction.annotations import DateMention
from wirewatch.extraction.context import context
from wirewatch.extraction.events.mentions import Mention
from wirewatch.extraction.kinds import DEADLY, MEETINGS, MOVES
from wirewatch.model import Actor, Place

Cluster = list[Mention]
_ASKED = 12
"""Mentions of a group that a new one is compared with: time stays linear."""
_WORDS = 4
_TELLING = 5
"""A count from which two of the same size in one article are hardly chance."""
_KNOWN = frozenset({*DEADLY, "talks", "protest"})
_DEFINITE = frozenset({"the", "this", "that"})
_WIDE = frozenset({"country", "region", None})


def clusters(doc: Doc, found: tuple[Mention, ...]) -> list[Cluster]:
    """Groups of mentions of one happening, in text order of their first mention."""
    groups: list[Cluster] = []
    for mention in found:
        group = _hosted(groups, mention) or _compatible(doc, groups, mention)
        if group is None:
            groups.append([mention])
        else:
            wished = _only_wished(group[0], mention)
            group.append(replace(mention, status=group[0].status) if wished else mention)
    return _counted_alike(_retold(_released(groups)))


def _counted_alike(groups: list[Cluster]) -> list[Cluster]:
    """Told again in another mood or of another day: the same people cannot be hurt twice."""
    kept: list[Cluster] = []
    for group in groups:
        same = next((g for g in kept if _same_people(g, group)), None)
        if same is None:
            kept.append(group)
        else:
            same.extend(group)
    return kept


def _same_people(one: Cluster, other: Cluster) -> bool:
    """Whether two counts are the same, or one that is large; a small one in the same place."""
    first, again = one[0], other[0]
    if first.type != again.type or is_current(first) != is_current(again):
        return False
    if again.type not in DEADLY or any(m.fresh for m in other):
        return False
    shared = {(kind, n) for kind, n in _counts(one) & _counts(other) if n is not None and n > 1}
    if len(shared) > 1 or any(n >= _TELLING for _, n in shared if n):
        return True
    pairs = [(a, b) for a in one[:_ASKED] for b in other[:_ASKED]]
    return bool(shared) and not any(_places_differ(a, b) for a, b in pairs)


def _released(groups: list[Cluster]) -> list[Cluster]:
    """The taking of those whose release is the news is the same event, not history beside it."""
    news = [g for g in groups if g[0].type == "abduction" and is_current(g[0])]
    kept: list[Cluster] = []
    for group in groups:
        counts = _counts(group)
        same = next((g for g in news if g is not group and counts and counts <= _counts(g)), None)
        if group[0].type == "abduction" and not is_current(group[0]) and same is not None:
            same.extend(group)
        else:
            kept.append(group)
    return kept


def _retold(groups: list[Cluster]) -> list[Cluster]:
    """An explosion with all its dead those of an attack is that attack, told without the deed."""
    kept: list[Cluster] = []
    for group in groups:
        attack = next((g for g in groups if _tells_again(group, g)), None)
        if attack is None:
            kept.append(group)
        else:
            attack.extend(replace(mention, type=attack[0].type) for mention in group)
    return kept


def _tells_again(group: Cluster, attack: Cluster) -> bool:
    first, other = group[0], attack[0]
    if (first.type, other.type) != ("accident", "attack") or is_current(first) != is_current(other):
        return False
    counts = _counts(group)
    telling = any(value is not None and value >= _TELLING for _, value in counts)
    if not telling or not counts <= _counts(attack):
        return False
    pairs = [(a, b) for a in group[:_ASKED] for b in attack[:_ASKED]]
    return not any(_dates_differ(a, b) or _places_differ(a, b) for a, b in pairs)


def _counts(group: Cluster) -> set[tuple[str, int | None]]:
    return {(m.claim.kind, m.claim.figure.value) for m in group if m.claim is not None}


def is_current(mention: Mention) -> bool:
    """Whether the mention is more likely news than history."""
    return mention.current >= 0.5


def _hosted(groups: list[Cluster], mention: Mention) -> Cluster | None:
    """The group of the trigger that a figure hangs on, unless one is news and one history."""
    if mention.host is None:
        return None
    for group in groups:
        if any(m.claim is None and m.token == mention.host for m in group):
            return group if is_current(group[0]) == is_current(mention) else None
    return None


def _compatible(doc: Doc, groups: list[Cluster], mention: Mention) -> Cluster | None:
    """The latest group that tells nothing against the mention."""
    for group in reversed(groups):
        if _agree(doc, group, mention):
            return group
    return None


def _agree(doc: Doc, group: Cluster, mention: Mention) -> bool:
    first = group[0]
    if first.type != mention.type or is_current(first) != is_current(mention):
        return False
    if _only_wished(first, mention) and not _known(doc, mention):
        return False
    same_sentence = _same_sentence(doc, group[-1], mention)
    if mention.fresh and not same_sentence:
        return False
    if not is_current(mention) and not same_sentence and not _shares(doc, group, mention):
        return False
    known = same_sentence or _taken_up(doc, mention)
    if mention.type in MEETINGS and not _meet(group, mention, together=known):
        return False
    asked = (first, *group[-_ASKED:])
    if mention.type in MOVES and same_sentence and _beside(group[-1], mention):
        return not any(_dates_differ(m, mention) for m in asked)
    return not any(_dates_differ(m, mention) or _places_differ(m, mention) for m in asked)


def _beside(one: Mention, other: Mention) -> bool:
    """Words of one move: "France wants to |send| |troops to| Niger" names two places, not moves."""
    return abs(one.token - other.token) <= _WORDS


def _only_wished(one: Mention, other: Mention) -> bool:
    """Whether only one of them is told as possible or wished for."""
    return (one.status == "proposed") != (other.status == "proposed")


def _known(doc: Doc, mention: Mention) -> bool:
    """What was told before stays told: "it could help to find the cause of the crash"."""
    if mention.type not in _KNOWN or mention.claim is not None or mention.status != "proposed":
        return False
    return not _DEFINITE.isdisjoint(context(doc).words[max(0, mention.token - 2) : mention.token])


def _same_sentence(doc: Doc, one: Mention, other: Mention) -> bool:
    number = context(doc).sentence
    return number[one.token] == number[other.token]


def _shares(doc: Doc, group: Cluster, mention: Mention) -> bool:
    """History is many things: only what names the same place or day is the same."""
    if mention.place is None and mention.date is None:
        return mention.claim is None
    if all(m.token < context(doc).title_end for m in group):
        return True  # a headline tells what the text tells
    return any(
        (m.place and mention.place and m.place.place == mention.place.place)
        or _nested(m.date, mention.date)
        for m in group
    )


def _nested(one: DateMention | None, other: DateMention | None) -> bool:
    """As the day and the month: "in July 2014", "on July 25"; a year holds too much."""
    a, b = (each.span if each else None for each in (one, other))
    if a is None or b is None or "year" in {a.precision, b.precision}:
        return a is not None and a == b
    return (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end)


def _dates_differ(one: Mention, other: Mention) -> bool:
    a, b = (m.date.span if m.date and not m.said else None for m in (one, other))
    if a is None or b is None or "day" not in {a.precision, b.precision}:
        return False
    # Talks of consecutive days are one round: they "met on Tuesday" and "meet again on Wednesday".
    slack = timedelta(days=1 if one.type in MEETINGS else 0)
    return _day(a.end) + slack < _day(b.start) or _day(b.end) + slack < _day(a.start)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _places_differ(one: Mention, other: Mention) -> bool:
    if one.place is None or other.place is None:
        return False
    a, b = one.place.place, other.place.place
    if a.country and b.country and a.country != b.country:
        return True
    if a.precision in _WIDE or b.precision in _WIDE:
        return False
    return _key(a) != _key(b)


def _key(place: Place) -> object:
    return place.geonameid or (place.name or place.text).casefold()


def _taken_up(doc: Doc, mention: Mention) -> bool:
    """Without a day or a place of their own "the talks" are those told before, whoever joined."""
    if mention.place is not None or mention.date is not None:
        return False
    return context(doc).words[mention.token - 1 : mention.token] in {("the",), ("these",)}


def _meet(group: Cluster, mention: Mention, *, together: bool) -> bool:
    """Talks of other parties are other talks, unless one sentence names some here, some there."""
    with_ = {m.partner for m in group if m.partner}
    if mention.partner and with_ and mention.partner not in with_:
        return False
    if together:
        return True
    mine = _names(mention.actors)
    theirs = {name for m in group for name in _names(m.actors)}
    return not mine or not theirs or mine <= theirs or theirs <= mine


def _names(actors: tuple[Actor, ...]) -> set[str]:
    """Who they are; "the two ministers" may be anybody's."""
    return {known.casefold() for a in actors if (known := a.name or a.country)}
