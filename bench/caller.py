"""Calls a WSGI application in this process and says what it cost: CPU here, CPU of PostgreSQL, statements.

Read by `bench.measure`. No test client and no HTTP: what is counted is the application with all its middleware.
"""

from __future__ import annotations

import io
import re
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings

_FIELD = r'name="{}"[^>]*? value="([^"]+)"'


@dataclass(slots=True)
class Answer:
    """What came back, its cost here and in PostgreSQL (seconds of CPU), the statements if they were counted."""

    status: int
    body: bytes
    cpu: float
    database: float
    statements: int

    def field(self, name: str) -> str:
        """The value of a hidden field."""
        found = re.search(_FIELD.format(name), self.body.decode())
        if found is None:
            raise LookupError(f"the page has no {name}")
        return found[1]


def handler(middleware: list[str] | None = None) -> WSGIHandler:
    """Django's application, as gunicorn would load it; with other middleware when some is given."""
    if middleware is None:
        return WSGIHandler()
    with override_settings(MIDDLEWARE=middleware):
        return WSGIHandler()


class Caller:
    """One signed-in browser in front of one application."""

    def __init__(self, application: WSGIHandler, cookies: dict[str, str]) -> None:
        self.application, self.cookies = application, cookies
        self.counting = False

    def get(self, url: str) -> Answer:
        """Ask for a page."""
        return self._call("GET", url, b"")

    def post(self, url: str, fields: dict[str, str]) -> Answer:
        """Send a form."""
        return self._call("POST", url, urlencode(fields).encode())

    def _call(self, method: str, url: str, body: bytes) -> Answer:
        said: dict[str, Any] = {}
        environ = self._environ(method, url, body)

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            said["status"], said["headers"] = int(status[:3]), headers

        sent = Statements()
        with sent if self.counting else nullcontext():
            (before, first), began = backend_cpu(), time.process_time()
            response = self.application(environ, start_response)
            content = b"".join(response)
            response.close()
            cpu, (after, second) = time.process_time() - began, backend_cpu()
        for name, value in said["headers"]:
            if name.lower() == "set-cookie" and (cookie := value.strip()).startswith("csrftoken="):
                self.cookies["csrftoken"] = cookie.split(";")[0].removeprefix("csrftoken=")
        there = after - before if first == second else 0.0
        return Answer(said["status"], content, cpu, there, len(sent.texts))

    def _environ(self, method: str, url: str, body: bytes) -> dict[str, Any]:
        path, _, query = url.partition("?")
        return {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_LANGUAGE": "fr",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
        }


def backend_cpu() -> tuple[float, int]:
    """Seconds of CPU that PostgreSQL's process spent for our connection, and which process that is."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9, pid
    except OSError:
        times = psutil.Process(pid).cpu_times()
        return float(times.user + times.system), pid


class Statements:
    """Counts what Django sends to PostgreSQL while the block runs."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.texts.append(sql)
        return execute(sql, params, many, context)

    def __enter__(self) -> Statements:
        self._wrapper = connection.execute_wrapper(self)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._wrapper.__exit__(None, None, None)
