"""Announcing through the staff door: what papers name nearby, the files and who may have them, why one is not there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.audit.models import Entry
from amarre.collective import commands, commands_sessions, papers
from amarre.core import commands as core
from amarre.directory.models import Structure
from tests.cast import as_owner, user
from tests.collective.acting import agreed, asked, by, evaluated, held, kept, planned
from tests.collective.sheets import text_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def browser(code: str = "claire") -> Client:
    client = Client()
    client.force_login(user(code))
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"staff:collective_{name}", args=args)


def test_what_is_near_is_chosen_then_corrected_and_printed() -> None:
    claire, action = browser(), agreed("housing")
    assert "fixez d’abord" in claire.get(url("tell", action.pk)).content.decode().lower()
    planned(action)
    assert url("tell", action.pk) in claire.get(url("action", action.pk)).content.decode()
    page = claire.get(url("tell", action.pk)).content.decode()
    assert "D’autres, une par ligne" in page
    assert "Bonjour," in page
    long = {"more": "\n".join(f"Lieu {n}" for n in range(6))}
    answer = claire.post(url("tell", action.pk), long)
    assert answer.status_code == 422
    assert "Lieu 5" in answer.content.decode(), "what was typed stays"
    assert claire.post(url("tell", action.pk), {"more": "La Maison du port, 01 48 70 00 10\n"}).status_code == 302
    assert kept(action).local_contacts == ["La Maison du port, 01 48 70 00 10"]
    sheet = claire.get(url("told", action.pk, "depliant-a5"))
    assert sheet["Content-Type"] == "application/pdf"
    assert "La Maison du port" in text_of(sheet.content)
    assert "La Maison du port" in claire.get(url("tell", action.pk)).content.decode()
    calendar = claire.get(url("told_calendar", action.pk))
    assert calendar["Content-Type"].startswith("text/calendar")
    assert calendar.content.startswith(b"BEGIN:VCALENDAR")
    assert claire.get(url("told", action.pk, "affiche-a3")).status_code == 404
    assert browser("hugo").post(url("tell", action.pk), long).status_code == 403


def test_a_file_is_written_down_before_it_leaves() -> None:
    action = agreed()
    planned(action)
    browser().get(url("told", action.pk, next(iter(papers.TOLD))))
    with as_owner():
        assert Entry.objects.filter(verb="action.paper", outcome="read").exists()


def test_what_cannot_be_printed_yet_says_why() -> None:
    claire, action = browser(), agreed()
    for name, args in (("told", [action.pk, "affiche-a4"]), ("told_calendar", [action.pk]),
                       ("evaluation_card", [action.pk]), ("account_file", [action.pk])):  # fmt: skip
        answer = claire.get(url(name, *args), follow=True)
        assert answer.redirect_chain[-1][0] == url("action", action.pk), name


def test_the_card_the_account_the_sheet_and_the_certificate() -> None:
    claire, action = browser(), agreed()
    held(action, 20)
    asked(action)
    card = url("evaluation_card", action.pk)
    assert card in claire.get(url("action", action.pk)).content.decode()
    assert claire.get(card)["Content-Type"] == "application/pdf"
    over = evaluated(14, heads=17, hour=14)
    by("claire", commands.account_action, action=over, report="Une séance.")
    account = url("account_file", over.pk)
    assert account in claire.get(url("account", over.pk)).content.decode()
    assert "Une séance." in text_of(claire.get(account).content)
    session = planned(agreed("managers"), TODAY - timedelta(days=1))
    line = by("sophie", commands_sessions.sign_attendance, session=session, name="Ida Marchenoir", signature="paper")
    page = claire.get(url("session", session.pk)).content.decode()
    for address in (url("sign_in_sheet", session.pk), url("certificate", line.pk)):
        assert address in page
        assert claire.get(address)["Content-Type"] == "application/pdf"
        assert browser("hugo").get(address).status_code == 403


def test_the_catalogue_says_all_six_of_a_line() -> None:
    page = browser("hugo").get(url("catalogue")).content.decode()
    for head in ("But", "Pour qui", "Durée", "Matériel", "Langues", "Évaluation"):
        assert f'<th scope="col">{head}</th>' in page
    assert "Une salle, des chaises, de quoi projeter" in page
    assert "J’en parlerais à un collègue." in page


def test_the_materials_of_the_theme_are_at_hand() -> None:
    action = agreed("service")
    page = browser().get(url("action", action.pk)).content.decode()
    assert "Affiche d’essai" in page
    assert "version 2" in page
    assert "Affiche d’essai" not in browser().get(url("action", agreed("housing").pk)).content.decode()


def test_a_structure_of_the_directory_is_offered_with_its_telephone() -> None:
    with as_owner(), core.loading():
        near = Structure(name="Clés d’essai", kind="ADIL", city="Montreuil", postcode="93100", phone="01 48 70 00 10",
                         source_id="cles")  # fmt: skip
        near.refresh()
        near.save()
    claire, action = browser(), agreed("housing")
    planned(action)
    line = "Clés d’essai, Montreuil, 01 48 70 00 10"
    assert line in claire.get(url("tell", action.pk)).content.decode()
    assert claire.post(url("tell", action.pk), {"known": [line], "more": "Ailleurs"}).status_code == 302
    assert kept(action).local_contacts == [line, "Ailleurs"]
    page = claire.get(url("tell", action.pk)).content.decode()
    assert f'value="{line}"' in page
    assert "checked" in page
    assert "01 48 70 00 10" in claire.get(url("action", action.pk)).content.decode()
