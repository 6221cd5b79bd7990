"""A number is confirmed like an address: a code that was sent there is read back to the worker; then SMS may leave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amarre.accounts.models import Mail
from amarre.core import commands as core_commands
from amarre.core import sms
from amarre.core.actor import MACHINE
from amarre.core.notices_words import TELLS
from amarre.core.scope import acting_as
from amarre.people.commands import edit_person
from amarre.people.models import Person
from amarre.plans import commands_space, tasks
from amarre.plans import models as m
from amarre.plans.channels import code_of
from tests.cast import PASSWORD, as_owner, user
from tests.plans.acting import W, again, by, queued, refusal
from tests.rows import ANONYMOUS_CASE

pytestmark = pytest.mark.django_db


def sent() -> m.ChannelCheck:
    return by("claire", commands_space.check_phone, plan=W.plan())


def confirm(check: m.ChannelCheck, code: str = "") -> str:
    said = {"plan": W.plan(), "check": check, "code": code or code_of(check)}
    return refusal("claire", commands_space.confirm_channel, **said)


def with_number(phone: str) -> None:
    with as_owner(), core_commands.loading():
        Person.objects.filter(pk=W.person().pk).update(phone=phone)


def test_a_code_leaves_by_sms_and_says_nothing() -> None:
    check = sent()
    assert queued("plans.send_check") == [{"check_id": check.pk}]
    with acting_as(MACHINE):
        tasks.send_check(check.pk)
        tasks.send_check(check.pk)
    (text,) = Mail.objects.filter(subject="SMS")
    assert text.to == "+33600000101"
    assert code_of(check) in text.body
    assert len(code_of(check)) == 8
    assert sms.fits(text.body)
    assert not TELLS.search(text.body)
    assert "Benali" not in text.body


def test_read_back_it_confirms_the_number_and_opens_nothing_else() -> None:
    check, account = sent(), user("ines").pk
    assert confirm(check, "00000000") == "Ce n’est pas le code qui est parti. Faites-le relire, puis recommencez."
    assert W.person().phone_confirmed_at is None
    assert confirm(check) == ""
    assert W.person().phone_confirmed_at
    assert user("ines").pk == account
    assert confirm(check) == "C’est déjà confirmé."


def test_the_rules_of_codes_are_the_same() -> None:
    check = sent()
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert confirm(check) == "Ce code ne marche plus. Envoyez-en un autre."
    for _ in range(5):
        by("claire", commands_space.count_a_miss, plan=W.plan(), check=check)
    assert confirm(check) == "Ce code ne marche plus. Envoyez-en un autre."
    for _ in range(4):
        sent()
    assert refusal("claire", commands_space.check_phone, plan=W.plan()).startswith("Cinq codes")


def test_a_number_that_changed_is_confirmed_anew() -> None:
    check = sent()
    with_number("06 39 98 00 12")
    assert confirm(check) == "Le numéro de la fiche a changé depuis. Envoyez un autre code."
    assert again(check).confirmed_at is None
    assert confirm(sent()) == ""
    who = {"person": W.person(), "last_name": "Benali", "first_name": "Inès"}
    by("claire", edit_person, **who, phone="0639980012", channel="sms")
    by("claire", edit_person, **who, phone="06 39 98 00 99")
    assert W.person().phone_confirmed_at is None


@pytest.mark.parametrize(("phone", "said"), [
    ("01 40 00 00 00", "Ce n’est pas un numéro de mobile. Corrigez-le sur la fiche de la personne."),
    ("", "Ce n’est pas un numéro de mobile. Corrigez-le sur la fiche de la personne."),
])  # fmt: skip
def test_only_a_mobile(phone: str, said: str) -> None:
    with_number(phone)
    assert refusal("claire", commands_space.check_phone, plan=W.plan()) == said


def test_without_a_gateway_or_a_name_no_code_leaves(settings: Any) -> None:
    assert refusal("nadia", commands_space.check_phone, plan=W.made(m.Plan(case=W.case(ANONYMOUS_CASE),
                   opened_at=timezone.now()))) == "Ce contact est anonyme\u00a0: un SMS part à quelqu’un."  # fmt: skip
    settings.AMARRE_SMS_GATEWAY = ""
    assert refusal("claire", commands_space.check_phone, plan=W.plan()) == (
        "Aucun SMS ne peut partir d’ici. Gardez le courriel, ou l’appel."
    )


def test_from_the_page_of_the_space(client: Client) -> None:
    client.post("/compte/connexion/", {"login": "claire@demo.amarre.example", "password": PASSWORD})
    url = reverse("staff:plan_space", args=[W.case().pk])
    assert "n’est pas encore confirmé" in client.get(url).content.decode()
    answer = client.post(url, {"phone": "1"})
    page = client.get(answer["Location"]).content.decode()
    assert "Confirmer le numéro" in page
    assert "06 00 00 01 01" in page
    with as_owner():
        check = m.ChannelCheck.objects.exclude(phone="").get()
    done = client.post(answer["Location"], {"code": code_of(check)}, follow=True).content.decode()
    assert "Le numéro est confirmé." in done
    assert "depuis le" in done
