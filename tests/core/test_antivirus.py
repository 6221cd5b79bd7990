"""The antivirus: clean is said by a daemon that answered, and by nobody else."""

from __future__ import annotations

import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from amarre.config.commands import doctor
from amarre.core import antivirus
from amarre.core.antivirus import BadAddress, Verdict

EICAR = b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE"
SENT = bytes(range(256)) * 2_000


class Daemon:
    """A small clamd: reads a file by `INSTREAM`, answers what it was told to; `received` is what came."""

    def __init__(self, listening: socket.socket, answer: bytes | Callable[[bytes], bytes] | None, hang_up: int) -> None:
        self.listening, self.answer, self.hang_up = listening, answer, hang_up
        self.received, self.commands = b"", []
        listening.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                caller, _ = self.listening.accept()
            except OSError:
                return
            with caller, caller.makefile("rwb") as both:
                self.speak(both)

    def speak(self, both) -> None:
        self.received = b""
        command = both.readline()
        self.commands.append(command)
        if command == b"nINSTREAM\n":
            while size := struct.unpack("!L", both.read(4))[0]:
                self.received += both.read(size)
                if 0 < self.hang_up <= len(self.received):
                    return
        answer = self.answer(self.received) if callable(self.answer) else self.answer
        if answer is None:
            self.listening.settimeout(None)
            threading.Event().wait(3)
        else:
            both.write(b"PONG\n" if command == b"nPING\n" and answer else answer)


@contextmanager
def daemon(
    answer: bytes | Callable[[bytes], bytes] | None, *, hang_up: int = 0, path: Path | None = None
) -> Iterator[tuple[str, Daemon]]:
    """One that listens, and its address."""
    listening = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    listening.bind(str(path) if path else ("127.0.0.1", 0))
    try:
        yield (
            f"unix:{path}" if path else f"tcp://127.0.0.1:{listening.getsockname()[1]}",
            Daemon(listening, answer, hang_up),
        )
    finally:
        listening.shutdown(socket.SHUT_RDWR)  # or the thread that waits would take one more caller
        listening.close()


def looking(content: bytes) -> bytes:
    return b"stream: Eicar-Test-Signature FOUND\n" if EICAR in content else b"stream: OK\n"


def test_without_an_antivirus_nothing_is_asked(settings) -> None:
    settings.AMARRE_CLAMD = ""
    assert antivirus.scan(EICAR) is Verdict.OFF
    assert not antivirus.configured()


def test_a_clean_file_is_clean_and_all_of_it_was_looked_at(settings) -> None:
    with daemon(looking) as (settings.AMARRE_CLAMD, server):
        assert antivirus.scan(SENT) is Verdict.CLEAN
        assert server.received == SENT


def test_a_virus_is_found_wherever_it_is(settings) -> None:
    with daemon(looking) as (settings.AMARRE_CLAMD, _):
        for content in (EICAR, SENT + EICAR, EICAR + SENT):
            assert antivirus.scan(content) is Verdict.INFECTED
        assert antivirus.scan(b"") is Verdict.CLEAN


def test_a_daemon_behind_a_socket_file(settings, tmp_path: Path) -> None:
    with daemon(looking, path=tmp_path / "clamd.ctl") as (settings.AMARRE_CLAMD, _):
        assert antivirus.scan(SENT) is Verdict.CLEAN
        assert antivirus.scan(EICAR) is Verdict.INFECTED
        assert antivirus.answers()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: O",
        b"stream: lstat() failed. ERROR\n",
        b"INSTREAM size limit exceeded. ERROR\n",
        b"UNKNOWN COMMAND\n",
        b"other: OK\n",
        b"stream: not quite OK\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"\xff\xfe\n",
    ],
)
def test_an_answer_that_says_nothing_is_not_clean(settings, answer: bytes) -> None:
    with daemon(answer) as (settings.AMARRE_CLAMD, _):
        assert antivirus.scan(SENT) is Verdict.UNAVAILABLE


def test_a_daemon_that_dies_on_the_way_is_not_clean(settings) -> None:
    with daemon(b"stream: OK\n", hang_up=2_000) as (settings.AMARRE_CLAMD, _):
        assert antivirus.scan(SENT * 10) is Verdict.UNAVAILABLE


def test_a_daemon_that_is_not_there_is_not_clean(settings) -> None:
    with daemon(looking) as (settings.AMARRE_CLAMD, _):
        pass
    assert antivirus.scan(SENT) is Verdict.UNAVAILABLE
    settings.AMARRE_CLAMD = "unix:/nowhere/clamd.ctl"
    assert antivirus.scan(SENT) is Verdict.UNAVAILABLE


def test_a_daemon_that_says_nothing_is_not_waited_for_for_ever(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antivirus, "SECONDS", 0.2)
    with daemon(None) as (settings.AMARRE_CLAMD, _):
        assert antivirus.scan(SENT) is Verdict.UNAVAILABLE


def test_a_file_that_takes_too_long_to_send_is_given_up(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antivirus, "SECONDS", 0)
    with pytest.raises(TimeoutError):
        antivirus._Stream(SENT).read(10)


@pytest.mark.parametrize(
    "address", ["127.0.0.1:3310", "tcp://127.0.0.1", "tcp://h:port", "http://h:1", "unix:clamd", "x"]
)
def test_a_bad_address_is_not_clean_and_is_told(settings, address: str) -> None:
    settings.AMARRE_CLAMD = address
    assert antivirus.configured()
    assert antivirus.scan(SENT) is Verdict.UNAVAILABLE
    with pytest.raises(BadAddress, match="par exemple tcp://"):
        antivirus.answers()


def test_what_waits_says_so() -> None:
    assert Verdict.UNAVAILABLE.label == "analyse en attente"


def test_the_client_is_imported_only_where_a_daemon_is_configured() -> None:
    """Its licence is not ours: a house without a daemon never loads it."""
    said = subprocess.run(
        [sys.executable, "-c", "import sys, django; django.setup(); from amarre.core import antivirus as a;"
         "print(a.scan(b'x'), 'clamav_client' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.split() == ["OFF", "False"]


def test_the_doctor_says_whether_there_is_one_and_whether_it_answers(settings) -> None:
    settings.AMARRE_CLAMD = ""
    assert "aucun" in doctor._antivirus_name()
    assert doctor._examined(doctor._antivirus) is None, "it is optional"
    with daemon(looking) as (settings.AMARRE_CLAMD, _):
        assert doctor._antivirus_name() == "Antivirus"
        assert doctor._examined(doctor._antivirus) is None
    assert "Connection refused" in str(doctor._examined(doctor._antivirus))
    settings.AMARRE_CLAMD = "clamd"
    assert "par exemple" in str(doctor._examined(doctor._antivirus))
    with daemon(b"") as (settings.AMARRE_CLAMD, _):
        assert doctor._examined(doctor._antivirus)
