"""The house's LibreOffice, where it has one: a letter that stays editable in Word, as a tagged PDF.

Read by rooms that write letters. Must not know what a letter is about, nor where it is kept.
It is optional, and its absence is said. A letter is in clear for as long as it is drawn, in a folder of its own, in
memory where the machine has such a place, that is removed whatever happens. LibreOffice is started with a fresh
profile, no environment of ours, and a network of its own that leads nowhere, where the system gives one.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from django.conf import settings

from amarre.core.commands import Refused

SECONDS = 60
_PREFIX = "amarre-office-"
_IN_MEMORY = Path("/dev") / "shm"
"""A folder in memory; ours is made in it, for us alone."""
_AT_ONCE = threading.BoundedSemaphore(1)
_FORGOTTEN = 600
"""Seconds after which a folder was left by a process that was killed."""
_FILTER = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean",'
    '"value":"true"},"ExportFormFields":{"type":"boolean","value":"false"}}'
)
_ABSENT = (
    "LibreOffice n’est pas installé sur ce serveur\u202f: cette lettre ne peut pas être donnée en PDF. Téléchargez le "
    "fichier Word, et enregistrez-le au format PDF depuis Word."
)
_FAILED = (
    "LibreOffice n’a pas pu faire un PDF de cette lettre. Téléchargez le fichier Word, et enregistrez-le au format PDF "
    "depuis Word."
)
_BUSY = "D’autres lettres sont en train d’être mises en PDF. Recommencez dans une minute."


class Absent(Refused):
    """The house has no LibreOffice."""

    def __init__(self) -> None:
        super().__init__(_ABSENT)


def program() -> str | None:
    """Where LibreOffice is: `AMARRE_SOFFICE`, or the first one on the path."""
    if settings.AMARRE_SOFFICE:
        return shutil.which(settings.AMARRE_SOFFICE)
    return shutil.which("soffice") or shutil.which("libreoffice")


def available() -> bool:
    """Whether a letter can be had as a PDF."""
    return program() is not None


def to_pdf(letter: bytes) -> bytes:
    """A tagged PDF of a .docx. Raises `Absent`, or `Refused` when LibreOffice fails or takes too long."""
    found = program()
    if found is None:
        raise Absent
    if not _AT_ONCE.acquire(timeout=SECONDS):
        raise Refused(_BUSY)
    try:
        place = _place()
        _sweep(place)
        with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=place, ignore_cleanup_errors=True) as made:
            return _drawn(found, letter, Path(made))
    finally:
        _AT_ONCE.release()


def _drawn(found: str, letter: bytes, folder: Path) -> bytes:
    """Have LibreOffice draw it, in a folder that only we may enter."""
    sent, drawn = folder / "lettre.docx", folder / "lettre.pdf"
    descriptor = os.open(sent, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(letter)
    command = [
        *_alone(), found, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
        "--nolockcheck", "--nodefault", "--nofirststartwizard", "--convert-to", _FILTER, "--outdir", str(folder),
        str(sent),
    ]  # fmt: skip
    kept = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command, cwd=folder, env=kept, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Refused(_FAILED) from error
    finally:  # soffice is a script around a program: the whole session ends
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.returncode or not drawn.is_file():
        raise Refused(_FAILED)
    made = drawn.read_bytes()
    if not made.startswith(b"%PDF-"):
        raise Refused(_FAILED)
    return made


@functools.cache
def _alone() -> tuple[str, ...]:
    """What comes before a command to run it without a network, where the system allows it."""
    unshare = shutil.which("unshare")
    for options in (("--net",), ("--user", "--map-current-user", "--net")):
        if unshare and not subprocess.run([unshare, *options, "true"], capture_output=True).returncode:
            return (unshare, *options)
    return ()


def _place() -> Path:
    """A folder in memory, or the installation's own."""
    if _IN_MEMORY.is_dir() and os.access(_IN_MEMORY, os.W_OK | os.X_OK):
        return _IN_MEMORY
    own = Path(settings.AMARRE_DATA) / "tmp"
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    return own


def _sweep(place: Path) -> None:
    """Remove what a process that was killed has left: it holds a letter in clear."""
    for left in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if left.stat().st_uid == os.geteuid() and time.time() - left.stat().st_mtime > _FORGOTTEN:
                shutil.rmtree(left, ignore_errors=True)
