"""The invented outlets' feeds over HTTP, on loopback."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from wirewatch.demo.day import Day, Published
from wirewatch.demo.render import CONTENT_TYPES, render


class FeedServer:
    """Serves ``/OUTLET`` as the day shows it at the moment last given to :meth:`show`."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self._lock = threading.Lock()
        self._visible: list[Published] = []
        self._requests: Counter[str] = Counter()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def url(self, outlet: str) -> str:
        """Where the feed of ``outlet`` is."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/{outlet}"

    def show(self, now: datetime) -> None:
        """From now on feeds show what the day has published by ``now``."""
        visible = self.day.visible(now)
        with self._lock:
            self._visible = visible

    def polled(self) -> Counter[str]:
        """How often each outlet's feed was asked for."""
        with self._lock:
            return Counter(self._requests)

    def body(self, outlet: str) -> tuple[bytes, str] | None:
        """Body and content type of an outlet's feed; None when there is no such outlet."""
        found = self.day.outlets.get(outlet)
        if found is None:
            return None
        with self._lock:
            self._requests[outlet] += 1
            articles = [item for item in self._visible if item.outlet == outlet]
        return render(found, articles), CONTENT_TYPES[found.format]


def _handler(server: FeedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = server.body(self.path.strip("/"))
            if answer is None:
                self._answer(HTTPStatus.NOT_FOUND, b"", {})
                return
            body, content_type = answer
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == tag:
                self._answer(HTTPStatus.NOT_MODIFIED, b"", {"ETag": tag})
            else:
                self._answer(HTTPStatus.OK, body, {"ETag": tag, "Content-Type": content_type})

        def _answer(self, status: HTTPStatus, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status is not HTTPStatus.NOT_MODIFIED:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Stay silent: the demo's own lines are what people should see."""

    return Handler
