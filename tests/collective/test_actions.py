"""An action from a wish to its end; who reads what of it on the way; what was tried at work; the materials."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from amarre.collective import commands, commands_sessions, commands_shelf, gate
from amarre.collective.catalogue import THEMES, ensure_offers
from amarre.collective.models import Action, Improvement, Material, MaterialFile, Offer
from amarre.collective.queries import account_of, board, next_step, sessions_of, suggestions, teams
from amarre.core import commands as core
from amarre.core.commands import NotAllowed, Refused
from amarre.core.days import months_after
from amarre.core.scope import acting_as
from amarre.organisations.models import Contact
from tests.cast import actor, as_owner
from tests.collective.acting import W, agreed, by, held, kept, opened, planned, set_row, workplace

pytestmark = pytest.mark.django_db


def visible(code: str, action: Action) -> bool:
    who = actor(code)
    with acting_as(who):
        return Action.objects.visible_to(who).filter(pk=action.pk).exists()


def step(action: Action, code: str = "claire") -> str:
    who = actor(code)
    with acting_as(who):
        row = Action.objects.visible_to(who).get(pk=action.pk)
        found = next_step(row, sessions_of(who, [row])[row.pk])
        return found.code if found else ""


def contact(code: str) -> Contact:
    with as_owner():
        return Contact.objects.select_related("establishment__company").get(user_id=W.user(code).pk)


def offer(code: str) -> Offer:
    with as_owner():
        return Offer.objects.get(code=code)


def test_from_a_wish_to_the_end() -> None:
    action = by("karim", commands.ask_action, contact=contact("karim"), offer=offer("return"), need="Trois retours")
    assert (action.asker, step(action)) == ("works_council", "discuss")
    assert (visible("karim", action), visible("paul", action), visible("rita", action)) == (True, False, False)
    by("claire", commands.discuss_action, action=action, discussion="Une réunion suffit")
    assert step(action) == "agree"
    by("claire", commands.agree_action, action=action, agreed_with="le CSE", agreed_on=timezone.localdate(),
       place="Réfectoire")  # fmt: skip
    assert (visible("karim", action), visible("paul", action), visible("rita", action)) == (True, True, False)
    assert step(action) == "plan"
    session = planned(kept(action))
    assert step(action) == "tell"
    by("sophie", commands.tell_action, action=action)
    assert step(action) == "hold"
    set_row(session, day=timezone.localdate() - timedelta(days=1))
    by("sophie", commands_sessions.hold_session, session=session, head_count=17)
    assert step(action) == "account"
    assert kept(action).look_back_due == months_after(timezone.localdate() - timedelta(days=1), 3)
    by("claire", commands.account_action, action=action, report="Une séance, beaucoup de questions.")
    assert step(action) == "look_back"
    with pytest.raises(Refused):
        by("claire", commands.close_action, action=action)
    by("claire", commands.look_back_action, action=action, look_back="Un référent est nommé.")
    assert step(action) == "close"
    by("claire", commands.close_action, action=action)
    assert step(action) == ""
    paul = actor("paul")
    with acting_as(paul):
        row = Action.objects.visible_to(paul).for_employer().get(pk=action.pk)
        account = account_of(paul, row)
    assert (account.people, account.words) == (17, "Une séance, beaucoup de questions.")
    assert account.look_back == "Un référent est nommé."


def test_the_words_of_before_the_agreement_stay_inside() -> None:
    for code in ("paul", "karim", "rita", "passer_by", "chloe", "ines"):
        with acting_as(actor(code)):
            for column in ("need", "discussion", "follow_ups", "lead_id", "evaluation_code"):
                with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f"select {column} from collective_action")


def test_who_asked_may_withdraw_before_it_is_agreed() -> None:
    asked = by("paul", commands.ask_action, contact=contact("paul"), offer=offer("carers"), need="Aidants")
    with pytest.raises(NotAllowed):
        by("karim", commands.withdraw_action, action=asked)
    by("paul", commands.withdraw_action, action=asked, why="Plus besoin")
    assert kept(asked).state == "withdrawn"
    action = agreed()
    set_row(action, contact_id=contact("paul").pk)
    with pytest.raises(Refused):
        by("paul", commands.withdraw_action, action=kept(action))
    session = planned(kept(action))
    by("claire", commands.withdraw_action, action=kept(action))
    assert kept(session).state == "cancelled"


def test_the_health_team_asks_in_its_own_name() -> None:
    assert opened(by_whom="hugo", asker="health_team").lead_id is None
    for code in ("lea", "alex"):
        with pytest.raises(NotAllowed):
            opened(by_whom=code)
    with acting_as(actor("hugo")), core.loading():
        row = Action.objects.visible_to(actor("hugo")).filter(asker="health_team")[0]
        row.pk, row.asker = row.pk + 1, "employer"
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.parametrize(
    ("code", "headcount", "discreet"),
    [("violence", "12", True), ("violence", "", True), ("violence", "50 à 99 salariés", False),
     ("carers", "12", False), ("managers", "12", False), ("violence", "20 à 49 salariés", True)],
)  # fmt: skip
def test_nothing_is_counted_on_a_sensitive_theme_in_a_small_place(code: str, headcount: str, discreet: bool) -> None:
    assert opened(code, headcount=headcount).discreet == discreet


def test_for_a_whole_company_the_smallest_place_protects() -> None:
    place = workplace("300")
    assert not opened("violence", headcount="300", establishment=None).discreet
    with as_owner(), core.loading():
        place.pk, place.siret, place.headcount = place.pk + 1, "73282932000082", "8"
        place.save(force_insert=True)
    assert opened("violence", headcount="300", establishment=None).discreet
    assert gate.is_discreet(sensitive=True, for_managers=False, employees=None)


@pytest.mark.parametrize("words", ["Appelez le 06 12 34 56 78", "Écrire à jean.martin@essai.example"])
def test_words_that_others_read_name_nobody(words: str) -> None:
    with pytest.raises(Refused):
        opened(need=words)
    with pytest.raises(Refused):
        by("nora", commands_shelf.open_improvement, company=workplace().company, title="Poste", observation=words)


def test_refusals_of_the_trade() -> None:
    closed = set_row(offer("retirement"), active=False)
    for said in ({"offer": closed}, {"need": " "}, {"asker": "nobody"}):
        with pytest.raises(Refused):
            opened(**said)
    with pytest.raises(Refused):
        opened(establishment=workplace(city="Nanterre"))
    action = agreed()
    with pytest.raises(Refused):
        by("claire", commands.discuss_action, action=action, discussion="trop tard")
    with pytest.raises(Refused):
        by("claire", commands.tell_action, action=action)
    assert step(set_row(action, state="refused")) == ""
    with pytest.raises(Refused, match="terminée"):
        by("claire", commands.discuss_action, action=kept(action), discussion="x")


def test_one_session_cancelled_the_other_held() -> None:
    action = agreed()
    session = planned(action)
    held(action, 8)
    assert kept(action).state == "agreed"
    by("sophie", commands_sessions.cancel_session, session=session)
    assert kept(action).state == "held"


def test_what_is_due_first_comes_first() -> None:
    who = actor("claire")
    with acting_as(who):
        rows = board(who, Action.objects.visible_to(who))
        dues = [found.due for _, found in rows if found.due]
        assert dues == sorted(dues)
        session = sessions_of(who, [action for action, _ in rows if action.state == "agreed"])
        lists = next(iter(session.values()))
        assert {c.name for c in teams(who, lists)[lists[0].pk]} == {"Claire Kermadec"}
        assert isinstance(suggestions(who, rows[0][0]), list)


@pytest.mark.parametrize(
    ("day", "after"), [(date(2026, 11, 30), date(2027, 2, 28)), (date(2026, 1, 5), date(2026, 4, 5))]
)
def test_three_months_later(day: date, after: date) -> None:
    assert months_after(day, 3) == after


def test_the_catalogue_is_shipped_once_and_holds_the_themes_of_the_trade() -> None:
    with as_owner(), core.loading():
        assert ensure_offers() == 0
        Offer.objects.filter(code="sleepless").delete()
        themes = set(Offer.objects.values_list("theme", flat=True))
    assert themes <= set(THEMES)
    assert {"SERVICE", "HOUSING", "DISABILITY", "LITERACY", "VIOLENCE", "CARERS", "INCOME", "RISKS", "MENTAL_HEALTH",
            "MANAGERS", "CRISIS"} <= themes  # fmt: skip
    assert {code for code, theme in THEMES.items() if theme.sensitive} >= {"VIOLENCE", "ADDICTION", "MENTAL_HEALTH"}


def test_an_action_keeps_what_was_said_when_the_catalogue_changes() -> None:
    action, line = agreed(), offer("carers")
    by("marc", commands_shelf.edit_offer, offer=line, kind="workshop", theme="CARERS", title="Autre", aim="Autre",
       questions=["a", "b", "c"])  # fmt: skip
    assert kept(action).questions == ["Ce moment m’a été utile.", "Je sais à qui m’adresser après.",
                                      "J’en parlerais à un collègue."]  # fmt: skip


def test_materials_have_versions_that_stay() -> None:
    from tests.core.hostile_files import picture

    row = by("claire", commands_shelf.add_material, title="Affiche", name="a.png", content=picture("PNG"))
    second = by("bruno", commands_shelf.renew_material, material=row, name="b.png", content=picture("PNG"))
    who = actor("claire")
    with acting_as(who):
        assert [m.version for m in Material.objects.visible_to(who).current().filter(series=row.series)] == [2]
        assert MaterialFile.objects.visible_to(who).get(material=second).body.startswith(b"\xff\xd8")
    by("claire", commands_shelf.withdraw_material, material=second)
    with pytest.raises(Refused):
        by("claire", commands_shelf.renew_material, material=row, name="c.png", content=picture("PNG"))


def test_what_was_tried_is_the_workplace_s_log() -> None:
    place = workplace()
    row = by("nora", commands_shelf.open_improvement, company=place.company, establishment=place, title="Bruit",
             observation="Le soir, deux machines ensemble")  # fmt: skip
    with pytest.raises(Refused):
        by("nora", commands_shelf.conclude_improvement, improvement=row, result="x", kept=True)
    today = timezone.localdate()
    with pytest.raises(Refused):
        by("nora", commands_shelf.try_improvement, improvement=row, idea="Décaler", indicators="Le bruit",
           trial_from=today, trial_until=today - timedelta(days=1))  # fmt: skip
    by("nora", commands_shelf.try_improvement, improvement=row, idea="Décaler", indicators="Le bruit",
       trial_from=today, trial_until=today)  # fmt: skip
    by("claire", commands_shelf.conclude_improvement, improvement=row, result="Moins de bruit", kept=True)
    for code, sees in (("paul", True), ("karim", True), ("rita", False)):
        who = actor(code)
        with acting_as(who):
            found = [i.result for i in Improvement.objects.visible_to(who).filter(pk=row.pk)]
        assert found == (["Moins de bruit"] if sees else []), code


def test_a_mistyped_number_is_corrected_until_somebody_has_read_it() -> None:
    action = agreed()
    session = held(action, 12)
    by("sophie", commands_sessions.recount_session, session=session, head_count=21)
    assert (kept(session).head_count, kept(session).shown_count) == (21, 21)
    by("claire", commands.account_action, action=action, report="Une heure.")
    with pytest.raises(Refused, match="ne se corrige plus"):
        by("sophie", commands_sessions.recount_session, session=session, head_count=22)
    assert kept(session).head_count == 21


def test_where_nobody_is_counted_nobody_is_recounted() -> None:
    session = held(agreed("violence", headcount="12"), None)
    with pytest.raises(Refused, match="personne n’est compté"):
        by("sophie", commands_sessions.recount_session, session=session, head_count=7)
    counted = held(agreed("violence", headcount="200"), 12, hour=14)
    by("sophie", commands_sessions.recount_session, session=counted, head_count=13)
    assert (kept(counted).head_count, kept(counted).shown_count) == (13, None), "nothing leaves the service"
