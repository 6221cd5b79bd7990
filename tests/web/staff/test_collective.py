"""Collective actions through the staff door: from a wish to the account, a small team, the shelf, the log, the year."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from amarre.collective.models import Action, Improvement, Material, Offer, Session
from amarre.core.tables_out import Sheet, write_workbook
from tests.cast import as_owner, user
from tests.collective.acting import agreed, evaluated, kept, planned, set_row, workplace
from tests.core.hostile_files import picture

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def browser(code: str = "claire") -> Client:
    client = Client()
    client.force_login(user(code))
    return client


@pytest.fixture
def claire() -> Client:
    return browser()


def url(name: str, *args: object) -> str:
    return reverse(f"staff:{name}", args=args)


def newest(model: type) -> object:
    with as_owner():
        return model.objects.order_by("-pk")[0]


def offer(code: str) -> Offer:
    with as_owner():
        return Offer.objects.get(code=code)


def asked(claire: Client, code: str) -> Action:
    place = workplace("120 salariés")
    found = claire.get(url("collective_new"), {"q": "Conserverie"}).content.decode()
    assert f"?lieu={place.pk}" in found
    here = f"{url('collective_new')}?lieu={place.pk}"
    assert claire.post(here, {"need": "Une réunion"}).status_code == 422
    said = {"offer": offer(code).pk, "asker": "employer", "need": "Une réunion pour tous"}
    assert claire.post(here, said).status_code == 302
    action = newest(Action)
    assert isinstance(action, Action)
    return action


def test_from_a_wish_to_the_account(claire: Client) -> None:
    action = asked(claire, "carers")
    here = url("collective_action", action.pk)
    assert claire.post(here, {"discussion": "Une heure suffit"}).status_code == 302
    assert (
        claire.post(here, {"agreed_with": "la direction", "agreed_on": TODAY, "place": "Réfectoire"}).status_code == 302
    )
    day = TODAY + timedelta(days=30)
    said = {"day": day, "starts": "10:00", "ends": "11:00", "team": [user("claire").pk], "languages": ["fr"],
            "capacity": 12, "sign_up": "on"}  # fmt: skip
    assert claire.post(url("collective_session_new", action.pk), said).status_code == 302
    session = newest(Session)
    told = url("collective_tell", action.pk)
    assert claire.post(told, {"more": "Les Clés du port, Montreuil"}).status_code == 302, "announced"
    assert "Jour" in claire.get(url("collective_session_edit", session.pk)).content.decode()
    changed = {**said, "place": "Salle bleue"}
    assert claire.post(url("collective_session_edit", session.pk), changed).status_code == 302
    assert kept(session).place == "Salle bleue"
    set_row(session, day=TODAY - timedelta(days=1))
    assert claire.post(url("collective_session", session.pk), {"head_count": 14}).status_code == 302
    assert claire.post(url("collective_evaluation_open", action.pk)).status_code == 302
    page = claire.get(here).content.decode()
    assert kept(action).evaluation_code in page
    assert claire.post(url("collective_evaluation_close", action.pk)).status_code == 302
    assert "Moins de cinq réponses" in claire.get(here).content.decode()
    assert claire.post(url("collective_follow_ups", action.pk), {"follow_ups": 2}).status_code == 302
    assert claire.post(here, {"report": "Une séance, des questions."}).status_code == 302
    account = claire.get(url("collective_account", action.pk)).content.decode()
    assert "14 personnes" in account
    assert "Moins de 11 réponses" in account
    assert "sollicitations" not in account.casefold(), "no figure about individual support"
    assert claire.post(here, {"look_back": "Rien n’a changé."}).status_code == 302
    assert claire.post(here).status_code == 302
    assert kept(action).state == "closed"
    assert action.title in claire.get(url("collective")).content.decode()


def test_a_small_team_and_a_grave_theme(claire: Client) -> None:
    """What is shown then: that the session was held, and why nothing else is."""
    action = agreed("violence", headcount="12 salariés")
    assert "rien n’est compté" in claire.get(url("collective_action", action.pk)).content.decode()
    session = planned(action)
    form = claire.get(url("collective_session_edit", session.pk)).content.decode()
    assert "Proposer une inscription" not in form
    set_row(session, day=TODAY - timedelta(days=1))
    assert "Personnes présentes" not in claire.get(url("collective_session", session.pk)).content.decode()
    assert claire.post(url("collective_session", session.pk)).status_code == 302
    page = claire.get(url("collective_action", action.pk)).content.decode()
    assert "Ouvrir les questions" not in page
    assert "Nombre de sollicitations" not in page
    for path, said in (("collective_evaluation_open", {}), ("collective_follow_ups", {"follow_ups": 1})):
        claire.post(url(path, action.pk), said)
    row = kept(action)
    assert (row.evaluation, row.follow_ups) == ("none", None)
    account = claire.get(url("collective_account", action.pk)).content.decode()
    assert "pourrait désigner quelqu’un" in account


def test_an_action_may_end_early(claire: Client) -> None:
    asked_one, agreed_one = asked(claire, "housing"), agreed("carers")
    claire.post(url("collective_refuse", asked_one.pk), {"why": "Hors de nos missions"})
    claire.post(url("collective_withdraw", agreed_one.pk), {"why": "Reportée"})
    assert (kept(asked_one).state, kept(agreed_one).state) == ("refused", "withdrawn")
    assert "Hors de nos missions" in claire.get(url("collective_action", asked_one.pk)).content.decode()
    assert claire.get(url("collective_agreement", agreed_one.pk)).status_code == 200
    cancelled = planned(agreed("return"))
    claire.post(url("collective_session_cancel", cancelled.pk))
    assert kept(cancelled).state == "cancelled"


def test_the_catalogue_is_the_coordinator_s() -> None:
    marc = browser("marc")
    said = {"title": "Le tri des papiers", "kind": "workshop", "theme": "BUDGET", "aim": "Y voir clair", "minutes": 60,
            "languages": ["fr"], "questions": "Un\nDeux\nTrois"}  # fmt: skip
    assert marc.post(url("collective_offer_new"), said | {"questions": "Un"}).status_code == 422
    assert marc.post(url("collective_offer_new"), said).status_code == 302
    row = newest(Offer)
    assert marc.post(url("collective_offer", row.pk), said | {"title": "Les papiers"}).status_code == 302
    assert not kept(row).active
    assert "n’est plus proposée" in marc.get(url("collective_catalogue")).content.decode()


def test_a_material_and_its_versions(claire: Client) -> None:
    sent = SimpleUploadedFile("a.png", picture("PNG"))
    assert claire.post(url("collective_materials"), {"title": "Dépliant", "file": sent}).status_code == 302
    row = newest(Material)
    again = SimpleUploadedFile("b.png", picture("PNG"))
    assert claire.post(url("collective_material", row.pk), {"file": again}).status_code == 302
    second = newest(Material)
    assert second.version == 2
    answer = claire.get(url("collective_material_file", second.pk))
    assert answer.content.startswith(b"\xff\xd8")
    assert "attachment" in answer["Content-Disposition"]
    claire.post(url("collective_material_withdraw", second.pk))
    assert "Dépliant" not in claire.get(url("collective_materials")).content.decode()


def test_the_log_of_work() -> None:
    nora, place = browser("nora"), workplace("120")
    here = f"{url('collective_improvement_new')}?lieu={place.pk}"
    assert f"?lieu={place.pk}" in nora.get(url("collective_improvement_new"), {"q": "Conserverie"}).content.decode()
    assert nora.post(here, {"title": "Bruit", "observation": "Appelez le 06 12 34 56 78"}).status_code == 422
    assert nora.post(here, {"title": "Bruit", "observation": "Deux machines"}).status_code == 302
    line = url("collective_improvement", newest(Improvement).pk)
    trial = {"idea": "Décaler", "indicators": "Le bruit", "trial_from": TODAY, "trial_until": TODAY}
    assert nora.post(line, trial).status_code == 302
    assert nora.post(line, {"result": "Moins de bruit", "kept": "yes"}).status_code == 302
    assert "Moins de bruit" in nora.get(line).content.decode()


def test_the_year_and_its_workbook(claire: Client) -> None:
    action = evaluated(12, heads=15)
    day = TODAY - timedelta(days=40)
    assert action.theme_label in claire.get(url("collective_year"), {"annee": day.year}).content.decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(claire.get(url("collective_year_file", day.year)).content))
    rows = book.get_sheet_by_name("Thèmes").to_python()
    (line,) = [row for row in rows if row[0] == action.theme_label]
    assert line[1:6] == [1, 1, 15, 0, 12]


def test_a_workbook_runs_nothing() -> None:
    made = write_workbook([Sheet("S", ("a",), [("=1+1",), ("https://ailleurs.example",), (None,), (TODAY,)])])
    cells = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name("S").to_python()
    assert cells[1] == ["=1+1"]
    assert b"hyperlink" not in made


def test_the_sheet_of_a_training(claire: Client) -> None:
    with as_owner():
        session = Session.objects.filter(action__kind="manager_training").order_by("pk")[0]
    here = url("collective_session", session.pk)
    said = {"name": "Ida Essai", "signature": "ticked"}
    claire.post(url("collective_attendance", session.pk), said)
    assert "Ida Essai" in claire.get(here).content.decode()
    assert "Ida Essai" not in browser("nora").get(here).content.decode()
    assert "inscription" not in claire.post(url("collective_attendance", session.pk), {"name": ""}).content.decode()


def test_what_is_due_stands_in_the_day_and_at_the_company() -> None:
    action = agreed()
    planned(action, TODAY + timedelta(days=10))
    day = reverse("staff:day")
    shown = browser().get(day).content.decode()
    assert url("collective_action", action.pk) in shown
    assert "annoncer l’action" in shown
    assert url("collective_action", action.pk) not in browser("bruno").get(day).content.decode(), "not his to do"
    company = reverse("staff:company", args=[action.company_id])
    assert action.title in browser("bruno").get(company).content.decode()


def test_a_wish_that_nobody_took_up_is_everybody_s_here_and_nobody_s_elsewhere() -> None:
    action = set_row(agreed(), state="requested", agreed_on=None, lead=None)
    here = url("collective_action", action.pk)
    assert here in browser("bruno").get(reverse("staff:day")).content.decode()
    assert here not in browser("theo").get(reverse("staff:day")).content.decode(), "another centre"


def test_a_session_in_the_agenda_is_moved_on_its_own_page(claire: Client) -> None:
    session = planned(agreed())
    meeting = reverse("staff:agenda_meeting", args=[kept(session).appointment_id])
    shown = claire.get(meeting).content.decode()
    assert url("collective_session", session.pk) in shown
    assert "Rendre ce temps" not in shown
    assert meeting in claire.get(url("collective_session", session.pk)).content.decode()
