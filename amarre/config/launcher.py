"""`make run`: everything that Amarre needs, started in order, kept alive, stopped cleanly.

Readers: whoever runs the service. It must not know Django: what needs it runs in processes of its own.
"""

import argparse
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from amarre.config.children import die_with_parent
from amarre.config.database import Urls, prepare_cluster
from amarre.config.home import Hold, Home, Unusable
from amarre.config.initdb import PostgresFailed
from amarre.config.places import PostgresMissing
from amarre.config.postgres import Cluster
from amarre.config.supervisor import Child, Orders, StopAsked, Supervisor

AMARRE = (sys.executable, "-m", "amarre.config.cli")
_PR_SET_PDEATHSIG = 1
_OPERATORS = ("AMARRE_OWNER_URL", "AMARRE_SUPERUSER_URL")
"""Addresses that the web and the worker must not know."""


class StepFailed(RuntimeError):
    """A step of the preparation failed; it has said why itself."""


def say(words: str) -> None:
    """Tell the operator."""
    print(words, flush=True)


class Launcher:
    """One run, from the lock to the last process."""

    def __init__(self, home: Home, hold: Hold, orders: Orders) -> None:
        self.home, self.hold, self.orders = home, hold, orders
        self.supervisor = Supervisor(orders, say)
        self.cluster: Cluster | None = None
        self.urls = Urls(app=os.environ.get("DATABASE_URL"), owner=os.environ.get("AMARRE_OWNER_URL"))
        self.sign_ins = ""

    def run(self) -> int:
        """Prepare, serve until asked to stop, stop."""
        began = time.monotonic()
        try:
            self._prepare()
            trouble = self._serve()
            self._announce(time.monotonic() - began, trouble)
            self._watch()
            return 0
        except StopAsked:
            return 0
        except (Unusable, PostgresFailed, PostgresMissing, StepFailed) as error:
            say(str(error))
            return 1
        finally:
            self.orders.interruptible = False
            self._stop()

    def _prepare(self) -> None:
        home = self.home
        _refuse_taken_port(home.port)
        if self.urls.app is None:
            self.cluster = Cluster(home.cluster, say=say)
        new = self.cluster is not None and not self.cluster.exists()
        home.ensure_secret_key()
        self._ensure_keyring(new)
        if self.cluster is not None:
            with _step("Base de données" + (" : création" if new else "")):
                self.urls = prepare_cluster(self.cluster, home)
        home.publish(self.urls.known())
        if self.urls.owner is None:
            say("AMARRE_OWNER_URL n’est pas donnée : les migrations sont à appliquer avec « amarre migrate ».")
        elif home.environment == "demo":
            self.sign_ins = self._do("Migrations, cloisons, service fictif", "demo", "load", captured=True)
        else:
            self._do("Migrations et cloisons", "migrate")

    def _ensure_keyring(self, new: bool) -> None:
        """A lost keyring is never replaced in silence: what it sealed could not be read any more."""
        if self.home.keyring.exists():
            return
        if new or (self.home.environment == "demo" and self.urls.app is not None):
            self._do("Trousseau de clés", "keys", "new")
            if self.home.environment == "production":
                say(f"  Gardez une copie de {self.home.keyring} ailleurs : sans lui, rien ne se relit.")
            return
        raise Unusable(
            f"Le trousseau {self.home.keyring} manque : les textes déjà scellés ne peuvent pas être relus.\n"
            "Remettez-le à sa place, ou, si la base est neuve, créez-en un avec « amarre keys new »."
        )

    def _do(self, label: str, *words: str, captured: bool = False) -> str:
        """Run one of the operator's commands as a step, on the owner's address."""
        with _step(label):
            step = subprocess.run(
                [*AMARRE, *words],
                env=self._environment(owner=True),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if captured else None,
                text=True,
                process_group=0,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
        if step.returncode != 0:
            raise StepFailed(f"« amarre {' '.join(words)} » a échoué (code {step.returncode}).")
        return step.stdout or ""

    def _environment(self, *, owner: bool = False) -> Mapping[str, str]:
        """What a child may know: the owner's address only where it is needed."""
        kept = {name: value for name, value in os.environ.items() if name not in _OPERATORS}
        kept |= {
            "AMARRE_DATA": str(self.home.data),
            "AMARRE_ENV": self.home.environment,
            "PORT": str(self.home.port),
        }
        if self.urls.app is not None:
            kept["DATABASE_URL"] = self.urls.app
        if owner and self.urls.owner is not None:
            kept["AMARRE_OWNER_URL"] = self.urls.owner
        return kept

    def _serve(self) -> str:
        """Start the two parts that serve, wait until all is well, and return what still is not."""
        environment = self._environment()
        self.supervisor.add(Child("Le serveur web", _web(self.home.port), environment))
        self.supervisor.add(Child("Le travail de fond", (*AMARRE, "worker"), environment))
        deadline = time.monotonic() + 40.0
        while (trouble := _trouble(self.home.port)) and time.monotonic() < deadline:
            self.supervisor.look()
            self.orders.pause(0.3)
        return trouble

    def _announce(self, seconds: float, trouble: str) -> None:
        taken = f"{seconds:.1f}".replace(".", ",")
        state = f"répond, mais tout n’est pas en ordre ({trouble})" if trouble else f"est prête en {taken} s"
        say(f"\nAmarre {state} : http://localhost:{self.home.port}/")
        if self.home.environment == "demo":
            say(self.sign_ins.rstrip())
        say("Pour arrêter : Ctrl-C.")

    def _watch(self) -> None:
        self.orders.interruptible = False
        while not self.orders.asked:
            if self.cluster is not None and not self.cluster.alive():
                say("PostgreSQL s’est arrêté ; il redémarre.")
                self.cluster.start()
            self.supervisor.look()
            self.orders.pause(1.0)

    def _stop(self) -> None:
        self.hold.tell(stopping=True)
        say("Arrêt…")
        self.supervisor.stop()
        self.home.publish(None)
        if self.cluster is not None:
            self.cluster.stop()
        say("Tout est arrêté.")


def _web(port: int) -> Sequence[str]:
    """The web server's command: threads, since pages wait for the database; no log of paths, they name."""
    workers = min(8, max(2, os.cpu_count() or 2))
    options = f"--bind=127.0.0.1:{port} --worker-class=gthread --workers={workers} --threads=8 --timeout=60"
    quiet = "--graceful-timeout=20 --log-level=warning --no-control-socket --preload"
    return (
        sys.executable,
        "-m",
        "gunicorn",
        *options.split(),
        *quiet.split(),
        "amarre.config.wsgi:application",
    )


def _trouble(port: int) -> str:
    """Say what is not well yet, in the words of `/healthz`; nothing when all is well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return ""
    except urllib.error.HTTPError as error:
        return _reasons(error)
    except OSError as error:
        return str(error)


def _reasons(error: urllib.error.HTTPError) -> str:
    try:
        checks: dict[str, str] = json.loads(error.read())["checks"]
    except (ValueError, KeyError, TypeError):
        return f"/healthz répond {error.code}"
    return ", ".join(f"{name} : {reason}" for name, reason in checks.items() if reason != "ok")


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Unusable(
                f"Le port {port} ne peut pas être pris ({error.strerror}).\n"
                f"Essayez-en un autre : PORT={port + 1} make run"
            ) from None


@contextmanager
def _step(label: str) -> Iterator[None]:
    """Announce a step, and how long it took when it was long enough to wonder."""
    say(f"→ {label}")
    began = time.monotonic()
    yield
    if (taken := time.monotonic() - began) > 3:
        say(f"  {taken:.0f} s")


def _die_with_parent() -> None:
    """Stop when `make` is killed, so that its next run finds the data free."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare the launcher's own options."""
    parser.add_argument("--die-with-parent", action="store_true", help="s’arrêter quand le processus parent est tué")


def run(arguments: argparse.Namespace) -> int:
    """Run Amarre; 0 when it was asked to stop, 1 when it could not start."""
    if arguments.die_with_parent:
        _die_with_parent()
    orders = Orders()
    try:
        home = Home.from_environment()
        with home.held("amarre run") as hold:
            return Launcher(home, hold, orders).run()
    except Unusable as error:
        say(str(error))
        return 1
    except StopAsked:
        return 0
