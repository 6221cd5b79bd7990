"""The health team's pages: opened by a button, answered, sent with agreement, told what the person wants told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amarre.audit.models import Entry, Glance
from amarre.cases.models import Assignment
from amarre.core import commands
from amarre.intake.models import Solicitation, Statement
from amarre.sharing.commands import recall_transmission
from amarre.sharing.models import Agreement, Answer, Question, Transmission
from tests.cast import as_owner, user
from tests.plans.acting import by
from tests.rows import INES_CASE, TODAY, YANIS_CASE
from tests.trios import World
from tests.trios.sharing import one

pytestmark = pytest.mark.django_db
TOKENS = re.compile(r'(name="(csrfmiddlewaretoken|draft_token)" value=|data-draft-token=)"[^"]+"|nonce="[^"]+"')
W = World()
BADGE = "suivi en cours</span>"
SENDING = {"source": "nurse", "reason_code": "WISHES_TO_TALK", "said_agreed": "on", "last_name": "Adressée"}


def browser(code: str) -> Client:
    client = Client()
    client.force_login(user(code))
    return client


def text(answer: Any) -> str:
    return TOKENS.sub("", answer.content.decode())


def unread() -> Transmission:
    return one(Transmission, state="sent", to_user_id=user("hugo").pk, read_at=None)


def item(row: Transmission, name: str = "inbox_item") -> str:
    return reverse(f"staff:{name}", args=[row.pk])


def test_a_message_shows_after_a_button_and_is_answered() -> None:
    hugo, row = browser("hugo"), unread()
    listed = text(hugo.get(reverse("staff:inbox")))
    assert "Claire Kermadec" in listed
    for secret in ("Benali", "Inès", "Pas encore lue", "canari"):
        assert secret not in listed
    closed = text(hugo.get(item(row)))
    assert "Ouvrir" in closed
    assert "Pas encore lue" not in closed
    assert hugo.post(item(row), {"kind": "words", "words": "Sans ouvrir"}).status_code == 422
    assert hugo.post(item(row, "inbox_open")).url == item(row)
    assert hugo.post(item(row, "inbox_open")).url == item(row), "twice as well as once"
    shown = text(hugo.get(item(row)))
    assert "Pas encore lue." in shown
    assert "Inès Benali" in shown
    with as_owner():
        verbs = Entry.objects.filter(subject__contains=str(row.pk)).values_list("verb", flat=True)
        assert {"transmission.open", "transmission.read"} <= set(verbs)
    assert hugo.post(item(row), {"kind": "words", "words": " "}).status_code == 422
    assert hugo.post(item(row), {"kind": "accepted", "words": "Oui"}).status_code == 422, "nothing was asked"
    assert hugo.post(item(row), {"kind": "words", "words": "Bien reçu, merci."}).status_code == 302
    with as_owner():
        assert Answer.objects.get(transmission=row).words == "Bien reçu, merci."
    assert "Bien reçu, merci." in text(hugo.get(item(row)))


def test_recalled_over_or_never_there_answer_alike() -> None:
    hugo, row = browser("hugo"), unread()
    by("bruno", recall_transmission, transmission=row)
    over = one(Transmission, state="sent", to_user_id=user("hugo").pk, read_at__isnull=False)
    with as_owner(), commands.loading():
        Transmission.objects.filter(pk=over.pk).update(visible_until=TODAY - timedelta(days=1))
    said = set()
    for path in (item(row), item(over), "/pro/courrier/123/", item(row, "inbox_open"), "/pro/courrier/123/ouvrir/"):
        for answer in (hugo.get(path), hugo.post(path)):
            if answer.status_code != 405:
                said.add((answer.status_code, re.sub(r"[2-9A-HJ-NP-Z]{8}", "", text(answer))))
    assert len(said) == 1
    assert said.pop()[0] == 404


def test_one_of_a_unit_reads_what_the_other_opened() -> None:
    row = one(Transmission, YANIS_CASE, state="sent", unit__isnull=False)
    browser("nora").post(item(row, "inbox_open"))
    assert "canari-point-cellule" in text(browser("hugo").get(item(row)))
    assert browser("claire").get(item(row)).status_code == 404


def test_sending_somebody_known_and_new() -> None:
    hugo = browser("hugo")
    found = text(hugo.get(reverse("staff:send"), {"q": "benali"}))
    here = reverse("staff:send_person", args=[W.person("Benali").pk])
    assert here in found
    box = re.search(r'<input type="checkbox" name="said_agreed"[^>]*>', text(hugo.get(here)))
    assert box
    assert "checked" not in box[0], "no box is ticked beforehand"
    data = SENDING | {"centre": W.centre().pk}
    unticked = {k: v for k, v in data.items() if k != "said_agreed"}
    assert "puis cochez la case" in text(hugo.post(here, unticked))
    answer = hugo.post(here, data, follow=True)
    assert "Transmis au service social." in text(answer)
    assert "Benali Inès" in text(answer)
    assert hugo.post(reverse("staff:send_new"), data).status_code == 302
    with as_owner():
        assert Solicitation.objects.filter(last_name="Adressée", requester_name="Dr Hugo Marchetti").count() == 1
        request = Solicitation.objects.get(last_name="Adressée")
    seen = text(browser("claire").get(reverse("staff:request", args=[request.pk])))
    assert "d’accord, d’après qui l’adresse" in seen
    assert browser("hugo").get(reverse("staff:request", args=[request.pk])).status_code == 404


def test_words_of_health_are_shown_again_once_and_never_forbidden() -> None:
    nora, here = browser("nora"), reverse("staff:send_new")
    data = SENDING | {"centre": W.centre().pk, "words": "Dépression, en arrêt."}
    again = nora.post(here, data)
    assert again.status_code == 422
    assert "depression" in text(again)
    seen = re.search(r'name="reread" value="(\w+)"', text(again))
    assert seen
    other = nora.post(here, data | {"words": "Un cancer.", "reread": seen[1]})
    assert other.status_code == 422, "other words are shown again"
    unticked = {k: v for k, v in data.items() if k != "said_agreed"}
    fine = nora.post(here, unticked | {"words": "Le matin.", "reread": seen[1]})
    assert "puis cochez la case" in text(fine), "words that are fine go on"
    assert nora.post(here, data | {"reread": seen[1]}).status_code == 302
    with as_owner():
        request = Solicitation.objects.get(last_name="Adressée")
        assert Statement.objects.get(solicitation=request).words == "Dépression, en arrêt."


def test_the_badge_is_for_the_one_who_may_be_told_and_else_nothing_differs() -> None:
    page = reverse("staff:person", args=[W.person("Diarra").pk])
    assert BADGE in text(browser("hugo").get(page))
    for code in ("nora", "claire", "nadia", "sophie", "marc"):
        assert BADGE not in text(browser(code).get(page)), code
    pages = set()
    for change in ({"state": "withdrawn", "withdrawn_at": "2026-01-05T10:00Z", "withdrawn_by": "person"},
                   {"state": "given", "withdrawn_at": None, "withdrawn_by": "", "until": TODAY - timedelta(days=1)},
                   {"until": TODAY, "colleague_id": user("nora").pk}):  # fmt: skip
        with as_owner(), commands.loading():
            Agreement.objects.filter(case__number=YANIS_CASE, purpose="followed").update(**change)
        pages.add(text(browser("hugo").get(page)))
    with as_owner(), commands.loading():
        Agreement.objects.filter(purpose="followed").update(colleague_id=user("hugo").pk)
        Assignment.objects.filter(number=YANIS_CASE).update(state="closed", closed_on=TODAY)
    pages.add(text(browser("hugo").get(page)))
    with as_owner(), commands.loading():
        Assignment.objects.filter(number=YANIS_CASE).update(state="in_progress", closed_on=None)
        Agreement.objects.filter(purpose="followed").delete()
    pages.add(text(browser("hugo").get(page)))
    assert len(pages) == 1, "not one byte says why"
    assert BADGE not in pages.pop()


def test_the_list_of_those_sent_says_transmitted_and_no_more() -> None:
    hugo, page = browser("hugo"), reverse("staff:send")
    before = text(hugo.get(page))
    assert "Benali Inès" in before
    assert BADGE not in before
    assert "Adressé Jean" not in before, "Nora sent him"
    with as_owner(), commands.loading():
        Solicitation.objects.filter(last_name="Benali", handled_at=None).update(state="accepted")
        agreed = Agreement.objects.get(case__number=INES_CASE, purpose="followed")
    assert text(hugo.get(page)) == before
    with as_owner(), commands.loading():
        Agreement.objects.filter(pk=agreed.pk).update(state="given", withdrawn_at=None, withdrawn_by="")
    assert text(hugo.get(page)).count(BADGE) == 1


def test_a_question_that_names_somebody_is_shown_again() -> None:
    hugo, here = browser("hugo"), reverse("staff:question_new")
    data = {"whom": f"centre-{W.centre().pk}", "text": "Mme Dupont peut-elle être logée ?"}
    again = hugo.post(here, data)
    assert again.status_code == 422
    assert "Un nom de personne" in text(again)
    assert hugo.post(here, data | {"text": "Qui peut aider à se loger ?"}).status_code == 302
    with as_owner():
        asked = Question.objects.order_by("-asked_at")[0]
    for code, status in (("bruno", 200), ("theo", 404), ("nora", 404)):
        assert browser(code).get(reverse("staff:question", args=[asked.pk])).status_code == status, code


def test_what_was_sent_to_me_is_my_own_work() -> None:
    """Reading it does not count as looking into others' cases; the same page about somebody else does."""
    row = one(Transmission, state="sent", to_user_id=user("hugo").pk, read_at__isnull=False)
    hugo = browser("hugo")
    for path in (item(row), reverse("staff:person", args=[W.person("Benali").pk])):
        hugo.get(path)
    assert glances() == 0
    hugo.get(reverse("staff:person", args=[W.person("Diarra").pk]))
    assert glances() == 1


def glances() -> int:
    """How much Dr Hugo read outside his own work."""
    with as_owner():
        return Glance.objects.filter(user_id=user("hugo").pk, listed=False).count()


def test_a_sheet_is_written_published_and_withdrawn() -> None:
    claire, hugo = browser("claire"), browser("hugo")
    made = claire.post(
        reverse("staff:sheet_new"), {"title": "Une fiche", "body": "A.\n\nB.", "audience": "health_team"}
    )
    assert hugo.get(made.url).status_code == 404
    claire.post(made.url + "publier/")
    assert "<p>B.</p>" in text(hugo.get(made.url))
    assert browser("sophie").get(made.url).status_code == 404
    claire.post(made.url + "modifier/", {"title": "Une fiche", "body": "C.", "audience": "staff"})
    assert "C." in text(browser("sophie").get(made.url))
    claire.post(made.url + "retirer/")
    assert hugo.get(made.url).status_code == 404
