"""What somebody tries who wishes harm, or who is unlucky: signs that nobody types, two at once, a step too late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.collective import commands, commands_shelf
from amarre.collective import commands_sessions as acts
from amarre.collective.models import Action, Improvement, Session
from amarre.core.actor import Actor
from amarre.core.scope import acting_as
from amarre.organisations.models import Contact
from tests.cast import actor, as_owner, user
from tests.collective.acting import W, agreed, answer, asked, by, closed, held, kept, opened, planned, set_row
from tests.collective.test_seat_messages import leave
from tests.sharing.test_races import at_once
from tests.web.employer.two_worlds import browser

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=30)
HOURS = ((time(9), time(10)), (time(14), time(15)))
GROUPS = ("", "rendue/", "reunion.ics")
PLACE = ("", "rendre/", "reunion.ics")
OPINION = ("", "avant/", "apres/", "merci/")
PATHS = [f"/actions/{{}}/{p}" for p in GROUPS] + [f"/actions/place/{{}}/{p}" for p in PLACE]
PATHS += [f"/avis/{{}}/{p}" for p in OPINION]
TIMES = 8
CODES = ("a%00b", "%0A", "%ff%fe", "x" * 3000, "%F0%9F%98%80", "..%2f", "%ED%A0%80")


def staff(code: str = "claire") -> Client:
    client = Client()
    client.force_login(user(code))
    return client


def council() -> Contact:
    with as_owner():
        return Contact.objects.get(kind="works_council")


def url(name: str, *args: object) -> str:
    return reverse(f"staff:{name}", args=args)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_a_code_of_signs_that_nobody_prints(path: str) -> None:
    client = Client()
    for code in CODES:
        for method in ("get", "post"):
            assert getattr(client, method)(path.format(code)).status_code in (200, 302, 404), (method, path, code)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["collective_refuse", "collective_withdraw"])
def test_a_reason_with_a_sign_that_is_no_sign(act: str) -> None:
    action = opened() if act == "collective_refuse" else agreed()
    assert staff().post(url(act, action.pk), {"why": "a\x00b"}).status_code in (302, 400, 422)


@pytest.mark.django_db
@pytest.mark.parametrize("year", [0, 1, 1999, 9999, 10000, 10**20])
def test_the_workbook_of_a_year_that_is_none(year: int) -> None:
    assert staff().get(f"/pro/collectif/annee/{year}/classeur/").status_code in (200, 404)


@pytest.mark.django_db
def test_the_link_of_a_meeting_is_for_who_holds_a_place_not_for_the_employer() -> None:
    action = agreed()
    session = planned(action, SOON, capacity=5, sign_up=True, link="https://reunion.example/x")
    for code in ("paul", "karim"):
        page = browser(code).get(reverse("employer:action", args=[action.pk])).content.decode()
        assert "à distance" in page.lower()
        assert "reunion.example" not in page
    set_row(session, sign_up=False)
    page = browser("paul").get(reverse("employer:action", args=[action.pk])).content.decode()
    assert "reunion.example" in page, "where nobody signs up, it is for everybody"


@pytest.mark.django_db
def test_when_it_was_wished_are_words_of_before_the_agreement() -> None:
    action = set_row(agreed(), contact=council(), asker="works_council", wished="Avant le plan social")
    page = reverse("employer:action", args=[action.pk])
    assert "Avant le plan social" in browser("karim").get(page).content.decode()
    assert "Avant le plan social" not in browser("paul").get(page).content.decode()


@pytest.mark.django_db
def test_the_employer_s_role_is_not_told_whether_few_answered_on_a_sensitive_theme() -> None:
    seen = []
    for answers in (2, 12):
        action = agreed("addiction")
        held(action, 20, hour=9 + len(seen))
        answer(asked(action), [[4, 4, 4]] * answers)
        closed(action)
        with acting_as(actor("paul")), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute("select evaluation from collective_action where id = %s", [action.pk])
                    seen.append(cursor.fetchone())
            except DatabaseError:
                seen.append(None)
    assert seen[0] == seen[1]


def doing(who: str, act: Any, **said: Any) -> tuple[Actor, Callable[[Actor], object]]:
    """One command, to be done by somebody at the same time as others."""
    return actor(who), lambda me: act(actor=me, **said)


@pytest.mark.usefixtures("own_database")
def test_the_last_two_sessions_are_noted_at_once() -> None:
    for n in range(TIMES):
        with transaction.atomic():
            action = agreed()
            day = TODAY - timedelta(days=5 + n)
            one, two = (planned(action, day, starts=starts, ends=ends) for starts, ends in HOURS)
        at_once(
            doing("claire", acts.hold_session, session=one, head_count=4),
            doing("sophie", acts.hold_session, session=two, head_count=4),
        )
        with transaction.atomic():
            assert kept(action).state == "held"


@pytest.mark.usefixtures("own_database")
def test_withdrawn_while_a_session_is_fixed() -> None:
    for n in range(TIMES):
        with transaction.atomic():
            action = agreed()
            wanted = {"day": TODAY + timedelta(days=60 + n), "starts": time(9), "ends": time(10),
                      "team": [W.colleague("bruno")]}  # fmt: skip
        at_once(
            doing("claire", commands.withdraw_action, action=action),
            doing("sophie", acts.plan_session, action=action, **wanted),
        )
        with transaction.atomic(), as_owner():
            states = {*Session.objects.filter(action=action).values_list("state", flat=True)}
            assert (kept(action).state, "planned" in states) == ("withdrawn", False)


@pytest.mark.usefixtures("own_database")
def test_withdrawn_while_its_session_is_noted() -> None:
    for n in range(TIMES):
        with transaction.atomic():
            action = agreed()
            session = planned(action, TODAY - timedelta(days=5 + n))
        at_once(
            doing("claire", commands.withdraw_action, action=action),
            doing("sophie", acts.hold_session, session=session, head_count=4),
        )
        with transaction.atomic():
            assert (kept(action).state, kept(session).state) in {("held", "held"), ("withdrawn", "cancelled")}


@pytest.mark.usefixtures("own_database")
def test_withdrawn_by_who_asked_while_it_is_agreed() -> None:
    for _ in range(TIMES):
        with transaction.atomic():
            action = set_row(opened(), contact=council())
            karim = actor("karim")
            with acting_as(karim):
                rows = Action.objects.visible_to(karim).for_employer()
                theirs = rows.select_related("contact").get(pk=action.pk)
        at_once(
            doing("karim", commands.withdraw_action, action=theirs),
            doing("claire", commands.agree_action, action=action, agreed_with="la direction", agreed_on=TODAY,
                  place="Salle"),
        )  # fmt: skip
        with transaction.atomic():
            assert kept(action).state in ("withdrawn", "agreed")


@pytest.mark.django_db
def test_a_step_that_a_colleague_took_meanwhile_gives_the_words_back() -> None:
    action = opened()
    page = url("collective_action", action.pk)
    bruno = staff("bruno")
    form = bruno.get(page).content.decode()
    hidden = {"step": "discuss"} if 'name="step" value="discuss"' in form else {}
    by("claire", commands.discuss_action, action=action, discussion="Une heure suffit.")
    said = bruno.post(page, hidden | {"discussion": "Ce que le groupe a dit à Bruno"})
    assert said.status_code == 422
    assert "Ce que le groupe a dit à Bruno" in said.content.decode()


@pytest.mark.django_db
def test_the_account_is_not_lost_when_the_questions_were_opened_meanwhile() -> None:
    action = agreed()
    held(action, 12)
    page, bruno = url("collective_action", action.pk), staff("bruno")
    form = bruno.get(page).content.decode()
    hidden = {"step": "account"} if 'name="step" value="account"' in form else {}
    asked(action)
    said = bruno.post(page, hidden | {"report": "Ce que Bruno a écrit"})
    assert said.status_code == 422
    assert "Ce que Bruno a écrit" in said.content.decode()


@pytest.mark.django_db
def test_a_trial_that_a_colleague_began_meanwhile_gives_the_words_back() -> None:
    with as_owner():
        row = Improvement.objects.get(state="idea")
    page, bruno = url("collective_improvement", row.pk), staff("bruno")
    bruno.get(page)
    by("claire", commands_shelf.try_improvement, improvement=row, idea="Un autre éclairage", indicators="La fatigue",
       trial_from=TODAY, trial_until=SOON)  # fmt: skip
    typed = {"idea": "Ce que Bruno propose", "indicators": "La fatigue", "trial_from": TODAY, "trial_until": SOON}
    said = bruno.post(page, {"state": "idea"} | typed)
    assert said.status_code == 422
    assert "Ce que Bruno propose" in said.content.decode()


@pytest.mark.django_db
def test_a_name_that_could_not_be_signed_is_given_back() -> None:
    session = held(agreed("managers"), 6)
    page = staff("sophie").post(url("collective_attendance", session.pk), {"name": "Ida Essai"}, follow=True)
    assert "Ida Essai" in page.content.decode()


@pytest.mark.django_db
def test_the_reason_to_withdraw_is_given_back() -> None:
    action = agreed()
    planned(action)
    asked(action)
    page = staff().post(url("collective_withdraw", action.pk), {"why": "Le site ferme"}, follow=True)
    assert "Le site ferme" in page.content.decode()


@pytest.mark.django_db
def test_the_questions_stay_open_after_a_session_that_was_put_off() -> None:
    action = agreed()
    session = planned(action, SOON)
    asked(action)
    by("sophie", acts.change_session, session=session, day=SOON + timedelta(days=40), starts=session.starts,
       ends=session.ends, team=[W.colleague("claire")])  # fmt: skip
    assert kept(action).evaluation_until >= SOON + timedelta(days=40)


@pytest.mark.django_db
def test_places_under_somebody_s_address_do_not_use_up_what_they_are_told(mailoutbox: Any) -> None:
    """Twenty places taken under a contact's address, by anybody: what the service has to tell them still leaves."""
    contact, session = council(), planned(agreed(), SOON, capacity=50, sign_up=True)
    with as_owner():
        email = contact.user.email if contact.user else ""
    for _ in range(25):
        by("passer_by", acts.take_seat, code=session.code, name="Essai", email=email)
    leave()
    mailoutbox.clear()
    by("sophie", commands.tell_action, action=session.action)
    leave()
    assert [mail.to[0] for mail in mailoutbox].count(email) == 1
