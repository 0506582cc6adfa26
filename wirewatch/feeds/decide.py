"""What is new, what is revised, what is remembered: decided on data alone, without I/O."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from wirewatch.feeds import article
from wirewatch.feeds.article import Draft
from wirewatch.feeds.digest import Digest
from wirewatch.feeds.state import CLEANING, GONE_DAYS, MAX_SEEN, MAX_TEXTS, FeedState, Seen
from wirewatch.model import Article, Previous


class Pending(msgspec.Struct, frozen=True):
    """A draft that is to be published, and what was known of it before."""

    draft: Draft
    before: Seen | None

    @property
    def id(self) -> str:
        """The article's id: the one it was first published under."""
        return self.before.id if self.before else self.draft.id

    @property
    def revision(self) -> int:
        """The revision to publish next."""
        return self.before.revision + 1 if self.before else 1


class Decision(msgspec.Struct, frozen=True):
    """What to publish, and every other entry as it is to be remembered."""

    pending: tuple[Pending, ...]
    seen: tuple[Seen, ...]


def decide(state: FeedState, digest: Digest, now: datetime, first_sight: float) -> Decision:
    """Compare a document with the feed's past.

    An entry is known by its article id, else by an alias. Known and different in substance: a
    revision, unless its own date says that it is a stale copy. Unknown: new, unless it is older
    than ``first_sight`` seconds before the last good check (so that a feed that adds its archive
    does not publish it, and nothing of an outage is lost).
    """
    past = _Past(state.seen)
    listed = int(now.timestamp())
    cutoff = min(state.ok_at or now, now) - timedelta(seconds=first_sight)
    comparable = state.cleaning == CLEANING
    kept = [past.claim(mark, listed) for mark in digest.known]
    seen = [entry for entry in kept if entry]
    pending: list[Pending] = []
    for draft in _once(digest.drafts):
        before, repeated = past.find(draft)
        if before and repeated:
            if not _newer(draft, before):
                continue  # the same article again, elsewhere in the document
            seen = [entry for entry in seen if entry.id != before.id]
        if (before is None or comparable) and _publishes(draft, before, cutoff):
            pending.append(Pending(draft, before))
        else:
            seen.append(_remembered(draft, before, listed))
    return Decision(tuple(pending), (*seen, *past.unclaimed()))


def compose(pending: Pending, feed_id: str, now: datetime) -> Article:
    """The article to publish, with the feed's own text."""
    draft, before = pending.draft, pending.before
    previous = _unpack(before.text) if before and before.revision else None
    notes = draft.notes
    if before and before.revision and previous is None:
        notes = (*notes, "the former text was no longer kept")
    return Article(
        id=pending.id,
        revision=pending.revision,
        feed=feed_id,
        publisher=draft.publisher,
        owner=draft.owner,
        url=draft.url,
        title=draft.title,
        text=draft.text,
        fetched_at=now,
        language=draft.language,
        published=draft.published,
        published_from=draft.published_from,
        authors=draft.authors,
        tags=draft.tags,
        previous=previous,
        notes=notes,
    )


def finish(pending: Pending, composed: Article, now: datetime) -> tuple[Article | None, Seen]:
    """The article with its hash, and what is remembered of it.

    No article where its page reads as it did when last published, though its entry changed.
    """
    before, listed = pending.before, int(now.timestamp())
    if composed.text_source == "feed":
        content = pending.draft.content
    else:
        content = article.content_hash(composed.title, composed.text)
    if before and before.revision and before.published == content:
        return None, _remembered(pending.draft, before, listed)
    seen = msgspec.structs.replace(
        _remembered(pending.draft, before, listed),
        revision=composed.revision,
        published=content,
        text=_pack(composed.title, composed.text),
    )
    return msgspec.structs.replace(composed, content_hash=content), seen


def bounded(seen: Iterable[Seen], now: datetime) -> tuple[Seen, ...]:
    """``seen`` within a state's bounds: the last listed first, old and surplus ones dropped."""
    oldest = int((now - timedelta(days=GONE_DAYS)).timestamp())
    seen = (_not_ahead(entry, int(now.timestamp())) for entry in seen)
    ranked = sorted(
        seen, key=lambda entry: (entry.listed, entry.updated or entry.first), reverse=True
    )
    kept = [entry for entry in ranked[:MAX_SEEN] if entry.listed >= oldest]
    budget = MAX_TEXTS
    result = []
    for entry in kept:
        budget -= len(entry.text)
        result.append(entry if budget >= 0 else msgspec.structs.replace(entry, text=b""))
    return tuple(result)


def _not_ahead(entry: Seen, now: int) -> Seen:
    """``entry`` as listed now at the latest: a clock that was wrong must not rank it first."""
    return msgspec.structs.replace(entry, listed=now) if entry.listed > now else entry


class _Past:
    """The seen entries, looked up by fingerprint, id and alias; each is claimed once a document."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        self._marks = {entry.fingerprint: entry for entry in seen}
        self._ids = {entry.id: entry for entry in seen}
        self._aliases: dict[str, Seen | None] = {}
        for entry in seen:
            for alias in entry.aliases:  # one that two entries share names neither
                self._aliases[alias] = None if alias in self._aliases else entry
        self._claimed: set[str] = set()

    def claim(self, mark: str, listed: int) -> Seen | None:
        """The entry with this fingerprint, marked as listed; None if it was claimed already."""
        entry = self._marks[mark]
        if entry.id in self._claimed:
            return None
        self._claimed.add(entry.id)
        return msgspec.structs.replace(entry, listed=listed)

    def find(self, draft: Draft) -> tuple[Seen | None, bool]:
        """The past of ``draft``, if any, and whether this document had claimed it before."""
        entry = self._ids.get(draft.id)
        if entry is None:
            by_alias = (self._aliases.get(alias) for alias in draft.aliases)
            entry = next((one for one in by_alias if one and one.id not in self._claimed), None)
        if entry is None:
            return None, False
        repeated = entry.id in self._claimed
        self._claimed.add(entry.id)
        return entry, repeated

    def unclaimed(self) -> list[Seen]:
        """The entries this document does not list."""
        return [entry for entry in self._ids.values() if entry.id not in self._claimed]


def _once(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft an article: the newest, the first of equally old ones."""
    best: dict[str, Draft] = {}
    for draft in drafts:
        other = best.get(draft.id)
        if other is None or _seconds(draft.updated) > _seconds(other.updated):
            best[draft.id] = draft
    return list(best.values())


def _newer(draft: Draft, before: Seen) -> bool:
    return bool(draft.updated and before.updated and _seconds(draft.updated) > before.updated)


def _publishes(draft: Draft, before: Seen | None, cutoff: datetime) -> bool:
    if before is None:
        return draft.dated is None or draft.dated >= cutoff
    if before.content == draft.content or _stale(draft, before):
        return False
    if before.revision:
        return True
    return draft.updated is not None and draft.updated >= cutoff  # old, but updated just now


def _stale(draft: Draft, before: Seen) -> bool:
    """An older copy than the one known, as a lagging cache serves it."""
    return bool(draft.updated and before.updated and _seconds(draft.updated) < before.updated)


def _remembered(draft: Draft, before: Seen | None, listed: int) -> Seen:
    if before and _stale(draft, before):
        return msgspec.structs.replace(before, listed=listed)
    return Seen(
        id=before.id if before else draft.id,
        revision=before.revision if before else 0,
        fingerprint=draft.fingerprint,
        content=draft.content,
        published=before.published if before else "",
        updated=_seconds(draft.updated),
        first=before.first if before else listed,
        listed=listed,
        aliases=draft.aliases,
        text=before.text if before else b"",
    )


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0


def _pack(title: str, text: str) -> bytes:
    return zlib.compress(f"{title}\n\n{text}".encode(), 6)


def _unpack(packed: bytes) -> Previous | None:
    if not packed:
        return None
    title, _, text = zlib.decompress(packed).decode().partition("\n\n")
    return Previous(title=title, text=text)
