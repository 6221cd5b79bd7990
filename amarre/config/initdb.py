"""The making of a PostgreSQL data directory.

Readers: `amarre.config.postgres`. It must not know what will be kept there.
"""

import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

from amarre.config.places import OURSELVES, Account, major_version

SUPERUSER = "postgres"


class PostgresFailed(RuntimeError):
    """The server could not be made, started or stopped; the message says why."""


def make_data(binaries: Path, data_dir: Path, account: Account, password_file: Path, durable: bool = True) -> None:
    """Run initdb in a directory beside, and rename it once it is whole; the password is drawn here."""
    sheltered = account != OURSELVES
    data_dir.parent.mkdir(mode=0o711 if sheltered else 0o700, parents=True, exist_ok=True)
    password = secrets.token_urlsafe(32)
    write_private(password_file, password)
    fresh = data_dir.with_name(data_dir.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    with tempfile.NamedTemporaryFile("w", dir=data_dir.parent, prefix=".initdb-") as pwfile:
        pwfile.write(password)
        pwfile.flush()
        if account.uid is not None and account.gid is not None:
            os.chown(fresh, account.uid, account.gid)
            os.chown(pwfile.name, account.uid, account.gid)
        command = [str(binaries / "initdb"), "-D", str(fresh), f"--pwfile={pwfile.name}"]
        made = subprocess.run(
            command + _options(binaries, durable),
            capture_output=True,
            text=True,
            cwd="/",
            env=environment(),
            user=account.uid,
            group=account.gid,
            extra_groups=account.groups,
        )
    if made.returncode != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        raise PostgresFailed(f"initdb a échoué : {made.stderr.strip()}")
    if data_dir.exists():
        data_dir.rmdir()
    fresh.rename(data_dir)


def _options(binaries: Path, durable: bool) -> list[str]:
    """The same order of letters on every machine: the server's own C.UTF-8, else the system's."""
    options = [f"--username={SUPERUSER}", "--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums"]
    if major_version(binaries) >= 17:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    else:
        options += ["--locale=C.UTF-8"] if _system_has_utf8() else ["--locale=C"]
    return options if durable else [*options, "--no-sync"]


def _system_has_utf8() -> bool:
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True)
    return "c.utf8" in listed.stdout.lower().replace("-", "")


def environment() -> dict[str, str]:
    """Return our environment without what would redirect PostgreSQL's programs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C"}


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
