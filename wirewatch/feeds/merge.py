"""New feeds put into a ``feeds.yaml`` that a person wrote, whose comments stay."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from wirewatch.errors import SettingsError
from wirewatch.feeds import registry
from wirewatch.feeds.feed import Feed

_ITEM = re.compile(r"^(?P<indent> *)- ", re.MULTILINE)


def merged(source: str, name: str, feeds: Iterable[Feed]) -> tuple[str, tuple[Feed, ...]]:
    """``source`` with those of ``feeds`` at its end that it does not list, and which these are.

    Where the text cannot simply be continued (the list is not its last part), it is written anew
    without its comments. SettingsError if ``source`` is wrong already.
    """
    known = registry.parse(source, name)
    urls = {feed.url for feed in known}
    added = tuple(feed for feed in feeds if feed.url not in urls)
    if not added:
        return source, ()
    continued = _continued(source, added)
    wanted = (*known, *added)
    return (continued if _reads_as(continued, wanted) else registry.dump(wanted)), added


def _continued(source: str, added: tuple[Feed, ...]) -> str:
    items = registry.dump(added).partition("\n")[2]  # without the line "feeds:"
    if not source.strip():
        return registry.dump(added)
    match = _ITEM.search(source)
    indented = textwrap.indent(textwrap.dedent(items), match["indent"] if match else "")
    return f"{source.rstrip()}\n\n{indented}"


def _reads_as(source: str, wanted: tuple[Feed, ...]) -> bool:
    """Whether ``source`` lists exactly ``wanted``: defaults of the file apply to new feeds too."""
    try:
        found = registry.parse(source, "")
    except SettingsError:
        return False
    return [feed.url for feed in found] == [feed.url for feed in wanted]
