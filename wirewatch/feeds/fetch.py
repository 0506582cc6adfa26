"""HTTP: one request with its redirects, within limits of size, time and number."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Self

import aiohttp
import msgspec
from yarl import URL

from wirewatch.feeds import decode
from wirewatch.feeds.answer import FetchError, Response
from wirewatch.feeds.gate import Gate
from wirewatch.feeds.reader import ChildReader, Reader
from wirewatch.feeds.robots import Robots
from wirewatch.network import fault_words, is_private, socket_factory
from wirewatch.version import __version__

ACCEPT_FEED = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml, */*;q=0.5"
_PERMANENT = {301, 308}
_REDIRECTS = _PERMANENT | {302, 303, 307}
_MAX_HEADER = 64 * 1024
"""Bytes of one header line: security policies of news sites exceed aiohttp's 8 kB."""


_MAX_LOCATION = 8000
"""Characters of an address that a redirect names: what a feed moves to is part of its state."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of the poller's network use; times in seconds, sizes in bytes."""

    total: int = 50
    per_host: int = 2
    connect: float = 10.0
    read: float = 15.0
    """Between two chunks."""
    whole: float = 60.0
    """One request, from the moment it has its turn; each redirect is another."""
    max_body: int = 10_000_000
    """After decompression."""
    max_redirects: int = 5
    allow_private: bool = False
    """Also connect to private, loopback and link-local addresses."""


class Fetcher:
    """The poller's hands: one HTTP session, and the child process that reads what it brings.

    An async context manager. ``contact`` (a URL or mail address) goes into the User-Agent so that
    a publisher can complain to somebody. ``reader`` replaces the child process.
    """

    def __init__(
        self, limits: Limits | None = None, *, contact: str = "", reader: Reader | None = None
    ) -> None:
        self.limits = limits or Limits()
        self.user_agent = f"wirewatch/{__version__} ({contact or 'news feed poller'})"
        self.reader: Reader = reader or ChildReader()
        self.robots = Robots()
        self._gate = Gate(self.limits.total, self.limits.per_host)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        make_socket = socket_factory(allow_private=self.limits.allow_private)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0, limit_per_host=0, socket_factory=make_socket, keepalive_timeout=5
            ),
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=self.limits.connect, sock_read=self.limits.read
            ),
            headers={"User-Agent": self.user_agent, "Accept-Encoding": decode.ACCEPT},
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_line_size=_MAX_HEADER,
            max_field_size=_MAX_HEADER,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()
        await self.reader.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        """The HTTP session, while the context manager is entered."""
        assert self._session is not None, "Fetcher is used as an async context manager"
        return self._session

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_body: int | None = None,
        may: Callable[[str], Awaitable[bool]] | None = None,
    ) -> Response:
        """GET ``url`` and follow its redirects; FetchError when there is no answer.

        Each request waits for its turn first. Bodies of other statuses than 200 are not read.
        ``may`` is asked of each address that a redirect names before it is followed.
        """
        try:
            return await self._follow(url, headers or {}, max_body or self.limits.max_body, may)
        except TimeoutError as error:
            raise FetchError("timeout", "no complete answer in time") from error
        except decode.TooLargeError as error:
            raise FetchError("refused", str(error)) from error
        except decode.EncodingError as error:
            raise FetchError("unreadable", str(error)) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _unreachable(error) from error

    async def _follow(
        self,
        start: str,
        headers: Mapping[str, str],
        max_body: int,
        may: Callable[[str], Awaitable[bool]] | None,
    ) -> Response:
        url = _parse_url(start)
        permanent: URL | None = None
        only_permanent = True
        visited = {url}
        for _ in range(self.limits.max_redirects + 1):
            response = await self._request(url, headers, max_body)
            if response.status not in _REDIRECTS:
                moved = str(permanent) if permanent else None
                return msgspec.structs.replace(response, permanent=moved, detour=not only_permanent)
            url = _target(url, response)
            if url in visited:
                raise FetchError("refused", f"redirects go round in a circle at {url}")
            if may and not await may(str(url)):
                raise FetchError("refused", "robots.txt does not allow where it leads")
            visited.add(url)
            only_permanent &= response.status in _PERMANENT
            permanent = url if only_permanent else permanent
        raise FetchError("refused", f"more than {self.limits.max_redirects} redirects")

    async def _request(self, url: URL, headers: Mapping[str, str], max_body: int) -> Response:
        async with (
            self._gate.enter(url.host or ""),
            asyncio.timeout(self.limits.whole),
            self.session.get(url, headers=headers, allow_redirects=False) as answer,
        ):
            received = {name.lower(): _words(value) for name, value in answer.headers.items()}
            body = await _read(answer, received, max_body) if answer.status == 200 else b""
            return Response(status=answer.status, headers=received, body=body, url=str(url))


def _words(value: str) -> str:
    """A header's value as text that can be encoded again; what is not UTF-8 is Latin-1."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-8", "surrogateescape").decode("latin-1")
    return value


async def _read(answer: aiohttp.ClientResponse, headers: Mapping[str, str], max_body: int) -> bytes:
    if (answer.content_length or 0) > max_body:
        raise decode.TooLargeError(f"the body is larger than {max_body} bytes")
    body = decode.Body(headers.get("content-encoding", ""), max_body)
    async for chunk in answer.content.iter_any():
        body.add(chunk)
    return body.finish()


def _parse_url(url: str) -> URL:
    parsed = URL(url)
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise FetchError("refused", f"only http and https are fetched, not {url[:200]!r}")
    return parsed.with_fragment(None).with_user(None)


def _target(url: URL, response: Response) -> URL:
    location = response.headers.get("location", "").strip()
    if not location:
        raise FetchError("http_error", f"HTTP {response.status} without a Location")
    if len(location) > _MAX_LOCATION:
        raise FetchError("refused", f"redirects to an address of {len(location)} characters")
    return _parse_url(str(url.join(URL(location))))


def _unreachable(error: Exception) -> FetchError:
    """The FetchError that says what ``error`` means to an operator."""
    if isinstance(error, FetchError):
        return error
    if is_private(error):
        return FetchError("refused", f"{fault_words(error)} (allow_private_addresses is not set)")
    return FetchError("unreachable", fault_words(error))
