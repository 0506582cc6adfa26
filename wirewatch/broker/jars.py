"""Kafka's jars: exactly those pinned in ``kafka_jars.txt``, each checked by its sha256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jgo.maven import MavenContext

from wirewatch.errors import BrokerError

KAFKA_VERSION = "4.3.0"


@dataclass(frozen=True)
class Jar:
    """A pinned jar: its Maven coordinates and the sha256 of its bytes."""

    sha256: str
    group: str
    artifact: str
    version: str

    @property
    def filename(self) -> str:
        """The file's name as every Maven repository spells it."""
        return f"{self.artifact}-{self.version}.jar"


def pinned_jars() -> tuple[Jar, ...]:
    """The jars that make up Kafka, as committed with wirewatch."""
    text = files("wirewatch.broker").joinpath("kafka_jars.txt").read_text("ascii")
    return tuple(Jar(sha, *name.split(":")) for sha, name in map(str.split, text.splitlines()))


def resolve_jars(folder: Path | None = None, mirror: str | None = None) -> tuple[Path, ...]:
    """Paths of all jars: from ``folder`` if given, else downloaded once and kept.

    Blocks while downloading (45 MB the first time). ``mirror`` is the address of a Maven repository
    to use in place of the public one. Raises BrokerError where a jar is missing, cannot be fetched,
    or is not the one pinned.
    """
    jars = pinned_jars()
    paths = tuple(_in_folder(jars, folder) if folder else _download(jars, mirror))
    for jar, path in zip(jars, paths, strict=True):
        _verify(jar, path)
    return paths


def _in_folder(jars: tuple[Jar, ...], folder: Path) -> Iterator[Path]:
    for jar in jars:
        path = folder / jar.filename
        if not path.is_file():
            raise BrokerError(f"{folder} lacks {jar.filename}, which Kafka {KAFKA_VERSION} needs")
        yield path


def _download(jars: tuple[Jar, ...], mirror: str | None) -> Iterator[Path]:
    context = MavenContext(remote_repos={"mirror": mirror} if mirror else None)
    for jar in jars:
        component = context.project(jar.group, jar.artifact).at_version(jar.version)
        try:
            yield Path(component.artifact().resolve())
        except Exception as error:  # jgo raises requests' errors, RuntimeError and OSError
            raise BrokerError(
                f"cannot download {jar.filename} for Kafka {KAFKA_VERSION} "
                f"({type(error).__name__}): is there a network? An offline folder of jars "
                "(WIREWATCH_KAFKA_JARS), a mirror (WIREWATCH_KAFKA_MIRROR) or an existing Kafka "
                "(WIREWATCH_BROKER) can take its place"
            ) from error


def _verify(jar: Jar, path: Path) -> None:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != jar.sha256:
        raise BrokerError(
            f"{path} is not the {jar.filename} that wirewatch was made with "
            f"(sha256 {digest[:12]}…, expected {jar.sha256[:12]}…): delete it and try again"
        )
