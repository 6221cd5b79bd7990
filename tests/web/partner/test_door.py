"""Who comes in at the partner's door, by which way, until when; and what stays another's."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amarre.accounts.models import User
from amarre.audit.models import Entry
from amarre.core.logs import NoContentFilter
from amarre.sharing import models as m
from amarre.sharing.commands import recall_transmission
from amarre.sharing.commands_agreements import withdraw_agreement
from amarre.web.partner import entrance
from amarre.web.ui.limits import Limit
from tests.cast import as_owner, user
from tests.plans.acting import by
from tests.rows_partners import YANIS_SECRET
from tests.rows_sharing import CODE

pytestmark = pytest.mark.django_db
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
LINK = f"/partenaire/lien/{YANIS_SECRET}/"
NOWHERE = "/partenaire/lien/un-secret-que-personne-n-a-fait/"
WRONG = "00000000"


def browser(code: str = "") -> Client:
    client = Client()
    if code:
        client.force_login(user(code))
    return client


def said(answer: Any) -> tuple[int, str]:
    """Everything that an answer says, but its tokens."""
    return answer.status_code, TOKENS.sub("", answer.content.decode())


def text(answer: Any) -> str:
    return said(answer)[1]


def orientation(structure: str = "CCAS d’essai") -> m.Orientation:
    with as_owner():
        rows = m.Orientation.objects.filter(structure__name=structure).order_by("pk")
        return rows.select_related("transmission__agreement", "transmission__case")[0]


def the_link() -> m.AccessLink:
    with as_owner():
        return m.AccessLink.objects.get(transmission=orientation().transmission)


def come_in() -> Client:
    client = browser()
    assert client.post(LINK, {"code": "1234 5678"}).url == "/partenaire/message/"
    return client


def test_a_link_and_its_code_then_two_clicks() -> None:
    client = come_in()
    before = text(client.get("/partenaire/message/"))
    assert "Yanis" not in before
    assert "canari-oriente-yanis" not in before
    assert client.post("/partenaire/message/ouvrir/").url == "/partenaire/message/"
    shown = text(client.get("/partenaire/message/"))
    assert "Yanis Diarra" in shown
    assert "canari-oriente-yanis" in shown
    assert client.post("/partenaire/message/repondre/", {"kind": "accepted"}).url == "/partenaire/message/"
    row = orientation()
    assert (row.state, row.next_reminder_on) == ("accepted", None)
    assert row.seen_at
    assert row.answered_at
    with as_owner():
        assert m.Answer.objects.get(transmission=row.transmission).by_id is None


def test_opening_a_link_consumes_nothing_and_says_nothing() -> None:
    client, before = browser(), the_link()
    answers = [said(client.get(path)) for path in (LINK, LINK, NOWHERE)]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 200
    for word in ("Yanis", "Désiré", "CCAS", "Nadia", "service social"):
        assert word not in answers[0][1]
    after = the_link()
    assert (after.tries, after.opened_at, after.ended_at) == (before.tries, None, None)


def spoil(how: str) -> None:
    if how == "recalled":
        by("nadia", recall_transmission, transmission=orientation().transmission)
    elif how == "withdrawn":
        by("yanis", withdraw_agreement, agreement=orientation().transmission.agreement)
    elif how == "expired":
        change_link(expires_at="2025-01-01T00:00:00Z")
    elif how == "ended":
        change_link(ended_at="2025-01-01T00:00:00Z")
    else:
        change_sent(visible_until="2025-01-01")


def change_link(**values: Any) -> None:
    from amarre.core import commands

    with as_owner(), commands.loading():
        m.AccessLink.objects.filter(pk=the_link().pk).update(**values)


def change_sent(**values: Any) -> None:
    from amarre.core import commands

    with as_owner(), commands.loading():
        m.Transmission.objects.filter(pk=orientation().transmission_id).update(**values)


@pytest.mark.parametrize("how", ["recalled", "withdrawn", "expired", "ended", "too late"])
def test_whatever_is_wrong_the_answer_is_one(how: str) -> None:
    """An unknown link, a wrong code, and the right code of what may be read no more: not a byte differs."""
    client = browser()
    unknown = said(client.post(NOWHERE, {"code": CODE}))
    assert unknown[0] == 422
    assert said(client.post(LINK, {"code": WRONG})) == unknown
    spoil(how)
    assert said(client.post(LINK, {"code": CODE})) == unknown
    assert said(client.post(LINK, {"code": WRONG})) == unknown
    assert client.get("/partenaire/message/").status_code == 404


def test_the_fifth_wrong_code_ends_the_link() -> None:
    client = browser()
    for _ in range(4):
        client.post(LINK, {"code": WRONG})
    assert the_link().tries == 4
    assert the_link().ended_at is None
    assert client.post(LINK, {"code": "12"}).status_code == 422, "no code at all is no try"
    assert the_link().tries == 4
    client.post(LINK, {"code": WRONG})
    link = the_link()
    assert link.ended_at
    assert link.tries == 5
    assert client.post(LINK, {"code": CODE}).status_code == 422


def test_one_address_may_not_try_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entrance, "TRIES", Limit("essai", 2, 100, 600))
    statuses = [browser().post(path, {"code": WRONG}).status_code for path in (NOWHERE, NOWHERE, NOWHERE, LINK)]
    assert statuses == [422, 422, 429, 429]
    assert the_link().tries == 0


@pytest.mark.parametrize("how", ["withdrawn", "recalled"])
def test_what_is_taken_back_unread_is_gone_at_once(how: str) -> None:
    client = come_in()
    assert client.get("/partenaire/message/").status_code == 200
    spoil(how)
    gone, never = client.get("/partenaire/message/"), browser().get("/partenaire/message/")
    assert said(gone) == said(never)
    assert gone.status_code == 404
    for act in ("ouvrir", "repondre"):
        assert said(client.post(f"/partenaire/message/{act}/", {"kind": "accepted"})) == said(never)
    assert orientation().state == "sent"


def test_it_closes_after_half_an_hour() -> None:
    client = come_in()
    session = client.session
    session["partner_link"] = session["partner_link"] | {"seen": 1}
    session.save()
    assert client.get("/partenaire/message/").status_code == 404
    assert "partner_link" not in client.session


def test_a_link_opens_one_message_and_no_other_page() -> None:
    client = come_in()
    with as_owner():
        others = [row.pk for row in m.Transmission.objects.all()]
    for pk in others:
        answer = client.get(reverse("partner:received", args=[pk]))
        assert answer.status_code == 302
        assert "/compte/connexion/" in answer.url
    for path in ("/partenaire/", "/partenaire/mon-acces/", "/pro/", "/employeur/"):
        assert "/connexion/" in client.get(path).url
    assert client.get("/partenaire/ailleurs/").status_code == 404


def test_another_door_s_session_opens_nothing_here() -> None:
    for code in ("claire", "paul", "ines"):
        client = browser(code)
        assert client.get("/partenaire/").status_code == 403, code
        assert client.get("/partenaire/message/").status_code == 404, code


def test_chloe_sees_hers_and_nothing_of_another_partner() -> None:
    client = browser("chloe")
    home = client.get("/partenaire/")
    assert "message" in text(home)
    assert "canari-attend-ines" not in text(home), "not before it is opened"
    assert client.get(reverse("partner:received", args=[orientation().transmission_id])).status_code == 404
    hers = orientation("Cap emploi d’essai")
    url = reverse("partner:received", args=[hers.transmission_id])
    assert "canari-attend-ines" not in text(client.get(url))
    assert client.post(f"{url}ouvrir/").url == url
    assert "canari-attend-ines" in text(client.get(url))
    with as_owner():
        assert Entry.objects.filter(verb="transmission.read", case_id=hers.transmission.case_id).exists()


def test_a_refusal_gives_a_reason_of_the_list() -> None:
    client, hers = browser("chloe"), orientation("Cap emploi d’essai")
    url = reverse("partner:received", args=[hers.transmission_id])
    assert client.post(f"{url}repondre/", {"kind": "accepted"}).status_code == 422, "not opened yet"
    client.post(f"{url}ouvrir/")
    for wrong in ({}, {"reason": "rien"}, {"reason": "other"}):
        answer = client.post(f"{url}repondre/", {"kind": "refused"} | wrong)
        assert answer.status_code == 422, wrong
    assert orientation("Cap emploi d’essai").state == "seen"
    assert client.post(f"{url}repondre/", {"kind": "refused", "reason": "full"}).status_code == 302
    row = orientation("Cap emploi d’essai")
    assert (row.state, row.refusal, row.next_reminder_on) == ("refused", "full", None)
    assert client.post(f"{url}repondre/", {"kind": "ended"}).status_code == 422
    for kind, state in (("accepted", "accepted"), ("started", "started"), ("ended", "ended")):
        assert client.post(f"{url}repondre/", {"kind": kind}).status_code == 302
        assert orientation("Cap emploi d’essai").state == state


def test_the_second_factor_is_asked_as_of_the_staff(settings: Any) -> None:
    settings.AMARRE_MFA_REQUIRED = True
    assert browser("chloe").get("/partenaire/").url == reverse("mfa_activate_totp")


def test_each_account_lands_at_its_door() -> None:
    assert browser("chloe").get("/compte/").url == "/partenaire/"
    with as_owner():
        assert User.objects.get(email=user("chloe").email).kind == "partner"


def test_the_secret_goes_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    client = browser()
    for answer in (client.get(LINK), client.post(LINK, {"code": WRONG}), client.post(LINK, {"code": CODE})):
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert "no-store" in answer.headers["Cache-Control"]
        assert YANIS_SECRET not in text(answer)
    with as_owner():
        assert not any(YANIS_SECRET in str(entry) for entry in Entry.objects.values())
    record = logging.LogRecord("django.request", 30, "", 1, "%s: %s", ("Unprocessable", LINK), None)
    assert NoContentFilter().filter(record)
    assert record.getMessage() == "Unprocessable: /partenaire/lien/…/"
    assert YANIS_SECRET not in str(client.session.items())
