"""Taking, reading, concluding an appointment, through the pages: said once, found everywhere; no mark anywhere."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from amarre.appointments import links, queries
from amarre.appointments import models as m
from amarre.appointments.commands_after import settle
from amarre.appointments.states import Outcome
from amarre.appointments.tasks import remind
from amarre.cases.models import Note
from amarre.core.actor import MACHINE, Actor, Door
from amarre.core.models import Notice
from amarre.core.scope import acting_as
from amarre.plans.models import Action
from tests.cast import actor, as_owner, user
from tests.plans.acting import W, by
from tests.rows_appointments import FEED_SECRET, at
from tests.trios.appointments import DAY, booking, past

pytestmark = pytest.mark.django_db
SAID = "Préparer la reprise, sans en parler ailleurs"


def signed_in(code: str) -> Client:
    client = Client()
    client.force_login(user(code))
    return client


def text_of(answer: HttpResponse, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def case_url() -> str:
    return reverse("staff:appointment-case", args=[W.case().pk])


def slots_in(text: str) -> list[str]:
    return re.findall(r'name="slot" value="([^"]+\|\d+)"', text)


def hidden(text: str) -> dict[str, str]:
    """What the page sends by itself."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))


def send(client: Client, url: str, **said: Any) -> HttpResponse:
    """Press a button of the page as it is shown."""
    return client.post(url, {**hidden(text_of(client.get(url))), **said})


def made() -> m.Booking:
    with as_owner():
        return m.Booking.objects.select_related("kind", "appointment", "worker", "person").order_by("-made_at")[0]


def why(row: m.Booking) -> m.Matter | None:
    with as_owner():
        return m.Matter.objects.filter(booking=row).first()


def test_from_a_case_the_slots_are_there_and_one_press_books() -> None:
    claire = signed_in("claire")
    text = text_of(claire.get(case_url()))
    assert "Prendre rendez-vous" in text_of(claire.get(reverse("staff:case", args=[W.case().pk])))
    first = slots_in(text)[0]
    answer = send(claire, case_url(), slot=first, reason=SAID)
    row = made()
    assert answer["Location"] == reverse("staff:appointment", args=[row.pk])
    assert (row.person, row.kind.label, row.worker.name) == (W.person(), "Rendez-vous", user("claire").name)
    assert row.appointment.starts_at == datetime.fromisoformat(first.split("|")[0])
    assert why(row).reason == SAID
    assert SAID in text_of(claire.get(answer["Location"]))
    assert SAID not in text_of(signed_in("sophie").get(answer["Location"])), "when, and not why"


def everywhere(row: m.Booking) -> dict[str, Any]:
    """Where an appointment is found: agenda, case, feed, reminders."""
    who = actor("claire")
    day = row.appointment.starts_at.date()
    with acting_as(who):
        agenda = [a.starts_at for a in queries.agenda(who, day, day, who.user_id) if a.pk == row.appointment_id]
        case = [b.appointment.starts_at for b in queries.of_case(who, W.case()) if b.pk == row.pk]
    with acting_as(Actor(door=Door.PUBLIC, token=links.digest(FEED_SECRET))):
        feed = [e.starts for e in queries.feed_events()[1] if e.id == row.appointment_id]
    return {"agenda": agenda, "case": case, "feed": feed, "told": reminders(row)}


def reminders(row: m.Booking) -> list[str]:
    """What waits to leave about it once its reminder is due."""
    with as_owner():
        before = Notice.objects.count()
    with time_machine.travel(row.appointment.starts_at - timedelta(hours=47), tick=False), acting_as(MACHINE):
        remind()
    with as_owner():
        return [n.says for n in Notice.objects.order_by("at", "pk")[before:] if n.key.endswith(f":{row.sequence}")]


def test_said_once_it_is_everywhere_and_moved_once_too() -> None:
    claire = signed_in("claire")
    send(claire, case_url(), slot=f"{at(DAY, 9).isoformat()}|{W.centre().pk}")
    row = made()
    found = everywhere(row)
    assert found == {"agenda": [at(DAY, 9)], "case": [at(DAY, 9)], "feed": [at(DAY, 9)], "told": ["reminder"]}
    move = reverse("staff:appointment-move", args=[row.pk])
    assert claire.post(move, {"slot": f"{at(DAY, 10, 30).isoformat()}|{W.centre().pk}"}).status_code == 302
    with as_owner():
        row = m.Booking.objects.select_related("appointment").get(pk=row.pk)
    moved = at(DAY, 10, 30)
    assert everywhere(row) == {"agenda": [moved], "case": [moved], "feed": [moved], "told": ["reminder"]}


def test_a_slot_that_is_taken_is_a_plain_sentence_and_nothing_typed_is_lost() -> None:
    claire = signed_in("claire")
    slot = f"{at(DAY, 9).isoformat()}|{W.centre().pk}"
    send(claire, case_url(), slot=slot)
    text = text_of(send(claire, case_url(), slot=slot, reason=SAID, quiet="on"), 422)
    assert "vient d’être pris" in text or "Il y a déjà un rendez-vous" in text
    assert SAID in text
    assert 'name="quiet" id="id_quiet" checked' in text or re.search(r'name="quiet"[^>]*checked', text)


def test_another_hour_is_the_workers_alone() -> None:
    late = {"slot": "other", "other_day": DAY.isoformat(), "other_time": "18:30", "other_centre": W.centre().pk}
    assert send(signed_in("claire"), case_url(), **late).status_code == 302
    assert made().appointment.starts_at == at(DAY, 18, 30)
    url = f"{reverse('staff:appointment-new')}?person={W.person().pk}"
    sophie = signed_in("sophie")
    assert "other_day" not in text_of(sophie.get(url))
    assert "permanences" in text_of(send(sophie, url, **late | {"other_time": "19:30"}), 422)


def test_no_key_presses_a_slot_by_accident() -> None:
    """Enter in a field presses the first button of a form: it books nothing."""
    assert "Choisissez un créneau" in text_of(send(signed_in("claire"), case_url(), slot=""), 422)


@pytest.mark.parametrize("slot", ["x", "2026-01-01T09:00|", f"2020-01-01T09:00+01:00|{10**18}", "9999-99-99|1", "|1"])
def test_what_is_no_slot_is_refused(slot: str) -> None:
    assert send(signed_in("claire"), case_url(), slot=slot).status_code == 422


def test_a_secretary_books_from_a_request_without_typing_and_without_a_reason() -> None:
    sophie, asked = signed_in("sophie"), W.request(0)
    page = text_of(sophie.get(reverse("staff:request", args=[asked.pk])))
    url = f"{reverse('staff:appointment-new')}?request={asked.pk}"
    assert url in page
    text = text_of(sophie.get(url))
    assert asked.person_name in text
    assert "À préparer" not in text
    assert send(sophie, url, slot=slots_in(text)[0], reason=SAID).status_code == 302
    row = made()
    assert (row.solicitation_id, row.name) == (asked.pk, asked.person_name)
    assert why(row) is None


def test_nobody_is_met_before_they_said_yes() -> None:
    waiting = W.request(2)
    url = f"{reverse('staff:appointment-new')}?request={waiting.pk}"
    sophie = signed_in("sophie")
    assert sophie.get(url).status_code == 302
    assert url not in text_of(sophie.get(reverse("staff:request", args=[waiting.pk])))


def test_from_somebodys_page_who_is_in_the_case_goes_to_it_and_nobody_else_learns_of_it() -> None:
    url = f"{reverse('staff:appointment-new')}?person={W.person().pk}&worker={user('claire').pk}"
    assert signed_in("claire").get(url)["Location"] == f"{case_url()}?worker={user('claire').pk}"
    for code in ("nadia", "sophie"):
        text = text_of(signed_in(code).get(url))
        assert "dossier" not in text.split("<main", 1)[1].casefold()


def test_from_an_hour_of_the_agenda_one_says_with_whom() -> None:
    sophie, starts = signed_in("sophie"), at(DAY, 9)
    base = f"{reverse('staff:appointment-new')}?worker={user('nadia').pk}&starts={starts.isoformat()}"
    found = text_of(sophie.get(f"{base}&q=Benali"))
    assert f"person={W.person().pk}" in found
    assert "worker=" in found
    named = text_of(sophie.get(f"{base}&nom=1"))
    assert re.search(r'btn-primary" name="slot"', named), "the hour that was pressed is the first choice"
    answer = sophie.post(f"{base}&nom=1", {**hidden(named), "slot": slots_in(named)[0], "name": "Personne Sans Fiche"})
    assert answer.status_code == 302
    row = made()
    assert (row.name, row.worker.pk, row.appointment.starts_at) == ("Personne Sans Fiche", user("nadia").pk, starts)


def test_the_person_is_left_to_choose_and_the_link_is_shown_once_more() -> None:
    claire = signed_in("claire")
    answer = send(claire, case_url(), slot="invite", reason=SAID)
    row = made()
    assert (row.state, why(row).reason) == ("invited", SAID)
    text = text_of(claire.get(answer["Location"]))
    assert links.path_of(row.pk) in text
    paper = text_of(claire.get(reverse("staff:appointment-paper", args=[row.pk]))).split("<main", 1)[1]
    slip = paper[paper.index("slip") :]
    assert links.path_of(row.pk) in slip
    assert "<svg" in slip
    for word in ("Benali", "Inès", "social", "dossier", SAID, "Claire"):
        assert word not in slip, word
    assert "attend votre" not in text
    assert "la personne doit choisir" in text_of(claire.get(reverse("staff:case", args=[W.case().pk])))


def test_it_says_so_when_nothing_can_leave() -> None:
    sophie = signed_in("sophie")
    url = f"{reverse('staff:appointment-new')}?nom=1"
    answer = send(sophie, url, slot="invite", name="Personne Sans Fiche")
    assert "Aucun message ne part" in text_of(sophie.get(answer["Location"]))
    send(signed_in("claire"), case_url(), slot=f"{at(DAY, 9).isoformat()}|{W.centre().pk}")
    assert "Aucun message ne part" not in text_of(
        signed_in("claire").get(reverse("staff:appointment", args=[made().pk]))
    )


def settle_url(row: m.Booking) -> str:
    return reverse("staff:appointment-settle", args=[row.pk])


def test_one_press_concludes_writes_and_books_the_next_one() -> None:
    claire, row = signed_in("claire"), past()
    text = text_of(claire.get(settle_url(row)))
    assert f'value="{row.appointment.minutes}"' in text, "time spent is the meeting's"
    slot = f"{at(DAY, 9).isoformat()}|{W.centre().pk}"
    answer = send(
        claire, settle_url(row), outcome="happened", body=SAID, minutes="50", next_step="Appeler la mutuelle",
        next_owner="worker", next_due=DAY.isoformat(), next_slot=slot,
    )  # fmt: skip
    assert answer.status_code == 302
    told = why(row)
    with as_owner():
        assert (told.outcome, told.minutes, Note.objects.get(pk=told.note_id).body) == ("happened", 50, SAID)
        assert [a.due_on for a in Action.objects.order_by("-pk")[:1]] == [DAY]
    assert made().appointment.starts_at == at(DAY, 9)


def test_a_slot_that_was_taken_undoes_the_rest_and_keeps_what_was_typed() -> None:
    claire, row = signed_in("claire"), past()
    slot = f"{at(DAY, 9).isoformat()}|{W.centre().pk}"
    form = hidden(text_of(claire.get(settle_url(row))))
    send(claire, case_url(), slot=slot)
    with as_owner():
        before = (Note.objects.count(), Action.objects.count(), m.Booking.objects.count())
    answer = claire.post(settle_url(row), {
        **form, "outcome": "happened", "body": SAID, "minutes": "50", "next_step": "Appeler", "next_owner": "worker",
        "next_slot": slot,
    })  # fmt: skip
    text = text_of(answer, 422)
    assert "vient d’être pris" in text
    assert SAID in text
    with as_owner():
        assert (Note.objects.count(), Action.objects.count(), m.Booking.objects.count()) == before
    assert why(row).outcome == ""


def test_without_a_case_it_says_what_to_do() -> None:
    text = text_of(signed_in("theo").get(settle_url(booking("theo"))))
    assert reverse("staff:request_new") in text


@pytest.mark.parametrize("outcome", [o for o in Outcome if o != Outcome.HAPPENED])
def test_who_did_not_come_bears_no_mark(outcome: Outcome) -> None:
    """The members read it in the case; no other page changes by a sign, for anybody."""
    row = past()
    readers = {code: signed_in(code) for code in ("sophie", "nadia", "marc")}
    pages = {
        "person": reverse("staff:person", args=[W.person().pk]), "booking": reverse("staff:appointment", args=[row.pk]),
        "search": f"{reverse('staff:search')}?q=Benali", "requests": reverse("staff:request_list"),
        "new": f"{reverse('staff:appointment-new')}?person={W.person().pk}",
    }  # fmt: skip

    def seen() -> dict[tuple[str, str], str]:
        return {
            (code, name): _plain(client.get(url).content.decode())
            for code, client in readers.items()
            for name, url in pages.items()
        }

    before = seen()
    by("claire", settle, booking=row, case=W.case(), outcome=outcome.value)
    assert seen() == before
    with acting_as(actor("sophie")):
        day = row.appointment.starts_at.date()
        (meeting,) = [a for a in queries.agenda(actor("sophie"), day, day) if a.pk == row.appointment_id]
        assert [getattr(p, "matter", None) for p in meeting.places] == [None]
    assert outcome.label.lower() in text_of(signed_in("claire").get(reverse("staff:case", args=[W.case().pk])))


def _plain(text: str) -> str:
    """The page without what changes each time: tokens, references."""
    return re.sub(r'(value|data-draft-token|nonce)="[^"]{30,}"|\b[2-9A-HJ-NP-Z]{8}\b', "#", text)
