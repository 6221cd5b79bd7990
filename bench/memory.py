"""The memory of one web worker, as gunicorn runs it.

Read by `bench.measure`. Must not know what the pages say.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time

import psutil

_REQUESTS = 300


def worker_memory(cookies: dict[str, str], addresses: list[str]) -> tuple[float, float]:
    """USS and RSS of a worker, in megabytes, once it has served some hundreds of pages."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"--bind=127.0.0.1:{port} --worker-class=gthread --workers=1 --threads=8 --log-level=warning"
    words = [
        sys.executable,
        "-m",
        "gunicorn",
        *options.split(),
        "--no-control-socket",
        "amarre.config.wsgi:application",
    ]
    server = subprocess.Popen(words, env=os.environ, stdout=sys.stderr)
    try:
        _wait(server, port)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items()), "Host": "localhost"}
        for turn in range(_REQUESTS):
            connection.request("GET", addresses[turn % len(addresses)], headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{addresses[turn % len(addresses)]}: {answer.status}")
        (worker,) = psutil.Process(server.pid).children()
        used = worker.memory_full_info()
        return used.uss / 1e6, used.rss / 1e6
    finally:
        server.terminate()
        server.wait(30)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    """Until it answers; it has a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web server did not start")
