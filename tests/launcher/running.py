"""A service started as an operator would, in a directory of its own, and looked at from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

AMARRE = (sys.executable, "-m", "amarre.config.cli")
PATIENCE = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment(data: Path, environment: str = "production", port: int = 0) -> dict[str, str]:
    """Ours, without what the tests' own database put in it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AMARRE_") and k != "DATABASE_URL"}
    kept |= {"AMARRE_DATA": str(data), "AMARRE_ENV": environment, "PYTHONUNBUFFERED": "1"}
    return kept | ({"PORT": str(port)} if port else {})


def amarre(
    *words: str, data: Path, environment: str = "production", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run one of the operator's commands to its end."""
    return subprocess.run(
        [*AMARRE, *words],
        env=clean_environment(data, environment) | variables,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def processes() -> dict[int, int]:
    """Every living process and its parent."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            found[int(entry.parent.name)] = int(fields[1])
    return found


def descendants(pid: int) -> set[int]:
    """The process and all that it started."""
    known, found = processes(), {pid}
    while more := {child for child, parent in known.items() if parent in found} - found:
        found |= more
    return found


class Run:
    """One `amarre run`."""

    def __init__(self, data: Path, environment: str = "production", port: int | None = None) -> None:
        self.data, self.port = data, port or free_port()
        self.log = data.parent / f"run-{self.port}.log"
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [*AMARRE, "run"],
                env=clean_environment(data, environment, self.port),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text()

    def wait_for(self, words: str, times: int = 1) -> None:
        """Wait until it has said so."""
        self.until(lambda: self.said().count(words) >= times, f"« {words} »")

    def until(self, condition, what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, f"ended before {what}:\n{self.said()}"
            assert time.monotonic() < deadline, f"never saw {what}:\n{self.said()}"
            time.sleep(0.05)

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def healthy(self) -> bool:
        """Whether every part says it is well, now."""
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def family(self) -> set[int]:
        return descendants(self.process.pid)

    def send(self, order: signal.Signals) -> None:
        self.process.send_signal(order)

    def wait(self) -> int:
        return self.process.wait(60)

    def stop(self) -> int:
        self.send(signal.SIGTERM)
        return self.wait()

    def abandon(self) -> None:
        """Leave nothing behind, whatever the test did."""
        if self.process.poll() is None:
            self.stop()


def all_gone(pids: set[int], patience: float = 20.0) -> bool:
    """Wait until none of these processes is left."""
    deadline = time.monotonic() + patience
    while pids & processes().keys():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
