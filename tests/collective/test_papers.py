"""Papers of an action: one page whatever was typed, the same for everybody, nobody made visible."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
import segno
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from amarre.collective import commands, commands_sessions, papers, told
from amarre.collective.links import questions_path, session_path
from amarre.collective.models import Action, Attendance, Session
from amarre.collective.queries import Account, Held, Said
from amarre.core.commands import Refused
from amarre.core.notices import door_url
from amarre.core.paper import Unprintable
from amarre.core.scope import acting_as
from amarre.organisations.models import Centre
from tests.cast import actor
from tests.collective.acting import agreed, answer, asked, by, closed, evaluated, held, kept, planned, set_row
from tests.collective.sheets import A4, A5, modules, pages, size_of, text_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SIGN_UP = ("inscri", "réserv", "participez", "places")
_SIZES = {which: A5 if which.endswith("a5") else A4 for which in papers.TOLD}


def made(code: str, action: Action, make: Callable[..., Any], *more: Any) -> Any:
    """What somebody of the cast is given of an action, read through their own door."""
    who = actor(code)
    with acting_as(who):
        rows = Action.objects.visible_to(who)
        rows = rows.for_employer() if code in ("paul", "karim", "rita") else rows
        return make(who, rows.get(pk=action.pk), *more)


def matrix(address: str) -> list[list[bool]]:
    return [[bool(v) for v in row] for row in segno.make(address, error="m", micro=False).matrix]


def announced(code: str = "carers", **said: Any) -> tuple[Action, Session]:
    action = agreed(code)
    session = planned(action, capacity=12, sign_up=True, **said) if not action.sensitive else planned(action, **said)
    by("sophie", commands.tell_action, action=action, local_contacts=["Les Clés du port, Montreuil, 01 48 70 00 10"])
    return kept(action), session


@pytest.mark.parametrize("which", papers.TOLD)
def test_what_is_announced_is_the_same_for_everybody_and_opens_the_page_of_the_session(which: str) -> None:
    action, session = announced()
    sheet = made("claire", action, papers.told_paper, which)
    for code in ("paul", "karim", "sophie", "hugo"):
        assert made(code, action, papers.told_paper, which) == sheet
    address = door_url(session_path(session.code))
    expected = matrix(address)
    assert modules(sheet, len(expected)) == expected
    assert (pages(sheet), size_of(sheet)) == (1, _SIZES[which])
    said = text_of(sheet)
    for words in (action.title, address, "Les Clés du port, Montreuil", told.FREE, "Salle commune", "de 9 h à 10 h",
                  "Une question ? Appelez-nous"):  # fmt: skip
        assert words.replace("\u00a0", " ") in said.replace("\u00a0", " "), words
    assert told.WORK_TIME not in said


def test_working_time_is_said_when_it_was_agreed() -> None:
    action, _ = announced()
    set_row(action, on_work_time=True)
    assert told.WORK_TIME in text_of(made("claire", action, papers.told_paper, "affiche-a4"))
    assert told.WORK_TIME in made("paul", action, told.mail_for).body


@pytest.mark.parametrize("which", papers.TOLD)
def test_on_a_sensitive_theme_nobody_is_made_visible(which: str) -> None:
    action, _ = announced("violence")
    said = text_of(made("paul", action, papers.told_paper, which))
    assert not [word for word in SIGN_UP if word in said.lower()]
    assert told.UNSEEN in said
    assert told.DIRECT in said
    assert ("3919" in said) == which.startswith("depliant")
    mail = made("paul", action, told.mail_for)
    assert not [word for word in SIGN_UP if word in (mail.subject + mail.body).lower()]
    assert "3919" in mail.body


def test_nothing_is_printed_before_there_is_a_day() -> None:
    action = agreed()
    planned(action, TODAY - timedelta(days=3))
    for make in (told.mail_for, told.calendar_for, papers.account_paper, papers.evaluation_card):
        with pytest.raises(Unprintable):
            made("claire", action, make)
    with pytest.raises(Unprintable):
        made("claire", action, papers.told_paper, "affiche-a4")


def test_a_remote_session_gives_its_link_only_where_no_place_is_taken() -> None:
    action, session = announced(link="https://visio.essai.example/salle")
    mail, calendar = made("paul", action, told.mail_for), made("paul", action, told.calendar_for)
    assert "à distance" in text_of(made("paul", action, papers.told_paper, "affiche-a5")).lower()
    assert "visio.essai" not in mail.body + calendar.decode()
    set_row(session, sign_up=False)
    mail, calendar = made("paul", action, told.mail_for), made("paul", action, told.calendar_for)
    assert "https://visio.essai.example/salle" in mail.body
    assert "visio.essai.example" in calendar.decode().replace("\r\n ", "")


def test_the_mail_and_the_calendar_tell_every_session_and_nobody() -> None:
    action, session = announced()
    later = planned(action, TODAY + timedelta(days=70))
    mail, calendar = made("karim", action, told.mail_for), made("karim", action, told.calendar_for).decode()
    for row in (session, later):
        assert door_url(session_path(row.code)) in mail.body
        assert door_url(session_path(row.code)) in calendar.replace("\r\n ", "")
    assert calendar.count("BEGIN:VEVENT") == 2
    assert made("claire", action, told.calendar_for).decode() == calendar
    assert "Kermadec" not in mail.body + calendar, "not even who leads it"
    assert made("claire", action, told.mail_for) == mail


def test_what_is_named_nearby_is_short_and_may_be_corrected_until_it_is_held() -> None:
    action, session = announced()
    for lines in (["x"] * 2 + [str(n) for n in range(6)], ["x" * 161]):
        with pytest.raises(Refused):
            by("sophie", commands.tell_action, action=action, local_contacts=lines)
    set_row(action, told_on=TODAY - timedelta(days=2))
    by("sophie", commands.tell_action, action=action, local_contacts=[" Un  lieu ", "", "Un lieu", "Autre"])
    assert kept(action).local_contacts == ["Un lieu", "Autre"]
    assert kept(action).told_on == TODAY - timedelta(days=2), "announced once"
    by("sophie", commands.tell_action, action=action)
    assert kept(action).local_contacts == ["Un lieu", "Autre"]
    set_row(session, day=TODAY - timedelta(days=1))
    by("sophie", commands_sessions.hold_session, session=session, head_count=4)
    with pytest.raises(Refused):
        by("sophie", commands.tell_action, action=action, local_contacts=["Trop tard"])


def test_the_account_says_what_was_done_how_many_came_and_what_they_said() -> None:
    action = evaluated(14, heads=17)
    by("claire", commands.account_action, action=action, report="Beaucoup de questions sur les congés.")
    sheet = made("claire", action, papers.account_paper)
    assert (pages(sheet), size_of(sheet)) == (1, A4)
    said = text_of(sheet)
    for words in ("17 personnes", "Beaucoup de questions", "Plutôt oui : presque tout le monde"):
        assert words in said.replace("\u00a0", " ")
    assert "Trois mois après" not in said
    for code in ("paul", "karim"):
        assert made(code, action, papers.account_paper) == sheet
    by("claire", commands.look_back_action, action=action, look_back="Un référent est nommé.")
    said = text_of(made("paul", action, papers.account_paper))
    assert "Trois mois après" in said
    assert "Un référent est nommé." in said


def test_a_discreet_account_holds_no_number_of_anybody() -> None:
    action = agreed("violence", headcount="12")
    held(action, None)
    by("claire", commands.account_action, action=action, report="La séance a eu lieu.")
    set_row(action, follow_ups=None)
    said = text_of(made("paul", action, papers.account_paper)).replace("\u00a0", " ")
    assert "personnes en tout" not in said
    assert not any(f"{n} personne" in said for n in range(100))
    assert "rien n’est compté" in said
    assert "Plutôt oui" not in said


def test_few_answers_are_not_told_and_that_is_said() -> None:
    action = evaluated(7, heads=9)
    by("claire", commands.account_action, action=action, report="Fait.")
    assert "Moins de 11 réponses" in text_of(made("paul", action, papers.account_paper)).replace("\u00a0", " ")


def test_what_does_not_hold_on_one_page_is_refused_when_it_is_written() -> None:
    action = evaluated(14, heads=17)
    with pytest.raises(Refused, match="une page"):
        by("claire", commands.account_action, action=action, report="Une ligne.\n" * 540)
    longest = ("Une phrase de compte rendu, comme on en écrit. " * 128)[:6_000]
    by("claire", commands.account_action, action=action, report=longest)
    assert pages(made("paul", action, papers.account_paper)) == 1
    with pytest.raises(Refused, match="une page"):
        by("claire", commands.look_back_action, action=action, look_back=longest)
    by("claire", commands.look_back_action, action=action, look_back=longest[:1_000])
    assert longest[-30:].strip() in text_of(made("paul", action, papers.account_paper))


def test_a_training_has_a_sheet_to_sign_and_a_certificate_for_each() -> None:
    action = agreed("managers")
    session = planned(action, TODAY)
    line = by("sophie", commands_sessions.sign_attendance, session=session, name="Ida Marchenoir", signature="paper")
    who = actor("sophie")
    with acting_as(who):
        sheet, certificate = papers.sign_in_sheet(who, session), papers.certificate_paper(who, line)
    assert (pages(sheet), pages(certificate)) == (1, 1)
    assert "Ida Marchenoir" not in text_of(sheet)
    for words in ("Ida Marchenoir", action.title, "1 heure", "Salle commune"):
        assert words in text_of(certificate).replace("\u00a0", " ")
    other = planned(agreed())
    with acting_as(who), pytest.raises(Unprintable, match="personne"):
        papers.sign_in_sheet(who, other)
    paul = actor("paul")
    with acting_as(paul), pytest.raises(Attendance.DoesNotExist):
        papers.certificate_paper(paul, line)


def test_the_card_opens_the_questions_for_staff_while_they_are_open() -> None:
    action = agreed()
    held(action, 20)
    code = asked(action)
    card = made("sophie", action, papers.evaluation_card)
    address = door_url(questions_path(code))
    assert (pages(card), size_of(card)) == (1, A5)
    assert modules(card, len(matrix(address))) == matrix(address)
    assert "Sans nom, trois questions, une minute." in text_of(card)
    assert address in text_of(card)
    with pytest.raises(Unprintable):
        made("paul", action, papers.evaluation_card)
    answer(code, [[4, 4, 4]] * 12)
    closed(action)
    with pytest.raises(Unprintable):
        made("sophie", action, papers.evaluation_card)


_LETTERS = st.characters(min_codepoint=1, max_codepoint=0x1F9FF, exclude_categories=["Cs"])


def words(most: int) -> st.SearchStrategy[str]:
    """Anything that a field of that length may hold: usual letters, the widest, one word without end, any sign."""
    usual = st.text("abcdefghi éàç'’WM-\u00a0", max_size=most)
    return st.one_of(usual, st.text(_LETTERS, max_size=most), st.sampled_from(["W" * most, "mot " * (most // 4), ""]))


_MEETING = told.Meeting(
    1, date(2026, 12, 8), time(14), time(15), "Salle", False, "", True, "http://a.example/actions/x/"
)
meetings = st.lists(st.builds(lambda place, n: replace(_MEETING, place=place, key=n), words(200), st.integers(1, 9)),
                    min_size=1, max_size=7)  # fmt: skip
TOLD = st.builds(
    told.Told, title=words(160), kind=st.just("Réunion d’information"), workplace=words(240), aim=words(400),
    audience=words(200), meetings=meetings.map(tuple), access=words(200), interpreter=words(120),
    accessibility=words(200), languages=st.just("Français"), sensitive=st.booleans(),
    promises=st.just((told.FREE, told.WORK_TIME)), welcome=st.just(f"{told.UNSEEN} {told.DIRECT}"),
    sign_up=st.booleans(), contacts=st.lists(words(160), max_size=commands.MOST_CONTACTS).map(tuple),
    centre=words(120), phone=words(20), hours=words(120),
    numbers=st.lists(st.tuples(words(20), words(160)), max_size=5).map(tuple),
)  # fmt: skip


@given(TOLD, st.sampled_from([*papers.TOLD]))
@settings(max_examples=15, deadline=None)
def test_any_field_makes_exactly_one_page(said: told.Told, which: str) -> None:
    pdf = papers.print_told(said, which)
    assert (pages(pdf), size_of(pdf)) == (1, _SIZES[which])


@pytest.mark.parametrize("which", papers.TOLD)
@pytest.mark.parametrize("letter", ["W", "W ", "é’", "漢", "\u0301"])
def test_every_field_at_its_longest_makes_exactly_one_page(which: str, letter: str) -> None:
    def long(most: int) -> str:
        return (letter * most)[:most]

    meeting = replace(_MEETING, place=long(200))
    said = told.Told(
        long(160), "Réunion d’information", long(240), long(400), long(200),
        tuple(replace(meeting, place=long(198) + str(n)) for n in range(9)), long(200), long(120), long(200),
        "Français, Anglais, Arabe", True, (told.FREE, told.WORK_TIME), f"{told.UNSEEN} {told.DIRECT}", False,
        (long(160),) * commands.MOST_CONTACTS, long(120), long(20), long(120), ((long(20), long(160)),) * 5,
    )  # fmt: skip
    pdf = papers.print_told(said, which)
    assert (pages(pdf), size_of(pdf)) == (1, _SIZES[which])


@given(words(160), words(2_000), words(1_000), st.lists(st.tuples(words(200), words(200)), max_size=8), st.booleans())
@settings(max_examples=15, deadline=None)
def test_an_account_is_one_page_or_is_refused(
    title: str, report: str, after: str, said: list[tuple[str, str]], counted: bool
) -> None:
    sessions = tuple(Held(date(2026, 6, n + 1), time(14), time(15), place, n if counted else None)
                     for n, (_, place) in enumerate(said))  # fmt: skip
    account = Account(
        title=title, theme="", where="Ici", kind="Atelier", words=report, on=date(2026, 7, 1), sessions=sessions,
        people=3 if counted else None, said=tuple(Said(question, "la plupart", "") for question, _ in said),
        silence="", look_back=after, look_back_on=date(2026, 9, 1),
    )  # fmt: skip
    long = report.count("\n") + after.count("\n") > 10 or len(report + after) > 1_500
    with suppress(Unprintable) if long else nullcontext():
        assert pages(papers.print_account(account, Centre(name="Centre de Montreuil", phone="0148700000"))) == 1
