"""The page of a meeting: what each reader sees there, what they are offered, and what becomes of what they press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from amarre.appointments import models as m
from amarre.audit.models import Entry
from amarre.core import commands as core
from amarre.core.models import Notice
from tests.cast import as_owner, user
from tests.matrix_appointments_agenda import group, held, meeting, past, place
from tests.rows_appointments import at, monday
from tests.web.staff.agenda.looking import fresh, seen, set_row, signed, text_of

pytestmark = pytest.mark.django_db

REASON = "canari-rdv-motif-ines"


def page_of(code: str, row: m.Appointment) -> str:
    return seen(code, "agenda_meeting", row.pk)


def test_members_read_why_others_read_who_and_when() -> None:
    for code in ("claire", "bruno", "zoe"):
        page = page_of(code, meeting())
        assert REASON in page
        assert "D-2025-0001" in page
    for code in ("nadia", "sophie", "hugo"):
        page = page_of(code, meeting())
        assert "Inès Benali" in page
        assert "Salle des Goélands" in page
        assert REASON not in page
        assert "D-2025-0001" not in page
        assert "À préparer" not in page


def test_reading_it_is_written_down_with_whom_it_is_about() -> None:
    page_of("claire", meeting())
    page_of("sophie", meeting())
    with as_owner():
        lines = Entry.objects.filter(verb="appointment.read").order_by("id")
        found = [(e.user_id, e.person_id, e.case_id is not None) for e in lines]
    ines = place().person_id
    assert found == [(user("claire").pk, ines, True), (user("sophie").pk, ines, False)]


def test_what_one_may_not_do_is_not_offered() -> None:
    acts = ("Déplacer</a>", "Annuler", "Ne pas notifier", "Renvoyer le lien", "Ajouter quelqu’un")
    for code in ("claire", "sophie", "bruno"):
        assert all(act in page_of(code, meeting()) for act in acts)
    hugo = page_of("hugo", meeting())
    assert not any(act in hugo for act in acts)
    assert "Messages" not in hugo
    over = page_of("claire", past())
    assert not any(act in over for act in acts)
    assert f"/pro/rendez-vous/{place(past).pk}/conclure/" in over
    assert "/conclure/" not in page_of("bruno", meeting())
    assert "/conclure/" not in page_of("sophie", past())


def test_who_goes_out_has_the_sheet_of_the_visit_at_hand() -> None:
    row = meeting(mode="home")
    sheet = f"/pro/visites/{row.pk}/"
    assert sheet in page_of("claire", row)
    assert signed("claire").get(sheet).status_code == 200
    assert sheet not in page_of("sophie", row)
    assert "Fiche de visite" not in page_of("claire", meeting())


def test_move_takes_the_room_with_it_and_tells_the_person() -> None:
    row, day = meeting(), monday(2)
    shown = seen("sophie", "agenda_move", row.pk)
    starts = at(day, 9).astimezone(timezone.get_default_timezone()).isoformat()
    assert f'value="{starts}"' in shown
    assert 'name="on"' not in shown  # a secretary books within the hours
    answer = signed("sophie").post(f"/pro/agenda/{row.pk}/deplacer/", {"slot": starts, "mode": "office"}, follow=True)
    assert "Rendez-vous déplacé" in text_of(answer)
    assert fresh(row).starts_at == at(day, 9)
    assert "« votre rendez-vous est déplacé » : en attente" in text_of(answer)


def test_a_worker_says_any_hour_and_a_bad_one_comes_back() -> None:
    row, url = meeting(), f"/pro/agenda/{meeting().pk}/deplacer/"
    day = monday(2)
    for said, words in (
        ({"mode": "office"}, "choisissez une heure"),
        ({"slot": "demain", "mode": "office"}, "choisissez un créneau de la liste"),
        ({"slot": "2027-01-04T09:00", "mode": "office"}, "choisissez un créneau de la liste"),
        ({"on": "2020-01-06", "at": "10:00", "mode": "office"}, "Cette heure est passée"),
        ({"on": day.isoformat(), "at": "10:00", "mode": "home"}, "sélectionnez un choix valide"),
    ):
        answer = signed("claire").post(url, said)
        assert answer.status_code == 422
        assert words.lower() in text_of(answer).lower(), said
    answer = signed("claire").post(url, {"on": day.isoformat(), "at": "12:15", "mode": "phone"})
    assert answer.status_code == 302
    assert fresh(row).starts_at == at(day, 12, 15)


def test_cancelling_asks_first_then_tells_the_person_and_frees_the_hour() -> None:
    booking = place()
    asked = seen("claire", "agenda_cancel", booking.pk)
    assert "La personne est prévenue" in asked
    assert fresh(booking).state == "booked"
    answer = signed("claire").post(f"/pro/agenda/place/{booking.pk}/annuler/", follow=True)
    assert "Rendez-vous annulé. La personne en est prévenue." in text_of(answer)
    assert (fresh(booking).state, fresh(meeting(starts_at=at(monday(), 10))).state) == ("cancelled", "cancelled")
    page = page_of("claire", meeting())
    assert "Rendue par le service" in page
    assert "Déplacer</a>" not in page
    assert signed("claire").post(f"/pro/agenda/place/{booking.pk}/annuler/").status_code == 422


def test_quiet_means_that_nothing_leaves_and_can_be_undone() -> None:
    booking, client = place(), signed("sophie")
    url = f"/pro/agenda/place/{booking.pk}/silence/"
    assert client.post(url, {"quiet": "1"}).status_code == 302
    assert fresh(booking).quiet
    page = page_of("sophie", meeting())
    assert "ne pas notifier" in page
    assert "Renvoyer le lien" not in page
    assert "rien ne partira" in seen("sophie", "agenda_move", meeting().pk).lower()
    assert client.post(url, {"quiet": "0"}).status_code == 302
    assert not fresh(booking).quiet
    assert client.post(url, {"quiet": "peut-être"}).status_code == 422


def test_the_link_is_sent_again_and_its_fate_is_shown() -> None:
    booking = place()
    answer = signed("sophie").post(f"/pro/agenda/place/{booking.pk}/lien/", follow=True)
    assert "« votre rendez-vous est confirmé » : en attente" in text_of(answer)
    with as_owner():
        Notice.objects.update(skipped="nowhere")
    assert "pas partie : aucune adresse confirmée" in page_of("claire", meeting())


def test_a_colleague_who_is_added_has_their_time_taken_and_reads_no_reason() -> None:
    row, nora = meeting(), user("nora").pk
    url = f"/pro/agenda/{row.pk}/collegue/"
    assert signed("claire").post(url, {"colleague": nora}).status_code == 302
    page = page_of("nora", row)
    assert "Inès Benali" in page
    assert REASON not in page
    assert signed("claire").post(url, {"colleague": nora}).status_code == 422  # there already
    assert signed("claire").post(url, {}).status_code == 422
    busy = signed("claire").post(url, {"colleague": user("nadia").pk})
    assert busy.status_code == 422
    assert "vient d’être pris" in text_of(busy)  # she meets Yanis then
    assert signed("hugo").post(url, {"colleague": nora}).status_code == 403


def test_time_put_aside_is_given_back_and_a_meeting_with_somebody_is_not() -> None:
    row, client = held(), signed("claire")
    assert "Rendre ce temps" in page_of("claire", row)
    assert "Rendre ce temps" not in page_of("claire", meeting())
    assert client.post(f"/pro/agenda/{row.pk}/rendre/").status_code == 302
    assert fresh(row).state == "cancelled"
    assert "rien n’a lieu" in page_of("claire", row)
    refused = client.post(f"/pro/agenda/{meeting().pk}/rendre/")
    assert refused.status_code == 422
    assert "Des personnes y ont une place" in text_of(refused)


def test_nobody_joins_what_does_not_take_place() -> None:
    row, client = held(), signed("claire")
    client.post(f"/pro/agenda/{row.pk}/rendre/")
    answer = client.post(f"/pro/agenda/{row.pk}/collegue/", {"colleague": user("nora").pk})
    assert answer.status_code == 422
    assert "n’a pas lieu" in text_of(answer)


def test_a_group_shows_each_place_and_what_is_left() -> None:
    page = page_of("claire", group())
    assert "1 prise sur 8 · 7 libres" in page
    assert "Première du groupe" in page
    assert "Déplacer</a>" not in page
    assert f"/pro/agenda/place/{place(group).pk}/annuler/" in page
    with as_owner(), core.loading():
        m.Booking.objects.filter(appointment=group()).update(state="cancelled", place=None, ended_by="person")
    page = page_of("claire", group())
    assert "0 prise sur 8 · 8 libres" in page
    assert "Rendue par la personne" in page


def test_who_waits_and_what_is_offered_to_them_is_shown() -> None:
    booking = place()
    set_row(booking, earlier_since=timezone.now())
    assert "Souhaite venir plus tôt" in page_of("sophie", meeting())
    with as_owner(), core.loading():
        m.Offer(
            booking=booking, worker_id=user("claire").pk, centre_id=booking.centre_id, starts_at=at(monday(3), 9),
            ends_at=at(monday(3), 10), until=timezone.now() + timedelta(hours=2),
        ).save()  # fmt: skip
    assert "Une place lui est proposée" in page_of("sophie", meeting())
