"""A PostgreSQL of our own: made, started and stopped by Amarre when the house gives none.

Readers: the launcher, the operator's command, the tests. It must not know roles, tables or Django.

The server is started directly (`postgres -D`), on a free TCP port of the loopback, without Unix sockets. It
dies with the process that started it. Its log never quotes a value: errors are the application's to tell.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from amarre.config.children import die_with_parent
from amarre.config.initdb import SUPERUSER, PostgresFailed, environment, make_data
from amarre.config.places import Say, account_for, find_binaries, reachable_binaries, reachable_data

__all__ = ["DISCREET", "Cluster", "PostgresFailed", "find_binaries"]

DISCREET = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_lock_waits": "off",
}
"""Settings that keep every value out of the server's log; `log` is above `error` for the server."""

_EVERYWHERE = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}

_FLEETING = {
    "max_connections": "250",  # crowds of fifty, in several workers at once
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_wal_size": "256MB",
    "max_parallel_workers_per_gather": "0",
}

_PASSING = ("could not bind", "pre-existing shared memory", "lock file")
"""Why a start may fail and the next one succeed: the port was taken meanwhile, a former child is still leaving."""

_PATIENCE = 120.0
"""Seconds that a start may take: recovery after a crash is long on a big database."""


class Cluster:
    """One PostgreSQL server on one data directory; `durable=False` trades safety for speed, for tests."""

    def __init__(
        self,
        data_dir: Path,
        *,
        durable: bool = True,
        binaries: Path | None = None,
        say: Say | None = None,
    ) -> None:
        say = say or _to_stderr
        data_dir = data_dir.absolute()
        self._account = account_for(data_dir)
        self.data_dir = reachable_data(data_dir, self._account, say)
        self._account = account_for(self.data_dir)
        found = binaries or find_binaries(self._major())
        self.binaries = reachable_binaries(found, self._account, say)
        self.log_file = self.data_dir.with_name(self.data_dir.name + ".log")
        self._password_file = self.data_dir.with_name(self.data_dir.name + ".password")
        self._durable = durable
        self._server: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def pid(self) -> int | None:
        """The server's process, while it runs."""
        return None if self._server is None else self._server.pid

    def exists(self) -> bool:
        """Tell whether the data has been made."""
        return (self.data_dir / "PG_VERSION").exists()

    def _major(self) -> int | None:
        """The version that made the data, if there is any."""
        return int((self.data_dir / "PG_VERSION").read_text()) if self.exists() else None

    def alive(self) -> bool:
        """Tell whether the server that we started still runs."""
        return self._server is not None and self._server.poll() is None

    def start(self) -> str:
        """Make the data if there is none, start the server, and return the superuser's URL."""
        if not self.exists():
            make_data(self.binaries, self.data_dir, self._account, self._password_file, self._durable)
        deadline = time.monotonic() + _PATIENCE
        _wait_for_orphans(self.data_dir, deadline)
        while not self._try_to_start(deadline):
            words = self._last_words()
            if time.monotonic() > deadline or not any(hope in words for hope in _PASSING):
                raise PostgresFailed(f"PostgreSQL ne démarre pas ; voir {self.log_file}\n{words}")
            time.sleep(0.2)
        return self.superuser_url()

    def stop(self) -> None:
        """Stop the server: fast first, by force if it does not answer."""
        server, self._server = self._server, None
        if server is None:
            return
        for order, patience in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
            if server.poll() is None:
                server.send_signal(order)
            try:
                server.wait(patience)
                return
            except subprocess.TimeoutExpired:
                continue

    def destroy(self) -> None:
        """Stop the server and remove all that it wrote."""
        self.stop()
        shutil.rmtree(self.data_dir, ignore_errors=True)
        for beside in (self.log_file, self._password_file):
            beside.unlink(missing_ok=True)

    def url(self, user: str, password: str, database: str) -> str:
        """Return the address of one database for one login."""
        login = f"{quote(user, '')}:{quote(password, '')}"
        return f"postgresql://{login}@127.0.0.1:{self.port}/{quote(database, '')}"

    def superuser_url(self, database: str = "postgres") -> str:
        """Return the superuser's address of one database."""
        return self.url(SUPERUSER, self._password_file.read_text().strip(), database)

    def _try_to_start(self, deadline: float) -> bool:
        """Start the server on a fresh port; False when it gave up and may be tried again."""
        self.port = _free_port(self.port)
        settings = {**_EVERYWHERE, **DISCREET, "port": str(self.port), **({} if self._durable else _FLEETING)}
        command: list[str | Path] = [self.binaries / "postgres", "-D", self.data_dir]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        _cap(self.log_file)
        with self.log_file.open("ab") as log:
            self.log_file.chmod(0o600)
            self._server = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=environment(),
                process_group=0,
                preexec_fn=die_with_parent(signal.SIGINT),
                user=self._account.uid,
                group=self._account.gid,
                extra_groups=self._account.groups,
            )
        while self._server.poll() is None and time.monotonic() < deadline:
            if self._answers():
                return True
            time.sleep(0.03)
        self.stop()
        return False

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.superuser_url(), connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                self.stop()
                raise PostgresFailed(
                    f"Le mot de passe de {self._password_file} n’ouvre pas la base {self.data_dir}."
                ) from None
            return False
        return True

    def _last_words(self) -> str:
        return "\n".join(self.log_file.read_text(errors="replace").splitlines()[-5:])


def _wait_for_orphans(data_dir: Path, deadline: float) -> None:
    """After a `kill -9`, wait for what is left of the former server; a forgotten one is asked to stop."""
    asked = False
    while left := _processes_in(data_dir):
        postmaster = _postmaster(data_dir)
        if postmaster in left and not asked:
            os.kill(postmaster, signal.SIGINT)
            asked = True
        if time.monotonic() > deadline:
            raise PostgresFailed(f"D’autres processus tiennent encore {data_dir} : {sorted(left)}")
        time.sleep(0.1)
    if Path("/proc/self/cwd").exists():
        (data_dir / "postmaster.pid").unlink(missing_ok=True)


def _processes_in(data_dir: Path) -> set[int]:
    """Return the processes whose working directory is the data: the server and its children, nothing else."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if Path(os.readlink(process / "cwd")) == data_dir.resolve():
                found.add(int(process.name))
        except OSError:
            continue
    return found


def _postmaster(data_dir: Path) -> int:
    try:
        return int((data_dir / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return 0


def _free_port(wished: int) -> int:
    """Return the port that we had, so that clients find us again, else any free one."""
    for port in (wished, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise PostgresFailed("Aucun port libre sur 127.0.0.1.")


def _cap(log_file: Path) -> None:
    """Keep one former log of ten megabytes at most."""
    if log_file.exists() and log_file.stat().st_size > 10_000_000:
        log_file.replace(log_file.with_name(log_file.name + ".1"))


def _to_stderr(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
