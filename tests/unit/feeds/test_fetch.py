"""HTTP within limits, against a real server."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import brotli
import pytest
from aiohttp import web

from tests.unit.feeds.conftest import Site
from wirewatch.feeds import Fetcher, InlineReader, Limits
from wirewatch.feeds.answer import FetchError
from wirewatch.network import public

BODY = b"<rss>" + b"x" * 5000 + b"</rss>"
MEGABYTE = 1_000_000


@asynccontextmanager
async def limited(**limits: object) -> AsyncIterator[Fetcher]:
    made = Limits(**{"allow_private": True, "whole": 5.0, **limits})  # type: ignore[arg-type]
    async with Fetcher(made, reader=InlineReader()) as fetcher:
        yield fetcher


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("x-gzip", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:100]) + gzip.compress(BODY[100:])),
        ("gzip", gzip.compress(BODY) + b"\0\0\0"),
        ("deflate", zlib.compress(BODY)),
        ("deflate", raw_deflate(BODY)),
        ("br", brotli.compress(BODY)),
        ("gzip, br", brotli.compress(gzip.compress(BODY))),
        ("identity", BODY),
        ("gzip", BODY),  # a server that only says so
        ("", gzip.compress(BODY)),  # a file that lies packed on the disk
    ],
)
async def test_bodies_are_unpacked(
    site: Site, fetcher: Fetcher, encoding: str, packed: bytes
) -> None:
    site.set(body=packed, headers={"Content-Encoding": encoding} if encoding else {})
    assert (await fetcher.get(site.url())).body == BODY


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(30 * MEGABYTE))),
        ("deflate", zlib.compress(bytes(30 * MEGABYTE))),
        ("br", brotli.compress(bytes(30 * MEGABYTE), quality=5)),
        ("br, gzip", gzip.compress(brotli.compress(bytes(30 * MEGABYTE), quality=5))),
        ("", bytes(11 * MEGABYTE)),
    ],
)
async def test_bodies_over_ten_megabytes_are_refused(
    site: Site, fetcher: Fetcher, encoding: str, bomb: bytes
) -> None:
    site.set(body=bomb, headers={"Content-Encoding": encoding} if encoding else {})
    with pytest.raises(FetchError, match="larger than 10000000 bytes") as caught:
        await fetcher.get(site.url())
    assert caught.value.outcome == "refused"


async def test_blocks_that_unpack_to_nothing_are_bounded(site: Site, fetcher: Fetcher) -> None:
    nothing = b"\0\0\0\xff\xff" * (3 * MEGABYTE)  # empty blocks of deflate
    site.set(body=nothing, headers={"Content-Encoding": "deflate"})
    with pytest.raises(FetchError, match="larger than 10000000 bytes"):
        await fetcher.get(site.url())
    site.set(body=gzip.compress(b"") * 100_000, headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchError, match="more than 1000 gzip members"):
        await fetcher.get(site.url())


async def test_compressed_bytes_without_length_are_counted(site: Site) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Encoding": "deflate"})
        await response.prepare(request)
        for _ in range(50):
            await response.write(b"\0\0\0\xff\xff" * 20_000)
        return response

    site.on("/feed", endless)
    async with limited(max_body=2 * MEGABYTE) as fetcher:
        with pytest.raises(FetchError, match="larger than"):
            await fetcher.get(site.url())


async def test_a_redirect_to_an_address_without_end_is_refused(
    site: Site, fetcher: Fetcher
) -> None:
    site.set(status=301, headers={"Location": "/" + "a" * 8000})
    with pytest.raises(FetchError, match="an address of 8001 characters"):
        await fetcher.get(site.url())


async def test_body_without_length_is_refused_while_it_streams(site: Site) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        while sent < 50:
            await response.write(bytes(MEGABYTE))
            sent += 1
        return response

    site.on("/feed", endless)
    async with limited(max_body=2 * MEGABYTE) as fetcher:
        with pytest.raises(FetchError, match="larger than"):
            await fetcher.get(site.url())
    assert sent < 50


@pytest.mark.parametrize(
    ("encoding", "body", "message"),
    [
        ("gzip", gzip.compress(BODY)[:-20], "ends early"),
        ("br", brotli.compress(BODY)[:-5], "ends early"),
        ("deflate", b"\x78\x9cnonsense", "cannot be unpacked"),
        ("zstd", b"x", "is not understood"),
        ("gzip, gzip, gzip", gzip.compress(BODY), "is not understood"),
    ],
)
async def test_bodies_that_cannot_be_unpacked(
    site: Site, fetcher: Fetcher, encoding: str, body: bytes, message: str
) -> None:
    site.set(body=body, headers={"Content-Encoding": encoding})
    with pytest.raises(FetchError, match=message) as caught:
        await fetcher.get(site.url())
    assert caught.value.outcome == "unreadable"


async def test_at_most_two_requests_at_once_a_host_and_a_total(site: Site) -> None:
    running: dict[str, int] = {}
    most: dict[str, int] = {}
    everyone = 0

    async def slow(request: web.Request) -> web.StreamResponse:
        nonlocal everyone
        host = request.host
        running[host] = running.get(host, 0) + 1
        most[host] = max(most.get(host, 0), running[host])
        everyone = max(everyone, sum(running.values()))
        await asyncio.sleep(0.02)
        running[host] -= 1
        return web.Response()

    site.on("/feed", slow)
    urls = [site.url(host=f"127.0.0.{number % 4 + 1}") for number in range(24)]
    runner_host = [url for url in urls if "127.0.0.1:" in url]
    async with limited() as fetcher:
        await asyncio.gather(*(fetcher.get(url) for url in runner_host * 3))
    assert list(most.values()) == [2]
    async with limited(per_host=10, total=3) as fetcher:
        everyone = 0
        await asyncio.gather(*(fetcher.get(url) for url in runner_host * 3))
    assert everyone == 3


async def test_slow_answers_time_out(site: Site) -> None:
    async def never(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    async def stalls(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"<rss>")
        await asyncio.sleep(30)
        return response

    site.on("/never", never)
    site.on("/stalls", stalls)
    for limits in ({"whole": 0.1}, {"read": 0.1}):
        async with limited(**limits) as fetcher:
            for path in ("/never", "/stalls"):
                with pytest.raises(FetchError) as caught:
                    await fetcher.get(site.url(path))
                assert caught.value.outcome == "timeout"


async def test_redirects_are_bounded_and_circles_found(site: Site, fetcher: Fetcher) -> None:
    for number in range(7):
        site.set(f"/{number}", status=302, headers={"Location": f"/{number + 1}"})
    site.set("/7", body=BODY)
    assert (await fetcher.get(site.url("/2"))).url == site.url("/7")
    with pytest.raises(FetchError, match="more than 5 redirects"):
        await fetcher.get(site.url("/1"))
    site.set("/a", status=301, headers={"Location": "/b"})
    site.set("/b", status=301, headers={"Location": "/a"})
    with pytest.raises(FetchError, match="in a circle"):
        await fetcher.get(site.url("/a"))


async def test_only_the_permanent_head_of_a_chain_is_remembered(
    site: Site, fetcher: Fetcher
) -> None:
    site.set("/1", status=308, headers={"Location": "/2"})
    site.set("/2", status=302, headers={"Location": "/3"})
    site.set("/3", status=301, headers={"Location": "/4"})
    site.set("/4", body=BODY)
    response = await fetcher.get(site.url("/1"))
    assert (response.permanent, response.url) == (site.url("/2"), site.url("/4"))


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x", "javascript:1", ""]
)
async def test_redirects_lead_to_http_only(site: Site, fetcher: Fetcher, location: str) -> None:
    site.set(status=302, headers={"Location": location})
    with pytest.raises(FetchError):
        await fetcher.get(site.url())
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0"]
)
async def test_private_addresses_are_refused_unless_allowed(site: Site, host: str) -> None:
    site.set(body=BODY)
    async with limited(allow_private=False) as fetcher:
        with pytest.raises(FetchError, match="not on the public internet") as caught:
            await fetcher.get(site.url(host=host))
    assert caught.value.outcome == "refused"
    assert site.requests == []


async def test_redirects_to_private_addresses_are_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wirewatch.network.public", lambda address: address == "127.0.0.1")
    site.set(status=302, headers={"Location": f"http://127.0.0.2:{site.port}/inside"})
    async with limited(allow_private=False) as fetcher:
        with pytest.raises(FetchError, match="not on the public internet"):
            await fetcher.get(site.url())
    assert len(site.requests) == 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("10.1.2.3", False),
        ("192.168.0.1", False), ("172.20.0.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False),
        ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False), ("2002:a00:1::", False), ("ff0e::1", False), ("what", False),
        ("::127.0.0.1", False), ("::ffff:0:7f00:1", False), ("fec0::1", False),
        ("64:ff9b:1::a00:1", False), ("64:ff9b::808:808", True),
    ],
)  # fmt: skip
def test_public_addresses(address: str, expected: bool) -> None:
    assert public(address) is expected


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "file:///etc/passwd", "http://a:99999/", ""]
)
async def test_bad_addresses_are_values(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(FetchError):
        await fetcher.get(url)


async def test_nobody_there(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError) as caught:
        await fetcher.get("http://127.0.0.1:1/feed")
    assert caught.value.outcome == "unreachable"
    with pytest.raises(FetchError, match="cannot be resolved"):
        await fetcher.get("http://nowhere.invalid/feed")


async def test_long_headers_are_read(site: Site, fetcher: Fetcher) -> None:
    site.set(body=BODY, headers={"Content-Security-Policy": "x" * 20_000})
    assert (await fetcher.get(site.url())).status == 200
