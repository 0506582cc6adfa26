"""How many feeds a second a core can be checked: unchanged (304) and changed ones.

A server in another process answers; the time counted is processor time of this process and of the
child that reads documents, so that the server's share of the machine makes no difference.
Prints one line a case and ends with exit code 1 below the promised figures.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection

import psutil
from aiohttp import web

from wirewatch.feeds import Feed, FeedState, Fetcher, Limits, PollResult, poll

HOSTS = 40
"""Loopback addresses: at most two requests at once go to each."""
FEEDS = 400
ITEMS = 30
"""Entries of a feed, as in most news feeds; two of them new at each change."""
WANTED = {"unchanged (304)": 300.0, "changed": 50.0}
SENTENCE = (
    "Rescue teams reached the villages of the upper valley on day {n}, where the river had "
    "carried away {m} houses and two bridges, and the governor asked for tents and water. "
)


def document(feed: str, version: int) -> str:
    text = {number: SENTENCE.format(n=number, m=number * 3) for number in range(version * 2 + 99)}
    items = "".join(
        f"<item><title>Flood report {number} from district {feed}</title>"
        f"<link>https://news.example/{feed}/{number}</link><guid>{feed}-{number}</guid>"
        f"<description>&lt;p&gt;{text[number] * 2}&lt;/p&gt;</description>"
        f"<pubDate>Tue, 06 May 2031 09:00:00 GMT</pubDate></item>"
        for number in range(version * 2 + ITEMS, version * 2, -1)
    )
    return f'<rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>'


async def answer(request: web.Request) -> web.Response:
    version = int(request.query["v"]) if "v" in request.query else request.app["version"]["now"]
    etag = f'"{version}"'
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers={"ETag": etag})
    body = document(request.match_info["feed"], version)
    return web.Response(text=body, content_type="application/rss+xml", headers={"ETag": etag})


async def change(request: web.Request) -> web.Response:
    request.app["version"]["now"] += 1
    return web.Response()


def serve(pipe: Connection) -> None:
    async def run() -> None:
        app = web.Application()
        app["version"] = {"now": 0}
        app.router.add_get("/feed/{feed}", answer)
        app.router.add_post("/change", change)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "0.0.0.0", 0).start()
        pipe.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run())


def processor_seconds() -> float:
    """Of this process and its living children but the server."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    total = own.ru_utime + own.ru_stime
    for child in psutil.Process().children(recursive=True):
        if "wirewatch.feeds.child" in child.cmdline():
            times = child.cpu_times()
            total += times.user + times.system
    return total


async def round_of(
    feeds: list[Feed], states: list[FeedState], fetcher: Fetcher, now: datetime
) -> list[PollResult]:
    tasks = (poll(feed, state, fetcher, now) for feed, state in zip(feeds, states, strict=True))
    return await asyncio.gather(*tasks)


async def measure(port: int) -> bool:
    feeds = [
        Feed(url=f"http://127.0.1.{number % HOSTS + 1}:{port}/feed/{number}", name=str(number))
        for number in range(FEEDS)
    ]
    now = datetime(2031, 5, 6, 12, tzinfo=UTC)
    async with Fetcher(Limits(allow_private=True)) as fetcher:
        states = [r.state for r in await round_of(feeds, [FeedState()] * FEEDS, fetcher, now)]
        good = True
        for case, outcome in (("unchanged (304)", "not_modified"), ("changed", "articles")):
            if case == "changed":
                async with fetcher.session.post(f"http://127.0.0.1:{port}/change"):
                    pass
            now += timedelta(minutes=5)
            started, cpu = time.perf_counter(), processor_seconds()
            results = await round_of(feeds, states, fetcher, now)
            wall, cpu = time.perf_counter() - started, processor_seconds() - cpu
            states = [result.state for result in results]
            assert {result.outcome for result in results} == {outcome}, results[0]
            rate = FEEDS / cpu
            good &= rate >= WANTED[case]
            print(
                f"{case:16} {rate:7.0f} feeds/s a core (promised {WANTED[case]:.0f}), "
                f"{FEEDS / wall:.0f} feeds/s by the clock"
            )
    return good


def main() -> int:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    server = context.Process(target=serve, args=(there,), daemon=True)
    server.start()
    try:
        return 0 if asyncio.run(measure(here.recv())) else 1
    finally:
        server.terminate()
        server.join()


if __name__ == "__main__":
    sys.exit(main())
