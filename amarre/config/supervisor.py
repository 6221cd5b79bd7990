"""Keeps child processes alive, and stops them all.

Readers: the launcher. It must not know what the children do.

A child that ends by itself is started again, later and later while it keeps ending. Each child leads a
process group of its own, so that the terminal's Ctrl-C reaches us alone and that stopping a child stops its
children.
"""

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from amarre.config.children import die_with_parent

_STEADY = 60.0
"""A child that lived this long has recovered: the next restart is prompt again."""


class StopAsked(BaseException):
    """Somebody asked us to stop while we were still preparing."""


class Orders:
    """The signals that ask us to stop: counted, and raised only while `interruptible`."""

    def __init__(self) -> None:
        self.asked = 0
        self.interruptible = True
        self._reader, self._writer = os.pipe()
        for end in (self._reader, self._writer):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        for order in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(order, self._stop)
        signal.signal(signal.SIGCHLD, _wake)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.asked += 1
        if self.interruptible:
            self.interruptible = False
            raise StopAsked

    def pause(self, seconds: float) -> None:
        """Wait, at most this long; any signal (a child that ends, an order) wakes us up."""
        if select.select([self._reader], [], [], seconds)[0]:
            os.read(self._reader, 4096)


def _wake(number: int, frame: FrameType | None) -> None:
    """A child ended: handled only so that the wait ends too."""


@dataclass
class Child:
    """One process to keep alive."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    due: float = field(default=0.0)

    def start(self) -> None:
        """Start it; it dies with us."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )

    def tell(self, order: signal.Signals) -> None:
        """Send a signal to the child and to its own children."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, order)
            except ProcessLookupError:
                return

    def ended(self) -> bool:
        """Tell whether it runs no more."""
        return self.process is None or self.process.poll() is not None


class Supervisor:
    """Keeps a few children alive until it is asked to stop."""

    def __init__(self, orders: Orders, say: Callable[[str], None]) -> None:
        self._orders, self._say = orders, say
        self.children: list[Child] = []

    def add(self, child: Child) -> None:
        """Start a child and keep it."""
        self.children.append(child)
        child.start()

    def look(self) -> None:
        """Start again, when their time has come, the children that ended."""
        now = time.monotonic()
        for child in self.children:
            if not child.ended():
                continue
            if child.due == 0.0:
                self._plan(child, now)
            if now >= child.due:
                child.due = 0.0
                child.start()

    def _plan(self, child: Child, now: float) -> None:
        child.failures = 0 if now - child.started > _STEADY else child.failures + 1
        delay = min(30.0, 2.0 ** max(0, child.failures - 1)) if child.failures else 0.0
        code = None if child.process is None else child.process.returncode
        child.tell(signal.SIGKILL)
        child.due = now + delay
        self._say(f"{child.name} s’est arrêté (code {code}) ; nouvel essai dans {delay:.0f} s")

    def stop(self, patience: float = 25.0) -> None:
        """Ask every child to end; by force when patience runs out or when we are asked a second time."""
        already = self._orders.asked
        for child in self.children:
            if not child.ended():
                child.tell(signal.SIGTERM)
        deadline = time.monotonic() + patience
        while not all(child.ended() for child in self.children):
            if time.monotonic() > deadline or self._orders.asked > max(already, 1):
                break
            self._orders.pause(0.2)
        for child in self.children:
            child.tell(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
