"""Documents: nothing hostile is kept, nothing is opened before its scan, what is infected is destroyed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from amarre.core import commands as core
from amarre.core.commands import NotAllowed
from amarre.plans import commands, commands_papers
from amarre.plans import models as m
from tests.cast import as_owner
from tests.core.hostile_files import picture
from tests.core.test_antivirus import daemon
from tests.plans.acting import W, again, by, refusal
from tests.rows import YANIS_CASE
from tests.web.entry.test_links import to_the_mailbox
from tests.web.entry.test_space import ask, give, mailed_code

pytestmark = pytest.mark.django_db
__all__ = ["to_the_mailbox"]

NOBODY = "tcp://127.0.0.1:9"
VIRUS = b"stream: Essai-Signature FOUND\n"
WAITS = "L’antivirus ne répond pas encore. Le document est gardé\u00a0; réessayez dans quelques minutes."


def send(code: str = "ines", **said: Any) -> m.Document:
    whole = {"plan": W.plan(), "name": "lettre.png", "content": picture("PNG"), **said}
    return by(code, commands_papers.add_document, **whole)


def body_of(document: m.Document) -> bytes | None:
    with as_owner():
        row = m.DocumentFile.objects.filter(document_id=document.pk).first()
        return bytes(row.body) if row else None


def scan(document: m.Document, code: str = "ines") -> str:
    return refusal(code, commands_papers.scan_again, document=document)


def the_space() -> Client:
    client = Client()
    ask(client)
    give(client, mailed_code())
    return client


@pytest.mark.parametrize("code", ["ines", "claire"])
def test_a_photo_is_kept_as_a_bare_picture(code: str) -> None:
    kept = send(code, title=" ")
    assert (kept.title, kept.kind, kept.scan) == ("lettre.jpg", "image/jpeg", "off")
    body = body_of(kept)
    assert body
    assert body.startswith(b"\xff\xd8\xff")
    assert kept.size == len(body)
    assert kept.side == ("person" if code == "ines" else "worker")
    assert (kept.author_id is None) is (code == "ines")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ" + bytes(200), "Ce fichier n’est ni une photo ni un PDF."),
        (b"PK\x03\x04" + bytes(200), "Un document Word, Excel ou une archive ne peut pas être reçu."),
        (b"<script>alert(1)</script>", "Ce fichier n’est ni une photo ni un PDF."),
        (b"", ""),
    ],
)
def test_a_hostile_file_is_refused_and_nothing_is_kept(content: bytes, sentence: str) -> None:
    before = count()
    said = refusal("ines", commands_papers.add_document, plan=W.plan(), name="photo.jpg", content=content)
    assert said
    assert said.startswith(sentence)
    assert count() == before


def count() -> tuple[int, int]:
    with as_owner():
        return m.Document.objects.count(), m.DocumentFile.objects.count()


def test_a_document_waits_for_the_antivirus_and_is_opened_by_nobody(settings, to_the_mailbox: None) -> None:
    settings.AMARRE_CLAMD = NOBODY
    document = send()
    assert (document.scan, scan(document), again(document).scan) == ("pending", WAITS, "pending")
    client, address = the_space(), f"/espace/documents/{document.pk}/"
    assert client.get(address).status_code == 404
    with daemon(b"stream: OK\n") as (clamd, asked):
        settings.AMARRE_CLAMD = clamd
        assert scan(document, "claire") == ""
        assert asked.received == body_of(document), "what is kept is what was scanned"
    assert again(document).scan == "clean"
    opened = client.get(address)
    assert opened.status_code == 200
    assert b"".join(opened) == body_of(document)
    assert scan(document) == "Ce document est déjà analysé."


@pytest.mark.parametrize("code", ["ines", "claire"])
def test_what_is_infected_is_destroyed(settings, to_the_mailbox: None, code: str) -> None:
    """By whichever side asks, whoever had sent it."""
    settings.AMARRE_CLAMD = NOBODY
    hers, theirs = send(), send("claire")
    with daemon(VIRUS) as (clamd, _):
        settings.AMARRE_CLAMD = clamd
        assert scan(hers, code) == scan(theirs, code) == ""
    for document in (hers, theirs):
        kept = again(document)
        assert kept.scan == "infected"
        assert kept.removed_on
        assert body_of(document) is None
        assert the_space().get(f"/espace/documents/{document.pk}/").status_code == 404
        assert scan(document) == "Ce document est déjà analysé."


def test_what_is_infected_on_arrival_is_never_kept(settings) -> None:
    before = count()
    with daemon(VIRUS) as (clamd, _):
        settings.AMARRE_CLAMD = clamd
        said = refusal("ines", commands_papers.add_document, plan=W.plan(), name="x.png", content=picture("PNG"))
    assert said == "L’antivirus refuse ce fichier. Il n’est pas gardé. Prenez plutôt une photo du papier."
    assert count() == before


def test_a_file_that_is_gone_is_not_scanned(settings) -> None:
    settings.AMARRE_CLAMD = NOBODY
    document = send()
    by("ines", commands_papers.remove_document, document=document)
    assert scan(document) == "Ce document n’est plus là."


def test_taking_back_destroys_the_file_and_leaves_the_line() -> None:
    document = send()
    with pytest.raises(NotAllowed):
        by("claire", commands_papers.remove_document, document=document)
    with pytest.raises(NotAllowed):
        by("yanis", commands_papers.remove_document, document=document)
    by("ines", commands_papers.remove_document, document=document)
    assert body_of(document) is None
    assert again(document).removed_on
    assert refusal("ines", commands_papers.remove_document, document=document) == "Ce document est déjà retiré."


def test_what_proves_an_agreement_stays() -> None:
    page = send("claire")
    version = W.part(m.Version, state="proposed")
    by("claire", commands.answer_version, version=version, agreed=True, how="paper", proof=page)
    assert refusal("claire", commands_papers.remove_document, document=page) == (
        "Ce document prouve un accord\u00a0: il reste avec le projet."
    )
    assert body_of(page)


def test_a_document_joins_an_application_of_its_own_plan() -> None:
    there = W.part(m.Application)
    assert send(application=there).application_id == there.pk
    said = refusal(
        "yanis", commands_papers.add_document, plan=W.plan(YANIS_CASE), name="x.png", content=picture("PNG"),
        application=there,
    )  # fmt: skip
    assert said == "Cette démarche n’est pas de ce projet."


def test_there_is_an_end_to_it() -> None:
    row = W.part(m.Document)
    with as_owner(), core.loading():
        m.Document.objects.bulk_create(
            [m.Document(plan=W.plan(), title="x", kind="x", size=1, side="person", at=row.at, scan="off")
             for _ in range(199)]
        )  # fmt: skip
    assert refusal("ines", commands_papers.add_document, plan=W.plan(), name="x", content=b"x") == (
        "Il y a déjà beaucoup de documents ici. Retirez-en avant d’en ajouter."
    )
