"""Visits: the sheet, arrived, left, longer; who is told when nobody came back, once, and whom they may call."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.appointments import models as m
from amarre.appointments.tasks import watch_visits
from amarre.cases.models import Case
from amarre.core.actor import MACHINE
from amarre.core.commands import loading
from amarre.core.models import Notice
from amarre.core.notices_text import mail_text
from amarre.core.notices_words import Says
from amarre.core.scope import acting_as
from amarre.people.models import Person
from amarre.web.staff.visits.bar import alarm_bar
from tests.cast import actor, as_owner, user
from tests.rows import INES_CASE
from tests.trios import appointments as world

pytestmark = pytest.mark.django_db
CASE_WARNING = "consigne-du-dossier"


@pytest.fixture(autouse=True)
def _one_visit_out() -> None:
    """The overdue ones of the world are over: only the coming one counts."""
    with as_owner(), loading():
        late = m.Visit.objects.filter(back_at__lt=timezone.now(), out_at=None)
        for row in late:
            row.in_at = row.out_at = row.back_at
            row.save()
        case = Case.objects.get(number=INES_CASE)
        case.safety = CASE_WARNING
        case.save()


def visit() -> m.Visit:
    """The one that comes, whatever the clock says."""
    return world.visit(appointment__mode="home")


def signed(code: str) -> Client:
    client = Client()
    client.force_login(user(code))
    return client


def url(name: str = "visit") -> str:
    return reverse(f"staff:{name}", args=[visit().appointment_id])


def at(moment: datetime, minutes: int = 0) -> time_machine.travel:
    return time_machine.travel(moment + timedelta(minutes=minutes), tick=True)


def watch() -> int:
    with acting_as(MACHINE):
        return watch_visits()


def told() -> list[str]:
    """The keys of what was said."""
    with as_owner():
        return list(Notice.objects.filter(says=Says.OVERDUE).order_by("pk").values_list("key", flat=True))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_told_once_then_the_coordinators_once() -> None:
    back = visit().back_at
    for minutes, said in ((-5, 0), (9, 0), (11, 1), (16, 1), (30, 1), (32, 2), (50, 2), (300, 2)):
        with at(back, minutes):
            watch()
            assert len(told()) == said, minutes
    assert [key.split(":")[0] for key in told()] == ["visit", "visit_raised"]


def test_the_coordinator_is_called_by_name_of_nobody() -> None:
    subject, body = mail_text(Says.OVERDUE, "fr", "https://amarre.example/pro/")
    for word in ("Inès", "Claire", "domicile", "visite", "canari"):
        assert word not in subject + body


@pytest.mark.parametrize("act", ["visit_left", "visit_longer", "visit_take"])
def test_nothing_once_somebody_answered(act: str) -> None:
    row = visit()
    back = row.back_at
    with at(back, 11):
        assert watch() == 1
        who = "bruno" if act == "visit_take" else "claire"
        until = str(int((back + timedelta(hours=2)).timestamp()))
        assert signed(who).post(url(act), {"until": until}).status_code == 302
    with at(back, 60):
        assert watch() == 0
    assert len(told()) == 1


def test_left_in_time_nobody_is_told() -> None:
    back = visit().back_at
    with at(back, -10):
        signed("claire").post(url("visit_left"))
    with at(back, 120):
        assert watch() == 0
    assert told() == []


def test_longer_then_late_again_is_looked_for_again() -> None:
    back = visit().back_at
    with at(back, 11):
        assert watch() == 1
        until = back + timedelta(minutes=60)
        signed("claire").post(url("visit_longer"), {"until": str(int(until.timestamp()))})
    with at(until, 9):
        assert watch() == 0
    with at(until, 11):
        assert watch() == 1
    assert len(told()) == 2


def test_a_meeting_called_off_raises_nothing() -> None:
    row = visit()
    with as_owner(), loading():
        m.Appointment.objects.filter(pk=row.appointment_id).update(state="cancelled")
    with at(row.back_at, 60):
        assert watch() == 0
        assert signed("bruno").get(url()).status_code == 404


def test_sent_twice_changes_nothing() -> None:
    with at(visit().appointment.starts_at):
        claire = signed("claire")
        assert claire.post(url("visit_arrived")).status_code == 302
        first = visit().in_at
        answer = claire.post(url("visit_arrived"), follow=True)
    assert "déjà notée" in answer.content.decode()
    assert visit().in_at == first
    with at(visit().back_at):
        claire = signed("claire")
        claire.post(url("visit_left"))
        first = visit().out_at
        answer = claire.post(url("visit_left"), follow=True)
    assert "déjà noté" in answer.content.decode()
    assert visit().out_at == first


def test_the_colleague_who_was_told_reads_whom_to_call_and_no_case() -> None:
    row = visit()
    with as_owner(), loading():
        m.Visit.objects.filter(pk=row.pk).update(phone="0600000099", told=user("lea").pk)
    with at(row.back_at, 15):
        lea = signed("lea")
        watch()
        shown = text(lea, url())
    for word in ("06 00 00 00 99", "Je m’en occupe", "canari-visite-adresse", "Claire"):
        assert word in shown
    for word in ("Inès", "Benali", CASE_WARNING, "canari-rdv-motif"):
        assert word not in shown
    with at(row.back_at, 16):
        assert lea.post(url("visit_take")).status_code == 302
        assert "s’en occupe" in text(lea, url())


def test_a_coordinator_comes_in_when_it_is_raised_and_only_then() -> None:
    row = visit()
    with at(row.back_at, 11):
        watch()
        assert signed("marc").get(url()).status_code == 404
    with at(row.back_at, 45):
        watch()
        marc = signed("marc")
        assert "canari-visite-adresse" in text(marc, url())
        assert marc.post(url("visit_take")).status_code == 302
        assert "s’en occupe" in text(marc, reverse("staff:visits"))
        signed("claire").post(url("visit_left"))
        assert marc.get(url()).status_code == 404


def test_the_bar_names_who_is_out_and_nobody_else() -> None:
    row = visit()

    def bar(code: str) -> list[str]:
        who = actor(code)
        with acting_as(who):
            return [a.title for a in alarm_bar(who)]

    with at(row.back_at, 11):
        watch()
        assert bar("bruno") == [f"Visite sans nouvelles\u00a0: {user('claire').name}"]
        assert bar("claire") == ["Vous n’avez pas dit que vous étiez reparti(e)"]
        assert bar("marc") == bar("nadia") == bar("sophie") == []
    with at(row.back_at, 40):
        watch()
        assert len(bar("marc")) == 1
    with at(row.appointment.starts_at, 5):
        assert bar("bruno") == []
        assert bar("claire") == ["Votre visite en cours"]


def _forget() -> m.Appointment:
    """The coming visit has no sheet yet."""
    row = visit()
    with as_owner(), loading():
        m.Visit.objects.filter(pk=row.pk).delete()
    return row.appointment


def test_the_address_is_never_typed_twice() -> None:
    meeting, claire = _forget(), signed("claire")
    page = reverse("staff:visit_edit", args=[meeting.pk])
    with as_owner(), loading():
        person = Person.objects.get(first_name="Inès")
        person.address, person.postcode, person.city = "3 rue des Pinsons", "93100", "Montreuil"
        person.save()
    shown = text(claire, page)
    assert "3 rue des Pinsons\n93100 Montreuil" in shown
    assert CASE_WARNING in shown
    assert "À préparer" in text(claire, reverse("staff:visits"))
    said = {"address": "3 rue des Pinsons", "told": user("bruno").pk, "back": "08:00", "phone": "06 00 00 00 12"}
    answer = claire.post(page, said)
    assert answer.status_code == 422
    assert "Le retour est prévu avant la fin" in answer.content.decode()
    assert claire.post(page, said | {"back": "11:30"}).status_code == 302
    assert CASE_WARNING not in text(signed("bruno"), reverse("staff:visit", args=[meeting.pk]))
    assert "3 rue des Pinsons" in text(signed("bruno"), reverse("staff:visit", args=[meeting.pk]))


def test_an_establishment_comes_before_the_person_s_own_address() -> None:
    meeting = _forget()
    with as_owner(), loading():
        place = m.Appointment._meta.get_field("establishment").related_model.objects.exclude(city="")[0]
        m.Appointment.objects.filter(pk=meeting.pk).update(establishment=place, mode="workplace")
    shown = text(signed("claire"), reverse("staff:visit_edit", args=[meeting.pk]))
    assert place.city in shown.split("<textarea")[1].split("</textarea>")[0]


def test_who_is_no_member_gets_no_address_of_a_person() -> None:
    meeting = _forget()
    with as_owner(), loading():
        person = Person.objects.get(first_name="Inès")
        person.address = "3 rue des Pinsons"
        person.save()
        m.Seat(appointment=meeting, user_id=user("hugo").pk, centre=meeting.centre, host=False,
               span=meeting.span).save()  # fmt: skip
    shown = text(signed("hugo"), reverse("staff:visit_edit", args=[meeting.pk]))
    assert "Pinsons" not in shown
    assert CASE_WARNING not in shown


def test_a_session_that_ended_meanwhile_comes_back_to_the_visit() -> None:
    """A visit lasts longer than a session: whoever says that they left signs in, and is back at the buttons."""
    row = visit()
    with at(row.appointment.starts_at):
        claire = signed("claire")
        claire.get(url())
    with at(row.back_at, 5):
        answer = claire.post(url("visit_left"), headers={"Referer": f"http://testserver{url()}"})
        assert answer.status_code == 302
        assert f"next={quote(url(), safe='')}" in answer["Location"]
        away = claire.post(url("visit_left"), headers={"Referer": f"https://ailleurs.example{url()}"})
        assert url() not in away["Location"]
    assert visit().out_at is None
