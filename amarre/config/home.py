"""The directory that one installation lives in (`AMARRE_DATA`): its lock, its secrets, its database.

Readers: the launcher, the operator's command. It must not know Django: it says where things are before Django
starts.
"""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from amarre.config.initdb import write_private

ROOT = Path(__file__).resolve().parents[2]

ENVIRONMENTS = ("demo", "production", "test")


class Unusable(RuntimeError):
    """The operator must change something before Amarre can go on; the message says what."""


@dataclass(frozen=True)
class Holder:
    """Who holds the data."""

    pid: int
    port: int
    since: str
    purpose: str
    stopping: bool = False

    def __str__(self) -> str:
        where = f", http://localhost:{self.port}" if self.port else ""
        ending = ", en cours d’arrêt" if self.stopping else ""
        return f"« {self.purpose} » (processus {self.pid}{where}, depuis le {self.since}{ending})"


class Home:
    """The paths and the secrets of one installation."""

    def __init__(self, data: Path, environment: str = "demo", port: int = 8000) -> None:
        self.data, self.environment, self.port = data, environment, port
        self.cluster = data / "postgres"
        self.secret_key = data / "secret.key"
        self.keyring = Path(os.environ.get("AMARRE_KEYRING") or data / "keyring.json")
        self._environment = data / "environment"
        self._passwords = data / "database.json"
        self._running = data / "running.json"
        self._lock = data / "lock"

    @classmethod
    def from_environment(cls) -> "Home":
        """Read AMARRE_DATA, AMARRE_ENV and PORT; refuse what makes no sense."""
        environment = os.environ.get("AMARRE_ENV") or "demo"
        if environment not in ENVIRONMENTS:
            raise Unusable(f"AMARRE_ENV vaut « {environment} » ; il faut demo ou production.")
        port = os.environ.get("PORT") or "8000"
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise Unusable(f"PORT vaut « {port} » ; il faut un nombre entre 1 et 65535.")
        return cls(Path(os.environ.get("AMARRE_DATA") or ROOT / "var").resolve(), environment, int(port))

    def make(self) -> None:
        """Make the directory; root lets others pass through it, since PostgreSQL runs as another account."""
        try:
            self.data.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Unusable(f"Le dossier {self.data} ne peut pas être créé : {error.strerror}.") from None
        if not os.access(self.data, os.W_OK | os.X_OK):
            raise Unusable(f"Le dossier {self.data} n’est pas à vous : on ne peut pas y écrire.")
        (self.data / "static").mkdir(exist_ok=True)

    def settle(self) -> None:
        """Mark new data with its environment; refuse to mix: fictional people never meet real ones."""
        if not self._environment.exists():
            write_private(self._environment, self.environment)
        kept = self._environment.read_text().strip()
        if kept != self.environment:
            raise Unusable(
                f"Les données de {self.data} sont celles de AMARRE_ENV={kept}, et non {self.environment} : "
                "donnez l’un, ou un autre dossier dans AMARRE_DATA."
            )

    def ensure_secret_key(self) -> None:
        """Draw the key that signs sessions, once."""
        if not self.secret_key.exists():
            write_private(self.secret_key, secrets.token_urlsafe(48))

    def passwords(self) -> dict[str, str]:
        """Return the passwords of our own database's logins, drawn once."""
        if not self._passwords.exists():
            drawn = {login: secrets.token_urlsafe(32) for login in ("owner", "app")}
            write_private(self._passwords, json.dumps(drawn))
        read: dict[str, str] = json.loads(self._passwords.read_text())
        return read

    def publish(self, urls: dict[str, str] | None) -> None:
        """Tell the operator's command where the running database is; None takes the word back."""
        if urls is None:
            self._running.unlink(missing_ok=True)
        else:
            write_private(self._running, json.dumps(urls))

    def published(self) -> dict[str, str] | None:
        """Return the addresses of the database that a running launcher has started."""
        try:
            read: dict[str, str] = json.loads(self._running.read_text())
        except (OSError, ValueError):
            return None
        return read if self.holder() is not None else None

    def holder(self) -> Holder | None:
        """Return who holds the data now, if anybody does."""
        try:
            descriptor = os.open(self._lock, os.O_RDWR)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _read_holder(self._lock)
        finally:
            os.close(descriptor)
        return None

    @contextmanager
    def held(self, purpose: str) -> Iterator["Hold"]:
        """Hold the data while the block runs; refuse, naming the holder, when somebody else does."""
        self.make()
        descriptor = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(descriptor, self._lock, self.data)
            since = datetime.now().strftime("%d/%m/%Y à %H:%M:%S")
            port = self.port if purpose == "amarre run" else 0
            hold = Hold(descriptor, Holder(os.getpid(), port, since, purpose))
            hold.tell()
            self.settle()
            yield hold
        finally:
            os.close(descriptor)


class Hold:
    """The lock while we have it."""

    def __init__(self, descriptor: int, holder: Holder) -> None:
        self._descriptor, self._holder = descriptor, holder

    def tell(self, *, stopping: bool = False) -> None:
        """Write who we are where the next one will read it."""
        words = json.dumps({**asdict(self._holder), "stopping": stopping}).encode()
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, words, 0)


def _read_holder(path: Path) -> Holder:
    try:
        return Holder(**json.loads(path.read_text()))
    except (OSError, ValueError, TypeError):
        return Holder(0, 0, "?", "amarre")


def _take(descriptor: int, path: Path, data: Path) -> None:
    """Take the lock; a holder that is stopping is waited for, another one is given a second."""
    began = time.monotonic()
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            holder = _read_holder(path)
            if time.monotonic() - began > (60.0 if holder.stopping else 1.0):
                raise Unusable(
                    f"Les données de {data} sont déjà tenues par {holder}.\n"
                    "Arrêtez-le, ou prenez un autre dossier : AMARRE_DATA=/ailleurs PORT=8001 make run"
                ) from None
            time.sleep(0.1)
