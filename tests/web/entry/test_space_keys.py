"""Passkeys of persons: theirs alone, a comfort and never a condition; nothing that is sent can break the page."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from fido2.utils import websafe_encode

from amarre.accounts import tasks
from amarre.accounts.models import Mail, User
from tests.cast import as_owner, user
from tests.core.test_jobs import queued
from tests.web.entry.passkey import Device
from tests.web.entry.test_links import to_the_mailbox
from tests.web.entry.test_second_factor import FACTOR, activate
from tests.web.entry.test_sign_in import journal, sign_in
from tests.web.entry.test_space import ENTER, OUT, ask, give, is_in, mailed_code, space, text

pytestmark = pytest.mark.django_db
__all__ = ["to_the_mailbox"]

KEYS, MAKE = "/espace/cles/", "/espace/cles/options/"
USE, SIGN = "/espace/connexion/cle/", "/espace/connexion/cle/options/"


def come_in(who: str = "ines") -> Client:
    client = Client()
    ask(client, who)
    give(client, mailed_code())
    return client


def add(client: Client, device: Device, name: str = "Mon téléphone"):
    said = device.create(client.post(MAKE).json())
    return client.post(KEYS, {"name": name, "credential": said})


def use(client: Client, device: Device, handle: str = ""):
    said = device.get(client.post(SIGN).json(), handle)
    return client.post(USE, {"credential": said})


@pytest.fixture
def device() -> Device:
    made = Device()
    assert add(come_in(), made).url == KEYS
    return made


def test_a_device_that_was_added_opens_the_space(device):
    client = Client()
    assert use(client, device).url == space()
    assert is_in(client)
    assert journal("account.sign_in")[-1] == ("done", f"accounts_user:{user('ines').pk}")
    assert journal("account.webauthn_added") == [("done", f"accounts_user:{user('ines').pk}")]


def test_one_comes_back_to_the_page_that_was_asked(device):
    client = Client()
    said = device.get(client.post(SIGN).json())
    assert client.post(USE, {"credential": said, "next": "/espace/plan/"}).url == "/espace/plan/"


def test_adding_gives_no_spare_codes_and_tells_the_owner(device):
    assert [row.type for row in Authenticator.objects.filter(user=user("ines"))] == ["webauthn"]
    assert ("accounts.tell_change",) in queued()
    tasks.tell_change(user("ines").pk)
    said = (Mail.objects.all()[0].subject + Mail.objects.all()[0].body).lower()
    assert "appareil" in said
    assert not any(word in said for word in ("social", "inès", "second facteur", "téléphone", "amarre"))


def test_who_lost_the_device_still_comes_in_by_a_code(device):
    assert is_in(come_in())


def test_the_list_says_name_and_day_and_hides_those_of_others(device):
    html = text(come_in().get(KEYS))
    assert "Mon téléphone" in html
    assert "Ajouté le" in html
    assert "Mon téléphone" not in text(come_in("yanis").get(KEYS))


def test_a_device_is_taken_away_after_asking(device):
    client, key = come_in(), Authenticator.objects.get()
    path = f"{KEYS}{key.pk}/retirer/"
    assert "Mon téléphone" in text(client.get(path))
    assert Authenticator.objects.exists()
    assert client.post(path).url == KEYS
    assert use(Client(), device).url == ENTER
    assert journal("account.webauthn_removed") == [("done", f"accounts_user:{user('ines').pk}")]


def test_nobody_takes_away_another_s(device):
    path = f"{KEYS}{Authenticator.objects.get().pk}/retirer/"
    assert come_in("yanis").post(path).status_code == 404
    staff = Client()
    staff.force_login(user("claire"))
    assert staff.post(path).status_code == 403
    assert Authenticator.objects.exists()


def test_a_space_left_open_gives_no_key_to_whoever_finds_it():
    client = come_in()
    options = client.post(MAKE).json()
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 700
    session.save()
    html = text(client.get(KEYS))
    assert "redonnez d’abord un code" in html
    assert client.post(MAKE).status_code == 403
    response = client.post(KEYS, {"name": "x", "credential": Device().create(options)})
    assert response.status_code == 422
    assert "redonnez d’abord un code" in text(response)
    assert not Authenticator.objects.exists()
    assert client.post(OUT, {"next": KEYS}).url == ENTER + "?next=%2Fespace%2Fcles%2F"
    assert not is_in(client)


def test_ten_devices_and_no_more():
    client = come_in()
    for turn in range(10):
        assert add(client, Device(), f"Appareil {turn}").status_code == 302
    assert "dix appareils" in text(client.get(KEYS))
    assert add(client, Device()).status_code == 422
    assert Authenticator.objects.count() == 10


@pytest.mark.parametrize("name", ["", "x" * 41])
def test_a_name_that_will_not_do_is_said(name):
    assert "à corriger" in text(add(come_in(), Device(), name))
    assert not Authenticator.objects.exists()


# Who may not --------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["claire", "alex", "paul", "chloe"])
def test_others_cannot_add_a_key(who):
    client = Client()
    client.force_login(user(who))
    assert client.get(KEYS).status_code == 403
    assert client.post(MAKE).status_code == 403
    assert client.post(KEYS, {"name": "x", "credential": "{}"}).status_code == 403
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("change", [{"kind": "staff"}, {"kind": "partner"}, {"is_active": False}])
def test_a_key_of_an_account_that_is_not_an_active_person_s_opens_nothing(device, change):
    """Even were one planted in the table."""
    with as_owner():
        User.objects.filter(pk=user("ines").pk).update(**change)
    client = Client()
    assert use(client, device).url == ENTER
    assert client.get("/pro/").status_code == 302
    assert not client.session.get("_auth_user_id")


def test_a_key_does_not_open_another_s_space(device):
    add(come_in("yanis"), other := Device())
    client = Client()
    assert use(client, device, other.handle).url == ENTER
    assert not is_in(client)
    assert journal("account.sign_in")[-1] == ("refused", f"accounts_user:{user('yanis').pk}")


def test_staff_keep_their_second_factor(client, settings):
    settings.AMARRE_MFA_REQUIRED = True
    sign_in(client)
    activate(client)
    assert sign_in(Client()).url == FACTOR


def test_the_library_s_own_pages_of_passkeys_stay_closed(settings):
    assert "webauthn" not in settings.MFA_SUPPORTED_TYPES
    assert not getattr(settings, "MFA_PASSKEY_LOGIN_ENABLED", False)


# What may be sent ---------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["origin", "locked", "signature", "challenge"])
def test_what_is_not_signed_here_and_now_by_its_owner_opens_nothing(device, wrong):
    client = Client()
    options = client.post(SIGN).json()
    if wrong == "origin":
        device.origin = "https://testserver.ailleurs.example"
    if wrong == "locked":
        device.unlocked = False
    if wrong == "signature":
        device.key = Device().key
    if wrong == "challenge":
        client.post(SIGN)
    assert client.post(USE, {"credential": device.get(options)}).url == ENTER
    assert "n’ouvre rien ici" in text(client.get(ENTER))
    assert not is_in(client)


def test_an_answer_serves_once(device):
    first = Client()
    said = device.get(first.post(SIGN).json())
    assert first.post(USE, {"credential": said}).url == space()
    first.post("/espace/sortir/")
    assert first.post(USE, {"credential": said}).url == ENTER


def test_a_device_that_nobody_unlocked_is_not_added():
    assert add(come_in(), Device(unlocked=False)).status_code == 422
    assert not Authenticator.objects.exists()


def shaped(response: object) -> str:
    """Rubbish in the shape of an answer."""
    said = {"id": "YQ", "rawId": "YQ", "type": "public-key", "clientExtensionResults": {}, "response": response}
    return json.dumps(said)


PARTS = {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "attestationObject": "oA"}
HANDLES = ["", "x", websafe_encode(b"zzzzzzzzzzzzz"), websafe_encode(b"-1"), websafe_encode(b"\xff"), 3, None, [], {}]
RUBBISH = [
    *("", "{", "[]", "3", "null", '"x"', "{}", "[" * 30_000, '{"a":' * 6_000, "x" * 40_000, "\x00"),
    *(shaped(response) for response in ([], "x", None, {}, {"userHandle": {}}, {"userHandle": "YQ"})),
    *(shaped({**PARTS, "userHandle": handle}) for handle in HANDLES),
]


@pytest.mark.parametrize("said", RUBBISH)
def test_nothing_that_is_sent_breaks_the_page(said):
    client, inside = Client(), come_in()
    client.post(SIGN)
    inside.post(MAKE)
    assert client.post(USE, {"credential": said}).url == ENTER
    assert inside.post(KEYS, {"name": "x", "credential": said}).status_code == 422
    assert not Authenticator.objects.exists()


def test_a_true_answer_cut_or_altered_anywhere_opens_nothing(device):
    client = Client()
    whole = json.loads(device.get(client.post(SIGN).json()))
    for turn, (part, said) in enumerate(whole["response"].items()):
        for change in ("", "A", said[:-6], said + "AAAA", 3, None, ["x"], {"a": 1}):
            altered = {**whole, "response": {**whole["response"], part: change}}
            client.post(USE, {"credential": json.dumps(altered)}, REMOTE_ADDR=f"192.0.2.{turn}")
            assert not is_in(client), (part, change)
    client.post(USE, {"credential": json.dumps(whole)})
    assert is_in(client), "whole, it does"


def test_trying_keys_again_and_again_is_stopped():
    answers = [Client().post(SIGN).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]


def test_who_is_away_for_twenty_minutes_is_asked_again():
    client = come_in()
    assert is_in(client)
    session = client.session
    session["seen"] = int(time.time()) - 1_260
    session.save()
    assert client.get(KEYS).status_code == 302
    assert not is_in(client)
