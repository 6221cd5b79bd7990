"""The coordinator shares out the load and reads nobody's story; nobody else comes here, nobody names themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from amarre.accounts.models import Colleague, Posting, User
from amarre.audit.models import Entry
from amarre.cases.models import Assignment, Case, Membership
from amarre.core.commands import loading
from amarre.core.scope import acting_as
from amarre.intake.models import Solicitation
from amarre.organisations.models import Centre
from tests.cast import actor, as_owner, user
from tests.rows import ANONYMOUS_CASE, CANARIES, CLOSED_CASE, INES_CASE, THEO_CASE, YANIS_CASE

pytestmark = pytest.mark.django_db

PAGES = ("team", "team_move", "team_cover", "team_requests")
OUTSIDERS = ("claire", "bruno", "nadia", "sophie", "theo", "zoe", "alex", "lea", "hugo", "nora")
SECRETS = (
    *CANARIES,
    "Benali",
    "Diarra",
    "Quentin",
    "Inès",
    "Yanis",
    "06 00 00 01",
    "TEST_PROBLEM",
    "TEST_OPEN",
    "Mot d",
)


@pytest.fixture
def marc(client: Client) -> Client:
    client.force_login(user("marc"))
    return client


def assignment(number: str) -> Assignment:
    with as_owner():
        return Assignment.objects.select_related("lead").get(number=number)


def open_requests(centre: str = "Centre de Montreuil") -> list[Solicitation]:
    with as_owner():
        return list(Solicitation.objects.open().filter(centre__name=centre).order_by("reference"))


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def day(value: date) -> str:
    return value.isoformat()


def lines(verb: str, outcome: str = "done") -> list[Entry]:
    with as_owner():
        return list(Entry.objects.filter(verb=verb, outcome=outcome).order_by("id"))


def also_works_in(code: str, city: str) -> None:
    with as_owner(), loading():
        Posting(user=user(code), centre=Centre.objects.get(name=f"Centre de {city}")).save()


def more_cases(count: int) -> None:
    with as_owner(), loading():
        lead = Colleague.objects.get(pk=user("nadia").pk)
        centre = Centre.objects.get(name="Centre de Montreuil")
        for n in range(count):
            number = f"D-2024-{n:04d}"
            case = Case(number=number, source="employee", opened_at=timezone.now(), opened_by=lead)
            case.save()
            today = timezone.localdate()
            Membership(case=case, user=lead, role="lead", since=today, reason="TAKEN", named_by=lead).save()
            Assignment(case=case, number=number, centre=centre, lead=lead, opened_on=today).save()


@pytest.mark.parametrize("name", PAGES)
def test_a_coordinator_comes_in_and_reads_no_story(marc: Client, name: str) -> None:
    everything = {"dossier": [assignment(n).pk for n in (INES_CASE, YANIS_CASE, ANONYMOUS_CASE)]}
    response = marc.get(reverse(f"staff:{name}"), everything)
    assert response.status_code == 200
    assert [secret for secret in SECRETS if secret in text_of(response)] == []
    assert lines("solicitation.list" if name == "team_requests" else "assignment.list", "read")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("code", OUTSIDERS)
def test_nobody_else_comes_in(client: Client, code: str, name: str) -> None:
    client.force_login(user(code))
    assert client.get(reverse(f"staff:{name}")).status_code == 403
    chosen = {"dossier": assignment(YANIS_CASE).pk, "to": user("bruno").pk, "reason": "WORKLOAD"}
    assert client.post(reverse(f"staff:{name}"), chosen).status_code == 403
    assert assignment(YANIS_CASE).lead.name == "Nadia Ferhat"


def test_the_load_says_how_many_and_how_urgent_in_my_centres_only(marc: Client) -> None:
    response = marc.get(reverse("staff:team"))
    told = {line.worker.name: line for line in response.context["people"].loads}
    assert (told["Nadia Ferhat"].total, told["Nadia Ferhat"].requests) == (2, 1)
    assert told["Nadia Ferhat"].urgencies == [("2 U3", "sea")]
    assert told["Nadia Ferhat"].oldest == date(2025, 3, 3)
    assert told["Bruno Le Goff"].total == 0
    assert "Théo Vasseur" not in told
    page = text_of(response)
    assert all(number in page for number in (INES_CASE, YANIS_CASE, ANONYMOUS_CASE))
    assert THEO_CASE not in page
    assert CLOSED_CASE not in page


def test_somebody_who_left_is_shown_while_their_cases_wait(marc: Client) -> None:
    with as_owner(), loading():
        Assignment.objects.filter(number=YANIS_CASE).update(lead_id=user("max").pk, urgency="")
    response = marc.get(reverse("staff:team"))
    first = response.context["people"].loads[0]
    assert (first.worker.name, first.here, first.urgencies) == ("Max Parti", False, [("1 à évaluer", "neutral")])
    assert "plus dans vos centres" in text_of(response)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"lead": "nadia"}, {YANIS_CASE, ANONYMOUS_CASE}),
        ({"urgency": "U3"}, {INES_CASE, YANIS_CASE, ANONYMOUS_CASE}),
        ({"urgency": "U1"}, set()),
        ({"urgency": "none"}, set()),
        ({"state": "on_hold"}, {ANONYMOUS_CASE}),
        ({"state": "nonsense"}, {INES_CASE, YANIS_CASE, ANONYMOUS_CASE}),
        ({"quiet": "on"}, {INES_CASE, YANIS_CASE, ANONYMOUS_CASE}),
    ],
)
def test_filters_keep_what_they_say(marc: Client, wanted: dict[str, str], expected: set[str]) -> None:
    if "lead" in wanted:
        wanted = {"lead": str(user(wanted["lead"]).pk)}
    response = marc.get(reverse("staff:team"), wanted)
    assert {row.number for row in response.context["found"]} == expected
    assert ("Aucun dossier ne répond" in text_of(response)) is (not expected)


def test_no_contact_yet_counts_from_the_opening(marc: Client) -> None:
    more_cases(1)
    with as_owner(), loading():
        Assignment.objects.filter(number=INES_CASE).update(last_contact_on=timezone.localdate())
        Assignment.objects.filter(number=YANIS_CASE).update(last_contact_on=None)
    found = marc.get(reverse("staff:team"), {"quiet": "on"}).context["found"]
    assert {row.number for row in found} == {YANIS_CASE, ANONYMOUS_CASE}


def test_many_cases_are_paged_and_cost_no_more_statements(marc: Client) -> None:
    marc.get(reverse("staff:team"))
    with CaptureQueriesContext(connection) as few:
        marc.get(reverse("staff:team"))
    more_cases(60)
    with CaptureQueriesContext(connection) as many:
        response = marc.get(reverse("staff:team"))
    assert len(many) == len(few)
    assert (len(response.context["found"]), response.context["found"].paginator.count) == (25, 63)
    asked = marc.get(reverse("staff:team_move"), {"tous": "1", "lead": user("nadia").pk})
    assert len(asked.context["rows"]) == 62
    assert "Déplacer 62 dossiers" in text_of(asked)


def test_nothing_chosen_says_what_to_do(marc: Client) -> None:
    assert "cochez les dossiers" in text_of(marc.get(reverse("staff:team_move")))
    gone = marc.get(reverse("staff:team_move"), {"dossier": [assignment(CLOSED_CASE).pk, assignment(INES_CASE).pk]})
    assert [row.number for row in gone.context["rows"]] == [INES_CASE]
    assert "1 dossier coché n’est plus ouvert" in text_of(gone)


def test_cases_change_hands_together_and_it_is_written_down(marc: Client) -> None:
    chosen = [assignment(YANIS_CASE).pk, assignment(ANONYMOUS_CASE).pk]
    asked = marc.get(reverse("staff:team_move"), {"dossier": chosen})
    assert all(number in text_of(asked) for number in (YANIS_CASE, ANONYMOUS_CASE))
    assert "Marc Olivier" not in [name for _, name in asked.context["form"].fields["to"].choices]
    sent = {"dossier": chosen, "to": user("bruno").pk, "reason": "WORKLOAD"}
    response = marc.post(reverse("staff:team_move"), sent, follow=True)
    assert "2 dossiers confiés à Bruno Le Goff." in text_of(response)
    assert {assignment(n).lead.name for n in (YANIS_CASE, ANONYMOUS_CASE)} == {"Bruno Le Goff"}
    (line,) = lines("case.move")
    assert (line.reason, line.user_id) == ("WORKLOAD", user("marc").pk)
    bruno, me = actor("bruno"), actor("marc")
    with acting_as(bruno):
        assert Case.objects.visible_to(bruno).filter(number=YANIS_CASE).exists()
    with acting_as(me):
        assert not Case.objects.visible_to(me).exists()


def test_moving_again_to_the_same_person_is_refused_with_a_sentence(marc: Client) -> None:
    sent = {"dossier": assignment(YANIS_CASE).pk, "to": user("nadia").pk, "reason": "WORKLOAD"}
    response = marc.post(reverse("staff:team_move"), sent)
    assert response.status_code == 422
    assert "Rien à déplacer" in text_of(response)
    assert lines("case.move", "refused")


@pytest.mark.parametrize("roles", [["coordinator"], ["coordinator", "social_worker"]])
def test_nobody_names_themselves(marc: Client, roles: list[str]) -> None:
    me = user("marc")
    with as_owner():
        User.objects.filter(pk=me.pk).update(roles=roles)
    case, waiting = assignment(YANIS_CASE), open_requests()[0]
    today = day(timezone.localdate())
    cover = {"absent": user("nadia").pk, "stand_in": me.pk, "since": today, "until": today, "reason": "ABSENCE"}
    for name, sent in (
        ("team_move", {"dossier": case.pk, "to": me.pk, "reason": "WORKLOAD"}),
        ("team_cover", cover),
        ("team_requests", {"demande": waiting.pk, "to": me.pk}),
    ):
        assert marc.post(reverse(f"staff:{name}"), sent).status_code == 422
    with as_owner():
        assert not Membership.objects.filter(user_id=me.pk).exists()
        assert not Solicitation.objects.filter(assigned_to_id=me.pk).exists()
    assert lines("case.move") == lines("case.cover") == lines("solicitation.assign") == []


@pytest.mark.parametrize("beside", [CLOSED_CASE, THEO_CASE, ""])
def test_a_move_is_whole_or_is_not(marc: Client, beside: str) -> None:
    other = assignment(beside).pk if beside else "n'importe quoi"
    sent = {"dossier": [assignment(YANIS_CASE).pk, other], "to": user("bruno").pk, "reason": "WORKLOAD"}
    response = marc.post(reverse("staff:team_move"), sent)
    assert response.status_code == 422
    assert "La liste a changé" in text_of(response)
    assert assignment(YANIS_CASE).lead.name == "Nadia Ferhat"
    assert lines("case.move") == []
    assert marc.post(reverse("staff:team_move"), {"dossier": other, "to": "", "reason": ""}).status_code == 422


def test_a_move_has_a_reason_and_somebody_of_the_centre(marc: Client) -> None:
    chosen = assignment(YANIS_CASE).pk
    for to, reason in ((user("bruno").pk, ""), (user("bruno").pk, "TAKEN"), (user("theo").pk, "AREA"), ("", "AREA")):
        sent = {"dossier": chosen, "to": to, "reason": reason}
        assert marc.post(reverse("staff:team_move"), sent).status_code == 422
    assert assignment(YANIS_CASE).lead.name == "Nadia Ferhat"


def test_an_absence_is_covered_between_two_days(marc: Client) -> None:
    today = timezone.localdate()
    until = today + timedelta(days=10)
    sent = {"absent": user("nadia").pk, "stand_in": user("claire").pk, "since": day(today), "until": day(until)}
    response = marc.post(reverse("staff:team_cover"), {**sent, "reason": "ABSENCE"}, follow=True)
    page = text_of(response)
    assert "Claire Kermadec assure la suppléance de 2 dossiers" in page
    assert [(c.absent, c.stand_in, c.count) for c in response.context["covers"]] == [
        ("Nadia Ferhat", "Claire Kermadec", 2)
    ]
    assert len(lines("member.name")) == 2
    claire = actor("claire")
    with acting_as(claire):
        assert Case.objects.visible_to(claire).filter(number=YANIS_CASE).exists()
    assert assignment(YANIS_CASE).lead.name == "Nadia Ferhat"


def test_a_stand_in_who_is_already_there_is_said(marc: Client) -> None:
    today = day(timezone.localdate())
    sent = {"since": today, "until": today, "reason": "ABSENCE"}
    whole = {**sent, "absent": user("claire").pk, "stand_in": user("bruno").pk}
    refused = marc.post(reverse("staff:team_cover"), whole)
    assert refused.status_code == 422
    assert "Aucun dossier à couvrir" in text_of(refused)
    with as_owner(), loading():
        Assignment.objects.filter(number=ANONYMOUS_CASE).update(lead_id=user("claire").pk)
    page = text_of(marc.post(reverse("staff:team_cover"), whole, follow=True))
    assert "la suppléance de 1 dossier," in page
    assert "Déjà présent(e) dans 1 autre" in page


def test_a_cover_needs_two_people_and_days_to_come(marc: Client) -> None:
    today = timezone.localdate()
    right = {
        "absent": user("nadia").pk, "stand_in": user("claire").pk, "reason": "ABSENCE",
        "since": day(today), "until": day(today),
    }  # fmt: skip
    for wrong, words in (
        ({"stand_in": user("nadia").pk}, "se suppléer elle-même"),
        ({"since": day(today - timedelta(days=1))}, "au plus tôt aujourd"),
        ({"until": day(today - timedelta(days=1))}, "fin est avant le début"),
        ({"absent": user("theo").pk}, ""),
        ({"stand_in": user("sophie").pk}, ""),
        ({"reason": ""}, ""),
    ):
        response = marc.post(reverse("staff:team_cover"), right | wrong)
        assert response.status_code == 422
        assert words in text_of(response)
    assert lines("member.name") == []


def test_requests_are_shared_out_and_given_back(marc: Client) -> None:
    chosen = [row.pk for row in open_requests()[:3]]
    sent = {"demande": chosen, "to": user("bruno").pk}
    response = marc.post(reverse("staff:team_requests") + "?pour=personne", sent, follow=True)
    assert "3 demandes confiées à Bruno Le Goff." in text_of(response)
    assert response.request["QUERY_STRING"] == "pour=personne"
    assert {row.assigned_to_id for row in response.context["found"]} == {None}
    assert len(lines("solicitation.assign")) == 3
    with as_owner():
        assert Solicitation.objects.filter(pk__in=chosen, assigned_to_id=user("bruno").pk).count() == 3
    back = marc.post(reverse("staff:team_requests"), {"demande": chosen[:1], "to": "0"}, follow=True)
    assert "1 demande remise dans la file." in text_of(back)
    with as_owner():
        assert Solicitation.objects.get(pk=chosen[0]).assigned_to_id is None


def test_the_queue_is_my_centres_and_shows_no_reason(marc: Client) -> None:
    response = marc.get(reverse("staff:team_requests"))
    assert {row.centre.name for row in response.context["found"]} == {"Centre de Montreuil"}
    assert len(response.context["found"]) == len(open_requests())
    assert [secret for secret in SECRETS if secret in text_of(response)] == []


def test_sharing_out_is_whole_or_is_not(marc: Client) -> None:
    also_works_in("marc", "Nanterre")
    here, there = open_requests()[0], open_requests("Centre de Nanterre")[0]
    sent = {"demande": [there.pk, here.pk], "to": user("theo").pk}
    response = marc.post(reverse("staff:team_requests"), sent)
    assert response.status_code == 422
    assert "Théo Vasseur ne travaille pas au Centre de Montreuil" in text_of(response)
    gone = marc.post(reverse("staff:team_requests"), {"demande": [there.pk, "12"], "to": user("theo").pk})
    assert gone.status_code == 422
    assert "La file a changé" in text_of(gone)
    assert "Cochez au moins une demande" in text_of(marc.post(reverse("staff:team_requests"), {"to": "0"}))
    assert lines("solicitation.assign") == []
    with as_owner():
        assert Solicitation.objects.get(pk=there.pk).assigned_to_id is None


def test_a_coordinator_without_a_centre_is_told_what_is_missing(marc: Client) -> None:
    with as_owner(), loading():
        Posting.objects.filter(user=user("marc")).delete()
    for name, words in (
        ("team", "Aucun dossier ouvert dans vos centres"),
        ("team_cover", "Aucun dossier à couvrir"),
        ("team_requests", "Aucune demande n’attend"),
    ):
        response = marc.get(reverse(f"staff:{name}"))
        assert (response.status_code, words in text_of(response)) == (200, True)
