"""LibreOffice: what it is asked, where a letter lies while it is drawn, and what is said when it is absent or fails."""

from __future__ import annotations

import os
import shutil
import stat
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from amarre.config.commands import doctor
from amarre.core import office
from amarre.core.commands import Refused
from amarre.core.office import Absent
from tests.core.hostile_docx import template

REAL = shutil.which("soffice") or shutil.which("libreoffice")
NOTES = """#!/bin/sh
# Stands for LibreOffice: a real program, that keeps what it saw and draws a page.
printf '%s\\n' "$@" > {kept}/arguments
env > {kept}/environment
pwd > {kept}/folder
stat -c '%a' . > {kept}/rights
cp lettre.docx {kept}/received
"""
DRAWS = "printf '%%PDF-1.7 page' > lettre.pdf\n"


@pytest.fixture
def soffice(tmp_path: Path, settings):
    """Puts a small program in LibreOffice's place; what it saw is in the folder that is returned."""

    def install(does: str) -> Path:
        program = tmp_path / "soffice"
        program.write_text(NOTES.format(kept=tmp_path) + does, "utf-8")
        program.chmod(0o755)
        settings.AMARRE_SOFFICE = str(program)
        return tmp_path

    return install


def left() -> list[Path]:
    return list(office._place().glob(f"{office._PREFIX}*"))


def test_a_letter_is_drawn_in_a_folder_of_its_own_that_is_removed(soffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "secret")
    kept = soffice(DRAWS)
    assert office.available()
    assert office.to_pdf(b"une lettre") == b"%PDF-1.7 page"
    assert (kept / "received").read_bytes() == b"une lettre"
    assert (kept / "rights").read_text("utf-8").strip() == "700"
    assert not Path((kept / "folder").read_text("utf-8").strip()).exists()
    assert "secret" not in (kept / "environment").read_text("utf-8")
    asked = (kept / "arguments").read_text("utf-8")
    assert "--headless" in asked
    assert '"UseTaggedPDF":{"type":"boolean","value":"true"}' in asked
    assert '"PDFUACompliance":{"type":"boolean","value":"true"}' in asked
    assert "-env:UserInstallation=file:///" in asked


@pytest.mark.parametrize(
    "does", ["exit 3\n", "exit 0\n", "printf 'erreur' > lettre.pdf\n", "sleep 600 & sleep 600\n"],
    ids=["fails", "nothing", "no-pdf", "endless"],
)  # fmt: skip
def test_what_goes_wrong_is_said_and_nothing_is_left(soffice, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    monkeypatch.setattr(office, "SECONDS", 1 if "sleep" in does else 60)
    soffice(does)
    before = left()
    with pytest.raises(Refused, match=r"depuis Word\.") as refusal:
        office.to_pdf(b"une lettre")
    assert not isinstance(refusal.value, Absent)
    assert left() == before


def test_it_is_optional_and_its_absence_is_said(settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings.AMARRE_SOFFICE = ""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not office.available()
    with pytest.raises(Absent, match="LibreOffice n’est pas installé"):
        office.to_pdf(b"une lettre")
    assert "aucun" in doctor._office_name()
    assert doctor._office() is None


def test_doctor_says_where_it_is_and_finds_a_wrong_path(soffice, settings) -> None:
    kept = soffice(DRAWS)
    assert str(kept / "soffice") in doctor._office_name()
    assert doctor._office() is None
    settings.AMARRE_SOFFICE = "/nulle/part/soffice"
    assert doctor._office() is not None
    with pytest.raises(Absent):
        office.to_pdf(b"une lettre")


def test_a_folder_left_by_a_process_that_was_killed_is_removed(soffice) -> None:
    soffice(DRAWS)
    old, young = (office._place() / f"{office._PREFIX}{name}-essai" for name in ("old", "young"))
    for folder in (old, young):
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / "lettre.docx").write_bytes(b"secret")
    os.utime(old, (time.time() - office._FORGOTTEN - 60,) * 2)
    try:
        office.to_pdf(b"une lettre")
        assert not old.exists()
        assert young.exists()
    finally:
        shutil.rmtree(young)


def test_without_memory_to_lie_in_it_is_the_installation_s_own_folder(
    soffice, settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(office, "_IN_MEMORY", tmp_path / "absent")
    settings.AMARRE_DATA = tmp_path / "data"
    kept = soffice(DRAWS)
    office.to_pdf(b"une lettre")
    assert (kept / "folder").read_text("utf-8").startswith(str(tmp_path / "data" / "tmp"))
    assert stat.S_IMODE((tmp_path / "data" / "tmp").stat().st_mode) == 0o700
    assert list((tmp_path / "data" / "tmp").iterdir()) == []


@pytest.mark.skipif(REAL is None, reason="LibreOffice is not installed on this machine: the real one is NOT tested")
def test_the_real_one_makes_a_tagged_pdf(settings, tmp_path: Path) -> None:
    settings.AMARRE_SOFFICE = REAL
    drawn = tmp_path / "drawn.pdf"
    drawn.write_bytes(office.to_pdf(template("Bonjour Nadia")))
    reader = PdfReader(drawn)
    assert "Bonjour Nadia" in reader.pages[0].extract_text()
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
