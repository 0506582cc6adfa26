"""Content-Encoding undone in bounded steps: a body that unpacks beyond the limit is refused."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli

from wirewatch.errors import FeedError

ACCEPT = "gzip, deflate, br"
_STEP = 256 * 1024
"""Bytes unpacked at once: a bomb never holds more than the limit and one step in memory."""
_MAX_CODINGS = 2
_MAX_MEMBERS = 1000
"""Of gzip: a body of members that hold nothing would cost time without ever growing."""


class TooLargeError(FeedError):
    """The body is larger than the limit."""


class EncodingError(FeedError):
    """The body cannot be unpacked as its Content-Encoding says."""


class _Decoder(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]: ...
    def finished(self) -> bool: ...


class Body:
    """Collects a body chunk by chunk; ``add`` raises as soon as it grows beyond ``limit`` bytes.

    What comes over the network is bounded too: compressed blocks may unpack to nothing.
    """

    def __init__(self, content_encoding: str, limit: int) -> None:
        self._codings = _codings(content_encoding)
        self._decoders: list[_Decoder] | None = None
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._received = 0
        self._head = b""

    def add(self, chunk: bytes) -> None:
        """Unpack one chunk as it came from the network."""
        self._received += len(chunk)
        if self._received > self._limit:
            raise TooLargeError(f"the body is larger than {self._limit} bytes")
        if self._decoders is None:
            self._head += chunk
            if len(self._head) < 2:  # the magic number of gzip has two bytes
                return
            chunk, self._head = self._head, b""
            self._decoders = _decoders(self._codings, chunk)
        self._through(chunk, 0)

    def finish(self) -> bytes:
        """The whole body; EncodingError if it ends early."""
        if self._decoders is None and self._head:
            self._keep(self._head)
        if any(not decoder.finished() for decoder in self._decoders or ()):
            raise EncodingError("the compressed body ends early")
        return b"".join(self._parts)

    def _through(self, data: bytes, level: int) -> None:
        decoders = self._decoders or []
        if level == len(decoders):
            self._keep(data)
            return
        try:
            for part in decoders[level].feed(data):
                self._through(part, level + 1)
        except (zlib.error, brotli.error) as error:
            raise EncodingError(f"the body cannot be unpacked: {error}") from error

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._limit:
            raise TooLargeError(f"the body is larger than {self._limit} bytes")
        self._parts.append(part)


class _Zlib:
    """gzip with any number of members, or deflate with and without its zlib header."""

    def __init__(self, make: Callable[[bytes], zlib._Decompress], *, members: bool) -> None:
        self._make = make
        self._members = members
        self._inner: zlib._Decompress | None = None
        self._count = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._inner is None:
                self._inner = self._make(data)
            yield self._inner.decompress(data, _STEP)
            if not self._inner.eof:
                data = self._inner.unconsumed_tail
                continue
            data = self._inner.unused_data.lstrip(b"\0") if self._members else b""
            if data[:2] != b"\x1f\x8b":  # padding or rubbish after the end: common and harmless
                return
            self._count += 1
            if self._count > _MAX_MEMBERS:
                raise EncodingError(f"the body has more than {_MAX_MEMBERS} gzip members")
            self._inner = None

    def finished(self) -> bool:
        return self._inner is None or self._inner.eof


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield self._inner.process(data, output_buffer_limit=_STEP)
        while not self._inner.can_accept_more_data() and not self._inner.is_finished():
            yield self._inner.process(b"", output_buffer_limit=_STEP)

    def finished(self) -> bool:
        return bool(self._inner.is_finished())


def _codings(content_encoding: str) -> tuple[str, ...]:
    """The codings in the order of undoing; EncodingError for what was not offered."""
    names = [name.strip().lower() for name in content_encoding.split(",")]
    names = [name.removeprefix("x-") for name in names if name and name not in {"identity", "none"}]
    unknown = [name for name in names if name not in {"gzip", "deflate", "br"}]
    if unknown or len(names) > _MAX_CODINGS:
        raise EncodingError(f"Content-Encoding {content_encoding[:60]!r} is not understood")
    return tuple(reversed(names))


def _decoders(codings: tuple[str, ...], head: bytes) -> list[_Decoder]:
    """Decoders for a body that begins with ``head``.

    Servers are wrong in both directions: they name gzip and send plain text, or send a gzip file
    as it lies on the disk; the magic number decides.
    """
    packed = head[:2] == b"\x1f\x8b"
    if codings[:1] == ("gzip",) and not packed:
        codings = codings[1:]
    elif not codings and packed:
        codings = ("gzip",)
    return [_decoder(coding) for coding in codings]


def _decoder(coding: str) -> _Decoder:
    if coding == "br":
        return _Brotli()
    if coding == "gzip":
        return _Zlib(lambda _: zlib.decompressobj(16 + zlib.MAX_WBITS), members=True)
    return _Zlib(_inflate, members=False)


def _inflate(head: bytes) -> zlib._Decompress:
    with_header = len(head) > 1 and head[0] & 0x0F == 8 and (head[0] * 256 + head[1]) % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if with_header else -zlib.MAX_WBITS)
