"""Word templates of the service: checked when they come, closed when they are replaced, kept by two roles alone."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from amarre.config.demo.letters import _ASKED
from amarre.core import word
from amarre.sharing import commands_templates, letter_words
from amarre.sharing import models as m
from amarre.sharing.letter_sample import sample_template
from amarre.sharing.states_letters import LetterKind
from tests.cast import as_owner, user
from tests.core.hostile_docx import REFUSED, template
from tests.core.test_antivirus import daemon
from tests.plans.acting import by, refusal
from tests.rows_letters import OWN_TEMPLATE, SENT_TEMPLATE
from tests.trios.letters import kept
from tests.trios.sharing import left

pytestmark = pytest.mark.django_db

NEW = {"name": "Courrier maison", "purpose": "person"}
HOSTILE = {
    "macro": ("macro", REFUSED["macro.docx"][1]),
    "bomb": ("trop de travail", REFUSED["bombe.docx"][1]),
    "injection": ("n’est pas comprise", lambda: template("{{ contenu.__class__ }}")),
    "not ours": ("« dossier.notes »", lambda: template("{{ dossier.notes }}")),
    "somebody else's name": ("« reference »", lambda: template("{{ reference }}")),
}


def add(content: bytes, code: str = "alex", **said: Any) -> m.LetterTemplate:
    return by(code, commands_templates.add_template, content=content, **(NEW | said))


def no(content: bytes, **said: Any) -> str:
    return refusal("alex", commands_templates.add_template, content=content, **(NEW | said))


def count() -> int:
    with as_owner():
        return m.LetterTemplate.objects.count()


def client(code: str) -> Client:
    found = Client()
    found.force_login(user(code))
    return found


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_template_sent_by_the_page_is_refused_with_a_sentence(case: str) -> None:
    said, made = HOSTILE[case]
    before = count()
    file = SimpleUploadedFile("modèle.docx", made(), content_type=word.KIND)
    answer = client("alex").post(reverse("staff:settings_letters"), NEW | {"file": file})
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("\u202f", " ")
    assert "Courrier maison" in answer.content.decode(), "what was typed is kept"
    assert count() == before


def test_a_usual_template_is_kept_with_what_it_asks_for() -> None:
    file = SimpleUploadedFile("x.bin", template("{{ contenu }} {{ lieu|default('ici') }}"))
    answer = client("marc").post(reverse("staff:settings_letters"), NEW | {"file": file})
    assert answer.status_code == 302
    row = kept("Courrier maison")
    assert (row.variables, row.optional, row.version, row.active) == (["contenu", "lieu"], ["lieu"], 1, True)
    answer = client("marc").get(reverse("staff:settings_letter_file", args=[row.pk]))
    assert answer.content == bytes(row.content)
    assert answer["Content-Type"] == word.KIND
    assert answer["Content-Disposition"] == 'attachment; filename="Courrier maison.docx"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_page_lists_every_variable_to_copy() -> None:
    assert len(letter_words.known(LetterKind.TRANSMISSION)) >= 12
    assert len(letter_words.known(LetterKind.PERSON)) >= 12
    text = client("alex").get(reverse("staff:settings_letters")).content.decode()
    for variable in letter_words.VARIABLES:
        assert variable.mark in text, variable.name


def test_every_variable_of_the_list_may_be_copied_into_word() -> None:
    for kind in (LetterKind.TRANSMISSION, LetterKind.PERSON):
        marks = [v.mark for v in letter_words.VARIABLES if kind in v.kinds]
        lines = [
            line for mark in marks for line in mark.replace("%} {{", "%}\n{{").replace("}} {%", "}}\n{%").split("\n")
        ]
        row = add(template(*lines), purpose=kind, name=f"Tout {kind}")
        assert set(row.variables) == letter_words.known(kind)


def test_the_example_is_a_template_for_both() -> None:
    for kind in (LetterKind.TRANSMISSION, LetterKind.PERSON):
        assert add(sample_template(), purpose=kind).variables
    answer = client("alex").get(reverse("staff:settings_letter_sample"))
    assert docx.Document(io.BytesIO(answer.content)).sections[0].header.paragraphs[0].text == "Nom de votre service"


def test_the_demonstration_knows_what_its_template_asks_for() -> None:
    assert word.inspect(sample_template()).variables == _ASKED


def test_a_replaced_template_is_closed_and_letters_keep_theirs() -> None:
    old = kept(SENT_TEMPLATE)
    new = by("marc", commands_templates.replace_template, template=old, content=template("{{ contenu }}"))
    assert (new.version, new.name, new.active, new.purpose) == (old.version + 1, old.name, True, old.purpose)
    with as_owner():
        assert not m.LetterTemplate.objects.get(pk=old.pk).active
        assert m.Letter.objects.filter(template=old).exists()
    assert "n’est plus proposé" in refusal("marc", commands_templates.withdraw_template, template=old)


def test_a_template_that_is_refused_leaves_the_one_before() -> None:
    page = reverse("staff:settings_letter", args=[kept().pk])
    file = SimpleUploadedFile("x.docx", REFUSED["macro.docx"][1]())
    assert client("alex").post(page, {"file": file}).status_code == 422
    assert kept().active


def test_a_withdrawn_template_is_no_longer_proposed() -> None:
    staff = client("claire")
    page = reverse("staff:letter_transmission", args=[left().pk])
    assert SENT_TEMPLATE in staff.get(page).content.decode()
    address = reverse("staff:settings_letter_withdraw", args=[kept(SENT_TEMPLATE).pk])
    assert client("alex").post(address).status_code == 302
    assert client("alex").post(address).status_code == 302, "twice: it says so"
    assert SENT_TEMPLATE not in staff.get(page).content.decode()


def test_a_template_has_a_name_of_its_own_and_a_use() -> None:
    content = template("{{ contenu }}")
    assert "porte déjà ce nom" in no(content, name=OWN_TEMPLATE.upper())
    assert add(content, name=OWN_TEMPLATE, purpose="transmission").version == 1
    assert "Donnez un nom" in no(content, name=" ")
    assert "à qui s’adressent" in no(content, purpose="certificate")


def test_what_is_too_large_is_not_opened(settings) -> None:
    assert "5 Mo" in no(bytes(word.MOST + 1))
    settings.AMARRE_UPLOAD_MAX = 1000
    assert "dépasse" in no(bytes(1001))


def test_the_antivirus_is_asked_first(settings) -> None:
    settings.AMARRE_CLAMD = "tcp://127.0.0.1:9"
    assert "ne répond pas" in no(template("{{ contenu }}"))
    with daemon(b"stream: Essai-Signature FOUND\n") as (clamd, _):
        settings.AMARRE_CLAMD = clamd
        assert "refuse ce fichier" in no(template("{{ contenu }}"))
