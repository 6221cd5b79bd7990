"""A link to an appointment: what it opens, for whom, how long; what it never says, and where its secret never goes."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from amarre.appointments import models as m
from amarre.appointments.links import digest, path_of, secret_of
from amarre.appointments.wording import event_of
from amarre.audit.models import Entry
from amarre.core import commands
from amarre.core.logs import NoContentFilter
from amarre.web.public.appointment import entrance
from amarre.web.ui.limits import Limit
from tests.cast import as_owner, user
from tests.rows import CANARIES
from tests.rows_appointments import GROUP_RDV_ID, OLD_RDV_ID, RDV_ID, at, monday
from tests.web.employee.test_neutral import BETRAYS

pytestmark = pytest.mark.django_db
LINK, OLD, NOWHERE = path_of(RDV_ID), path_of(OLD_RDV_ID), "/rdv/un-secret-que-personne-n-a-fait/"
OWN_WORDS = re.compile(r'name="(?:csrfmiddlewaretoken|next)" value="[^"]*"')
SLOT = at(monday(2), 9)


def browser(code: str = "") -> Client:
    client = Client()
    if code:
        client.force_login(user(code))
    return client


def text(answer: Any) -> str:
    """What an answer says, but its token and the address that was asked for."""
    return OWN_WORDS.sub("", answer.content.decode())


def row(pk: int = RDV_ID) -> m.Booking:
    with as_owner():
        return m.Booking.objects.select_related("appointment").get(pk=pk)


def change(model: Any, pk: int, **values: Any) -> None:
    with as_owner(), commands.loading():
        model.objects.filter(pk=pk).update(**values)


def dates(starts: datetime = SLOT) -> str:
    return f"{LINK}dates/{int(starts.timestamp())}/"


def of(person: str) -> m.Booking:
    """The next appointment of somebody who has a space."""
    with as_owner():
        rows = m.Booking.objects.select_related("appointment").filter(
            person__last_name=person, kind__label="Rendez-vous"
        )
        return rows.filter(appointment__starts_at__gt=timezone.now()).order_by("pk")[0]


def offers() -> list[m.Offer]:
    with as_owner():
        return list(m.Offer.objects.order_by("starts_at"))


def test_chosen_moved_answered_and_cancelled_without_an_account() -> None:
    client = browser()
    assert "Choisissez une date" in text(client.get(LINK))
    assert client.post(dates()).url == f"{LINK}note/"
    kept = text(client.get(f"{LINK}note/"))
    assert "Votre rendez-vous est noté" in kept
    assert "Centre de Montreuil" in kept
    assert row().appointment.starts_at == SLOT
    assert client.post(f"{LINK}reponse/", {"answer": "not_coming"}).url == LINK
    shown = text(client.get(LINK))
    assert "Votre place est encore gardée" in shown
    assert row().state == "booked"
    assert client.post(dates(SLOT + timedelta(days=1))).url == f"{LINK}note/"
    moved = row()
    assert (moved.appointment.starts_at, moved.reply) == (SLOT + timedelta(days=1), "")
    assert "Annuler ce rendez-vous" in text(client.get(f"{LINK}annuler/"))
    assert client.post(f"{LINK}annuler/").url == LINK
    assert "Ce rendez-vous est annulé" in text(client.get(LINK))
    assert (row().state, row().ended_by) == ("cancelled", "person")


def test_looking_changes_nothing() -> None:
    """Scanners of mail open every address before people do."""
    before, client = [vars(row()), *[vars(offer) for offer in offers()]], browser()
    for page in ("", "dates/", "note/", "annuler/", "rendez-vous.ics", f"place/{offers()[0].pk}/"):
        client.get(LINK + page)
    client.get(dates())
    after = [vars(row()), *[vars(offer) for offer in offers()]]
    assert [{k: v for k, v in r.items() if k != "_state"} for r in before] == [
        {k: v for k, v in r.items() if k != "_state"} for r in after
    ]


@pytest.mark.parametrize("page", ["", "dates/", "note/", "annuler/", "rendez-vous.ics", "place/1/"])
def test_unknown_and_expired_are_one_answer(page: str) -> None:
    client = browser()
    unknown, expired = client.get(NOWHERE + page), client.get(OLD + page)
    assert (unknown.status_code, text(unknown)) == (expired.status_code, text(expired))
    assert unknown.status_code == 404
    assert 'href="tel:' in text(unknown)
    assert client.post(OLD + "annuler/").status_code == 404
    assert row(OLD_RDV_ID).state == "invited"


def test_the_secret_is_read_to_the_letter() -> None:
    secret = secret_of(RDV_ID)
    swapped = next(secret[:n] + sign.swapcase() + secret[n + 1 :] for n, sign in enumerate(secret) if sign.isalpha())
    for near in (swapped, secret.swapcase(), secret[:-1], secret + "=", f"{secret}%20"):
        assert browser().get(f"/rdv/{near}/").status_code == 404, near
    assert browser().get(f"/rdv/{digest(secret)}/").status_code == 404, "what the database keeps opens nothing"
    assert browser().get(LINK).status_code == 200


def test_one_link_does_nothing_to_another_booking() -> None:
    """A place that is kept for one is no place for another; a cookie or an account changes nothing."""
    kept = offers()[-1] if offers()[-1].state == "open" else next(o for o in offers() if o.until > timezone.now())
    group = path_of(GROUP_RDV_ID)
    assert browser().get(f"{group}place/{kept.pk}/").status_code == 404
    assert browser().post(f"{group}place/{kept.pk}/", {"answer": "take"}).status_code == 404
    assert next(o for o in offers() if o.pk == kept.pk).state == "open"
    signed_in = browser("ines")
    assert text(signed_in.get(LINK)) == text(browser().get(LINK)), "the link alone says what one sees"


@pytest.mark.parametrize(("who", "whose"), [("ines", "Diarra"), ("yanis", "Benali")])
def test_nobody_acts_for_somebody_else_in_the_space(who: str, whose: str) -> None:
    theirs, client = of(whose), browser(who)
    base = f"/espace/rendez-vous/{theirs.pk}/"
    for page in ("", "dates/", "note/", "annuler/", "rendez-vous.ics"):
        assert client.get(base + page).status_code == 404, page
    assert client.post(f"{base}reponse/", {"answer": "not_coming"}).status_code == 404
    assert client.post(f"{base}attente/", {"waits": "1"}).status_code == 404
    assert client.post(f"{base}annuler/").status_code == 404
    assert client.post(f"{base}dates/{int(SLOT.timestamp())}/").status_code == 404
    after = row(theirs.pk)
    assert (after.state, after.reply, after.earlier_since, after.appointment_id) == (
        "booked", "", None, theirs.appointment_id,
    )  # fmt: skip


def test_a_link_says_no_name_no_reason_and_not_which_service() -> None:
    with as_owner():
        ines = of("Benali")
    client, pages = browser(), []
    for booking in (RDV_ID, GROUP_RDV_ID, ines.pk):
        link = path_of(booking)
        pages += [text(client.get(link + page)) for page in ("", "dates/", "note/", "annuler/", "rendez-vous.ics")]
    pages += [text(client.get(NOWHERE)), text(client.get(f"{LINK}place/{offers()[0].pk}/"))]
    for page in pages:
        assert not any(canary in page for canary in CANARIES)
        assert not re.search(r"Inès|Benali|Qui demande|Vient au groupe|Première du groupe|dossier|Hugo|Marchetti", page)
        assert not BETRAYS.search(page)


def test_the_secret_goes_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    client = browser()
    for path in (LINK, dates(), NOWHERE):
        answer = client.get(path)
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert 'name="robots" content="noindex"' in text(answer)
    client.post(f"{LINK}reponse/", {"answer": "?"})
    caplog.handler.addFilter(NoContentFilter())
    with caplog.at_level(logging.INFO):
        logging.getLogger("django.request").warning("Not Found: %s", f"{LINK}dates/")
    assert secret_of(RDV_ID) not in caplog.text
    with as_owner():
        lines = [str(vars(line)) for line in Entry.objects.filter(door="public")]
    assert lines
    assert not any(secret_of(RDV_ID) in line for line in lines)


def test_what_is_read_and_done_is_written_down() -> None:
    client = browser()
    client.get(LINK)
    client.get(NOWHERE)
    client.post(dates())
    client.post(dates(datetime(2026, 1, 1, tzinfo=UTC)))
    with as_owner():
        lines = set(Entry.objects.filter(door="public").values_list("verb", "outcome"))
    assert {
        ("appointment.read", "read"), ("page.appointment", "missing"), ("appointment.choose", "done"),
        ("appointment.choose", "refused"),
    } <= lines  # fmt: skip


def test_a_slot_that_was_taken_meanwhile_shows_the_others() -> None:
    client = browser()
    client.post(dates())
    taken = path_of(row(OLD_RDV_ID).pk)
    change(m.Booking, OLD_RDV_ID, expires_at=timezone.now() + timedelta(days=9))
    answer = client.post(f"{taken}dates/{int(SLOT.timestamp())}/")
    assert answer.status_code == 422
    assert "Ce créneau vient d’être pris" in text(answer)
    assert "dates/" in text(answer)
    assert client.get(f"{taken}dates/{int(SLOT.timestamp())}/").status_code == 200
    for absurd in ("0", "4102444801", "9" * 30):
        assert client.get(f"{taken}dates/{absurd}/").status_code in (200, 404)


def test_a_place_that_was_freed_is_taken_at_its_own_hour_even_tomorrow() -> None:
    """Its hour is not one of the list, and it is nearer than the notice that the kind of meeting asks for."""
    starts = timezone.now().replace(minute=10, second=0, microsecond=0) + timedelta(hours=20)
    day = timezone.localtime(starts)
    with as_owner(), commands.loading():
        m.Permanence.objects.filter(worker_id=row().worker_id, weekday=day.weekday()).update(
            starts=datetime.min.time(), ends=datetime.max.time().replace(microsecond=0)
        )
        m.Permanence(
            worker_id=row().worker_id, centre_id=row().centre_id, weekday=day.weekday(), starts="00:00",
            ends="23:59", since=day.date() - timedelta(days=30), modes=["office"],
        ).save()  # fmt: skip
        offer = m.Offer(
            booking_id=RDV_ID, worker_id=row().worker_id, centre_id=row().centre_id, starts_at=starts,
            ends_at=starts + timedelta(hours=1), until=timezone.now() + timedelta(hours=4),
        )  # fmt: skip
        offer.save()
    page = f"{LINK}place/{offer.pk}/"
    assert "Je prends cette place" in text(browser().get(page))
    assert browser().post(page, {"answer": "take"}).url == f"{LINK}note/"
    assert row().appointment.starts_at == starts
    assert "Cette place n’est plus là" in text(browser().get(page))


def test_no_thank_you_changes_nothing_and_one_stays_on_the_list() -> None:
    kept = next(o for o in offers() if o.state == "open" and o.until > timezone.now())
    assert browser().post(f"{LINK}place/{kept.pk}/", {"answer": "no"}).url == LINK
    assert next(o for o in offers() if o.pk == kept.pk).state == "declined"
    assert row().earlier_since
    assert browser().post(f"{LINK}attente/", {"waits": "0"}).url == LINK
    assert row().earlier_since is None


def test_one_link_and_one_address_may_not_press_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entrance, "ACT", Limit("rdv_act", 100, 2, 600))
    codes = [browser().post(f"{LINK}attente/", {"waits": "1"}).status_code for _ in range(3)]
    assert codes == [302, 302, 429]
    assert browser().post(f"{path_of(GROUP_RDV_ID)}attente/", {"waits": "1"}).status_code == 302
    monkeypatch.setattr(entrance, "LOOK", Limit("rdv_look", 2, 100, 600))
    seen = [browser().get(f"/rdv/essai-{n}/") for n in range(3)]
    assert [answer.status_code for answer in seen] == [404, 404, 429]
    assert not BETRAYS.search(text(seen[-1]))
    assert seen[-1].headers["Referrer-Policy"] == "strict-origin"


def test_the_file_is_the_event_of_the_mail() -> None:
    client = browser()
    client.post(dates())
    answer = client.get(f"{LINK}rendez-vous.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    booking = row()
    sent = event_of(booking, booking.appointment)
    assert (str(event["UID"]), str(event["SUMMARY"]), event["SEQUENCE"]) == (sent.uid, "Rendez-vous", booking.sequence)
    assert event.start == SLOT
    assert not {"URL", "LOCATION", "DESCRIPTION", "ATTENDEE"} & set(event)


@pytest.mark.parametrize(("language", "said"), [("en", "Choose a date"), ("ar", "اختر تاريخًا")])
def test_the_link_speaks_the_chosen_language(language: str, said: str) -> None:
    client = browser()
    assert client.post("/espace/langue/", {"language": language, "next": LINK}).url == LINK
    page = client.get(LINK).content.decode()
    assert f"<h1>{said}</h1>" in page
    assert f'<html lang="{language}"' in page
    assert ('dir="rtl"' in page) == (language == "ar")
    assert client.get(NOWHERE).content.decode().count("<h1") == 1
