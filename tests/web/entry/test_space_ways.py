"""Limits, and where one comes back; never a password; pages that say nothing of the service; leaving ends it all."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.accounts import entrance, tasks
from amarre.accounts.models import Mail, User
from amarre.core import ledger
from tests.cast import PASSWORD, as_owner, user
from tests.core.test_jobs import queued
from tests.web.entry.test_links import FORGOTTEN, to_the_mailbox
from tests.web.entry.test_second_factor import FACTOR, activate
from tests.web.entry.test_sign_in import SIGN_IN, journal, sign_in
from tests.web.entry.test_space import CODE, ENTER, OUT, ask, give, is_in, mailed_code, space, text

pytestmark = pytest.mark.django_db
__all__ = ["to_the_mailbox"]


@pytest.mark.parametrize("who", ["ines", "inconnu@exemple.example", "claire"])
def test_asking_again_and_again_is_stopped_alike(who):
    for turn in range(5):
        assert ask(Client(), who, ip=f"192.0.2.{turn}").status_code == 302
    held = ask(Client(), who, ip="198.51.100.7")
    assert held.status_code == 422
    assert "trop de demandes" in text(held)
    assert ask(Client(), "yanis", ip="198.51.100.7").status_code == 302


def test_one_machine_that_asks_for_many_is_stopped():
    answers = [ask(Client(), f"essai{turn}@exemple.example").status_code for turn in range(21)]
    assert answers == [302] * 20 + [422]


@pytest.mark.parametrize("said", ["", "ines", "ines@", "a" * 250 + "@exemple.example", "ines\x00@exemple.example"])
def test_what_is_not_an_address_is_said(said):
    response = Client().post(ENTER, {"email": said})
    assert response.status_code == 422
    assert "à corriger" in text(response)


@pytest.mark.parametrize("inside", ["/espace/rendez-vous/", "/espace/plan/3/?jour=lundi"])
def test_one_comes_back_to_the_page_that_was_asked(inside):
    client = Client()
    onward = ask(client, query=f"?next={quote(inside)}").url
    assert onward.startswith(CODE + "?next=")
    assert inside.replace("&", "&amp;") in text(client.get(onward))
    assert give(client, mailed_code(), onward.removeprefix(CODE)).url == inside


@pytest.mark.parametrize(
    "elsewhere", ["https://ailleurs.example/", "//ailleurs.example/espace/", "/pro/", "/espace/../pro/", "/espace"]
)
def test_one_never_comes_back_elsewhere(elsewhere):
    client = Client()
    query = f"?next={quote(elsewhere)}"
    ask(client, query=query)
    assert give(client, mailed_code(), query).url == space()


def test_asking_for_a_code_does_not_hold_staff_who_took_the_wrong_page():
    client = Client()
    ask(client, "claire")
    assert client.get(SIGN_IN).status_code == 200
    sign_in(client)
    assert client.get("/pro/").status_code == 200
    assert client.get(ENTER).url == "/compte/"


def test_a_second_factor_that_waits_is_not_passed_by_a_code(settings):
    settings.AMARRE_MFA_REQUIRED = True
    owner, client = Client(), Client()
    sign_in(owner)
    activate(owner)
    assert sign_in(client).url == FACTOR
    assert client.get(CODE).url == ENTER
    assert give(client, "0000 0000").url == ENTER
    ask(client)
    assert give(client, mailed_code()).url == space()
    assert client.get("/pro/").status_code == 403, "who holds both is the person, and nobody else"


# Never a password --------------------------------------------------------------------------------


def path_in(link: str) -> str:
    return "/" + link.partition("//")[2].partition("/")[2]


def test_in_production_no_password_opens_a_person_s_account(settings):
    sign_in(Client(), "ines", PASSWORD)
    assert journal("account.sign_in")[-1][0] == "done"
    settings.AMARRE_ENV = "production"
    assert "ne convient pas" in text(sign_in(Client(), "ines", PASSWORD))
    assert sign_in(Client(), "claire", PASSWORD).status_code == 302


def test_a_forgotten_password_is_never_a_person_s():
    assert Client().post(FORGOTTEN, {"email": user("ines").email}).url == FORGOTTEN + "envoye/"
    assert queued() == []
    tasks.send_reset(user("ines").pk)
    assert not Mail.objects.exists()
    assert "ne fonctionne plus" in text(Client().get(path_in(entrance.reset_url(user("ines")))))


def test_an_invitation_is_never_a_person_s():
    with as_owner():
        User.objects.filter(pk=user("ines").pk).update(invited_at=timezone.now())
    ines = user("ines")
    tasks.send_invitation(ines.pk)
    assert not Mail.objects.exists()
    assert Client().get(path_in(entrance.invitation_url(ines))).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["account_change_password", "account_reauthenticate", "mfa_index", "mfa_activate_totp", "mfa_authenticate",
     "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "entry_access"],
)  # fmt: skip
def test_pages_of_passwords_and_second_factors_lead_a_person_back(name):
    client = Client()
    client.force_login(user("ines"))
    assert client.get(reverse(name)).url == space()


# Looks, and the way out --------------------------------------------------------------------------


def test_nothing_on_the_pages_betrays_the_service():
    client = Client()
    pages = [client.get(ENTER)]
    ask(client)
    pages += [client.get(CODE), client.get("/espace/sorti/")]
    for response in pages:
        html = re.sub(r"<(link|script)[^>]*>", "", text(response))
        said = re.sub(r"<[^>]+>|ines@demo\.amarre\.example", " ", html).lower()
        assert not any(word in said for word in ("social", "santé", "travail", "benali"))
        assert "<title>Mon espace</title>" in html
        assert 'data-leave data-leave-url="/espace/sortir/"' in html
        assert "Quitter vite" in html


def test_the_page_says_that_what_was_written_is_kept():
    assert "est gardé" not in text(Client().get(ENTER))
    assert "est gardé" in text(Client().get(ENTER + "?next=/espace/&garde=1"))


def test_leaving_is_a_form_and_lands_on_a_page_that_says_nothing():
    client = Client()
    ask(client)
    give(client, mailed_code())
    assert client.get(OUT).status_code == 405
    assert client.post(OUT).url == "/espace/sorti/"
    assert "Vous êtes sorti(e)" in text(client.get("/espace/sorti/"))
    assert not is_in(client)
    assert journal("account.sign_out") == [("done", f"accounts_user:{user('ines').pk}")]


def test_a_request_from_elsewhere_signs_nobody_out():
    client = Client(enforce_csrf_checks=True)
    client.force_login(user("ines"))
    assert client.post(OUT).status_code == 403
    assert is_in(client)


def test_the_demo_says_who_may_enter_and_production_does_not(settings):
    assert user("ines").email not in text(Client().get(ENTER))
    settings.AMARRE_ENV = "demo"
    html = text(Client().get(ENTER))
    assert user("ines").email in html
    assert user("claire").email not in html


def test_without_a_journal_no_code_leaves():
    writer = ledger.register(None)
    try:
        with pytest.raises(ledger.LedgerUnavailable):
            ask(Client())
    finally:
        ledger.register(writer)
    assert queued() == []
