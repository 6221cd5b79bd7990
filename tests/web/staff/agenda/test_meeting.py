"""The page of a meeting: what each reader sees there, what they are offered, and what becomes of what they press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
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


def act_on(code: str, booking: m.Booking, act: str, came_from: str = "", **said: str) -> HttpResponse:
    """What is pressed about somebody's place, from the page of the meeting unless said otherwise."""
    page = came_from or f"http://testserver{url_of(booking.appointment_id)}"
    url = reverse(f"staff:appointment-{act}", args=[booking.pk])
    return signed(code).post(url, said, headers={"Referer": page})


def url_of(pk: int | None) -> str:
    return reverse("staff:agenda_meeting", args=[pk])


def test_a_place_leads_to_what_is_done_about_it() -> None:
    row, booking, page = meeting(), place(), page_of("sophie", meeting())
    for name in ("move", "quiet", "again"):
        assert f'"{reverse(f"staff:appointment-{name}", args=[booking.pk])}"' in page
    asked = reverse("staff:appointment", args=[booking.pk])
    assert f'"{asked}#annuler"' in page
    back = seen("sophie", "appointment", booking.pk)
    assert f'id="annuler" method="post" action="{asked}annuler/"' in back
    assert f'"{url_of(row.pk)}"' in back


def test_moving_takes_the_room_with_it_and_tells_the_person() -> None:
    row, day, url = meeting(), monday(2), reverse("staff:appointment-move", args=[place().pk])
    shown = signed("sophie").get(url, {"after": day.isoformat()}).content.decode()
    slot = f"{at(day, 9).isoformat()}|{row.centre_id}"
    assert f'name="slot" value="{slot}"' in shown
    assert signed("sophie").post(url, {"slot": slot}).status_code == 302
    assert (fresh(row).starts_at, fresh(row).room_id) == (at(day, 9), row.room_id)
    assert "« votre rendez-vous est déplacé » : en attente" in page_of("sophie", row)


def test_a_bad_hour_comes_back() -> None:
    row, url = meeting(), reverse("staff:appointment-move", args=[place().pk])
    other = {"slot": "other", "other_time": "12:15", "other_centre": str(row.centre_id)}
    for said, words in (
        ({"slot": ""}, "Choisissez un créneau"),
        ({"slot": "demain"}, "Choisissez un créneau"),
        (other, "Dites quel jour"),
        (other | {"other_day": "2020-01-06"}, "Cette heure est passée"),
    ):
        answer = signed("claire").post(url, said)
        assert answer.status_code == 422
        assert words in text_of(answer), said
    assert signed("claire").post(url, other | {"other_day": monday(2).isoformat()}).status_code == 302
    assert fresh(row).starts_at == at(monday(2), 12, 15)


def test_cancelling_frees_the_hour_and_says_who_gave_the_place_back() -> None:
    row, booking = meeting(), place()
    assert act_on("claire", booking, "cancel")["Location"] == url_of(row.pk)
    assert (fresh(booking).state, fresh(row).state) == ("cancelled", "cancelled")
    page = page_of("claire", row)
    assert "Rendue par le service" in page
    assert "Déplacer</a>" not in page
    assert "Ne pas notifier" not in page


def test_quiet_means_that_nothing_leaves_and_can_be_undone() -> None:
    row, booking = meeting(), place()
    assert act_on("sophie", booking, "quiet", quiet="1")["Location"] == url_of(row.pk)
    assert fresh(booking).quiet
    page = page_of("sophie", row)
    assert "Notifier à nouveau" in page
    assert "Renvoyer le lien" not in page
    act_on("sophie", booking, "quiet", quiet="")
    assert not fresh(booking).quiet


@pytest.mark.parametrize("where", ["https://ailleurs.example/pro/", "http://testserver//ailleurs.example/", "x"])
def test_one_comes_back_to_a_page_of_ours_or_to_the_appointment(where: str) -> None:
    booking = place()
    home = reverse("staff:appointment", args=[booking.pk])
    assert act_on("sophie", booking, "quiet", where, quiet="1")["Location"] == home


def test_the_link_is_sent_again_and_its_fate_is_shown() -> None:
    row = meeting()
    assert act_on("sophie", place(), "again")["Location"] == url_of(row.pk)
    assert "« votre rendez-vous est confirmé » : en attente" in page_of("sophie", row)
    with as_owner():
        Notice.objects.update(skipped="nowhere")
    assert "pas partie : aucune adresse confirmée" in page_of("claire", row)


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
    assert f"/pro/rendez-vous/{place(group).pk}/#annuler" in page
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
