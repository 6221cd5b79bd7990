"""The worker's screens of a plan, and what the service sets: seen through their pages."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.audit.models import DataRequest
from amarre.core.commands import loading
from amarre.plans import models as m
from tests.cast import as_owner, user
from tests.rows import CLOSED_CASE, INES_CASE
from tests.trios import World

pytestmark = pytest.mark.django_db


def signed_in(code: str) -> Client:
    client = Client()
    client.force_login(user(code))
    return client


def at(name: str, *more: object) -> str:
    return reverse(f"staff:{name}", args=[World().case(INES_CASE).pk, *more])


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def row(model: type, **wanted: object):
    with as_owner():
        return model.objects.filter(plan__person__last_name="Benali", **wanted).order_by("id").first()


def test_scores_are_drawn_and_stand_in_a_table() -> None:
    """EPICES at two dates: 100 and 0; the drawing is an image without a style of the page's."""
    with as_owner(), loading():
        for days, answers in (
            (90, {n: n in (1, 5) for n in range(1, 12)}),
            (1, {n: n not in (1, 5) for n in range(1, 12)}),
        ):
            then = timezone.now() - timedelta(days=days)
            m.Filling(
                plan=row(m.Goal).plan, grid="epices", grid_version="1", side="person", mode="together",
                answers=json.dumps({str(k): v for k, v in answers.items()}), started_at=then, changed_at=then,
                finished_on=then.date(), author=World().colleague("claire"),
            ).save()  # fmt: skip
    text = page(signed_in("claire"), at("plan_grid_compare", "epices"))
    assert 'src="data:image/svg+xml;base64,' in text
    assert "<strong>100</strong>" in text
    assert "<strong>0</strong>" in text


def test_a_goal_changed_elsewhere_shows_both() -> None:
    goal, client = row(m.Goal, state="under_way"), signed_in("claire")
    data = {"title": "Mes mots", "owner": "both", "version": 99}
    answer = client.post(at("plan_goal_edit", goal.pk), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Mes mots" in text
    assert "canari-objectif-ines" in text
    assert 'name="version" value="1"' in text


def test_a_budget_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    data = {
        "on": "2026-11-01",
        "adults": "1",
        "children": "0",
        "resource_0_words": "Salaire",
        "resource_0_amount": "mille",
    }
    answer = signed_in("claire").post(at("plan_budget_new"), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="mille"' in text
    assert "Écrivez un montant en euros" in text
    data |= {"resource_0_amount": "1 234,50 €", "charge_7_words": "Loyer", "charge_7_amount": "600"}
    assert signed_in("claire").post(at("plan_budget_new"), data).status_code == 302
    assert "634,50" in page(signed_in("claire"), at("plan_budgets"))


def test_what_falls_due_comes_up_on_the_day() -> None:
    soon = timezone.localdate() + timedelta(days=2)
    with as_owner(), loading():
        goal = row(m.Goal, state="under_way")
        m.Action(
            plan=goal.plan, goal=goal, what="canari-part-du-service", owner="worker", due_on=soon,
            proposed_by="worker", at=timezone.now(),
        ).save()  # fmt: skip
        asked = row(m.Application)
        asked.state, asked.complement_asked_on, asked.complement_due_on = "complement", soon - timedelta(9), soon
        asked.save()
    text = page(signed_in("claire"), reverse("staff:day"))
    for words in ("canari-part-du-service", "objectif proposé", "un message", "remettre le projet écrit"):
        assert words in text, words
    assert reverse("staff:plan_procedure", args=[World().case(INES_CASE).pk, asked.pk]) in text
    assert "canari-part-du-service" not in page(signed_in("nadia"), reverse("staff:day"))


def test_an_urgent_answer_leads_to_the_numbers_and_mails_nobody() -> None:
    with as_owner(), loading():
        now = timezone.now()
        filling = m.Filling(
            plan=row(m.Goal).plan, grid="phq9", grid_version="1", side="person", mode="together", answers="{}",
            started_at=now, changed_at=now, author=World().colleague("claire"),
        )  # fmt: skip
        filling.save()
    client = signed_in("claire")
    answer = client.post(at("plan_grid_answer", filling.pk), {"q9": "1"})
    assert answer["HX-Redirect"] == at("plan_grid_urgent", filling.pk)
    assert client.post(at("plan_grid", filling.pk), {"q9": "2"}).status_code == 302
    text = page(client, at("plan_grid_urgent", filling.pk))
    assert "00 11" in text
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        assert cursor.fetchone()[0] == 0


def test_mental_health_screeners_are_off_until_the_service_says_so() -> None:
    claire, start = signed_in("claire"), at("plan_grid_start")
    text = claire.post(start, {"code": "phq9", "mode": "together"}, follow=True).content.decode()
    assert "demande quelqu’un de formé" in text
    signed_in("alex").post(reverse("staff:settings_grid_switch", args=["phq9"]), {"on": "1"})
    answer = claire.post(start, {"code": "phq9", "mode": "together"})
    assert answer.status_code == 302
    assert "/grilles/" in answer["Location"]
    assert not answer["Location"].endswith("/grilles/")


def question(key: int, number: int) -> str:
    return reverse("staff:settings_grid_item", args=[key, number])


def test_a_service_writes_a_grid_of_its_own_without_code() -> None:
    """A section, a condition, points by sum, bands; published, it is filled; its words do not change any more."""
    alex, claire = signed_in("alex"), signed_in("claire")
    head = {"title": "Trajet", "sections": "Le matin", "purpose": "Parler du trajet."}
    url = alex.post(reverse("staff:settings_grids"), head)["Location"]
    key = int(url.rstrip("/").split("/")[-1])
    item = partial(question, key)
    part = {"section": "le_matin"}
    scale = {
        "label": "Le trajet vous fatigue ?",
        "section": "le_matin",
        "kind": "choice",
        "choices": "0 = Non\n3 = Oui",
    }
    assert alex.post(item(1), {**scale, "choices": "Non"}).status_code == 422
    assert alex.post(item(1), scale).status_code == 302
    more = {**part, "label": "Depuis longtemps ?", "kind": "yes_no", "shown_item": "1", "shown_values": "3"}
    assert alex.post(item(2), more).status_code == 302
    scoring = {"kind": "sum", "complete_only": "on", "bands": "0 à 1 = Ça va\n2 à 4 = À regarder"}
    assert alex.post(reverse("staff:settings_grid_scoring", args=[key]), scoring).status_code == 302
    assert "Ce qui empêche" not in page(alex, url)
    alex.post(reverse("staff:settings_grid_publish", args=[key]), {"publish": "1"})
    assert alex.get(item(1)).status_code == 404
    filled = claire.post(at("plan_grid_start"), {"code": "trajet", "mode": "together"})["Location"]
    claire.post(filled, {"q1": "3"})
    claire.post(filled, {"q1": "3", "q2": "1"})
    claire.post(f"{filled}fin/")
    assert "À regarder" in page(claire, at("plan_grid_compare", "trajet"))


def test_an_entry_of_the_catalogue_is_corrected_without_a_release() -> None:
    marc, url = signed_in("marc"), reverse("staff:settings_procedure", args=["rqth"])
    fields = {
        "label": "RQTH corrigée", "short": "RQTH", "what": "Faire reconnaître.", "decider": "La CDAPH",
        "documents": "Pièce d’identité\nUne pièce de plus", "source": "Lu ce jour", "status": "verified",
        "checked_on": "2026-11-26",
    }  # fmt: skip
    fields |= dict.fromkeys(re.findall(r'name="(delay_[^"]+)"', page(marc, url)), "5")
    assert marc.post(url, fields).status_code == 302
    text = page(signed_in("claire"), at("plan_procedure", row(m.Application).pk))
    assert "RQTH corrigée" in text
    assert "Une pièce de plus" in text


def test_the_privacy_officer_answers_and_the_coordinator_settles() -> None:
    lea, marc, ines = signed_in("lea"), signed_in("marc"), signed_in("ines")
    ines.post(reverse("employee:data"), {"kind": "access"})
    text = page(lea, reverse("staff:journal_requests"))
    assert "Inès Benali" in text
    with as_owner():
        key = DataRequest.objects.get(kind="access", name="Inès Benali").pk
    lea.post(reverse("staff:journal_request", args=[key]), {"answer": "Venez les prendre au centre."})
    assert "Venez les prendre au centre." in page(ines, reverse("employee:data"))
    assert "canari-autre-ines" in page(marc, reverse("staff:team_changes"))
    with as_owner():
        change = m.WorkerChange.objects.get().pk
    marc.post(reverse("staff:team_change_settle", args=[change]))
    assert "canari-autre-ines" not in page(marc, reverse("staff:team_changes"))


def test_nothing_is_added_to_a_closed_case() -> None:
    url = reverse("staff:plan_goal_new", args=[World().case(CLOSED_CASE).pk])
    answer = signed_in("bruno").post(url, {"title": "Encore", "owner": "both"})
    assert answer.status_code == 422
    assert "Ce dossier est clos" in answer.content.decode()
