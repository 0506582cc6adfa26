"""Secrets by reference: a variable or a file holds them, never deliver.yaml, a log or a repr."""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec

from wirewatch.safety import one_line
from wirewatch.yamlfile import Place

LARGEST = 10_000
"""Characters of a secret's file."""
MASK = "********"
_SHORTEST_PART = 4


class Secret(msgspec.Struct, frozen=True, kw_only=True):
    """Where a secret stands; ``plain`` is a value that the file itself gives."""

    at: Place
    variable: str | None = None
    file: Path | None = None
    plain: str | None = None

    def read(self) -> str:
        """The secret, without blanks around it.

        Raises SettingsError, with file, line and key, when it is missing or empty.
        """
        if self.plain is not None:
            return self.plain
        if self.variable is not None:
            value, place = os.environ.get(self.variable, ""), f"the variable {self.variable}"
        else:
            assert self.file is not None
            value, place = self._from_file(self.file), str(self.file)
        if not value.strip():
            raise self.at.error(f"{place} is not set or empty")
        return value.strip()

    def _from_file(self, path: Path) -> str:
        try:
            with path.open(encoding="utf-8") as file:
                text = file.read(LARGEST + 1)
        except OSError as error:
            raise self.at.error(f"{path} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise self.at.error(f"{path} is not UTF-8") from error
        if len(text) > LARGEST:
            raise self.at.error(f"{path} is larger than {LARGEST:,} characters: is it a secret?")
        return text


def masked(text: str, address: str) -> str:
    """``text`` on one line, without what of ``address`` could be a secret.

    That is all of it but scheme, host, and plain words of its path. For reasons of failure, which
    may quote the address that failed.
    """
    rest = address.partition("://")[2]
    user, _, after = rest.rpartition("@")
    path, _, query = after.partition("/")[2].partition("?")
    secret = {rest, query, *_parts(user), *_parts(query)}
    secret |= {part for part in (path, *_parts(path)) if not _plain(part)}
    for part in sorted(secret, key=len, reverse=True):
        if len(part) >= _SHORTEST_PART:
            text = text.replace(part, MASK)
    return one_line(text)


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"[/?&=:,]", text) if part]


def _plain(part: str) -> bool:
    """Whether it is a short word, such as hook: no key, token or password worth the name."""
    return part.isalpha() and part.islower() and len(part) < 8
