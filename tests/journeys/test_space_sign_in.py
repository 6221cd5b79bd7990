"""A person comes in with a telephone: by a code, by a passkey, by keyboard; leaving ends the session.

The device is Chromium's own virtual authenticator. The worker is played by the test: it reads the queue as the worker
does, and the mail from the demo's mailbox.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time

import pytest
from playwright.sync_api import Page, expect

from tests import harness
from tests.journeys.conftest import OpenPage, Site
from tests.journeys.test_sign_in import faults, tab_to, type_in

pytestmark = pytest.mark.browser

WORK = "import django; django.setup(); from amarre.accounts import tasks; tasks.send_code(**{ids})"
INES = "ines@demo.amarre.example"


def mailed_code(site: Site) -> str:
    """Send the newest code that waits, as the worker does, and read it in the mailbox."""
    ((ids,),) = site.rows(
        "select args from procrastinate_jobs where task_name = 'accounts.send_code' order by id desc limit 1"
    )
    environment = {
        **os.environ, "AMARRE_ENV": "demo", "DATABASE_URL": harness.app_url(site.database), "AMARRE_NESTED_SCOPES": "",
        "DJANGO_SETTINGS_MODULE": "amarre.config.settings",
    }  # fmt: skip
    ids = ids if isinstance(ids, dict) else json.loads(str(ids))
    subprocess.run([sys.executable, "-c", WORK.replace("{ids}", repr(ids))], check=True, env=environment)
    ((body,),) = site.rows("select body from accounts_mail order by id desc limit 1")
    found = re.search(r"^(\d{4} \d{4})$", str(body), re.M)
    assert found
    return found[1]


def come_in(page: Page, site: Site) -> None:
    page.goto("/espace/connexion/?next=/espace/cles/")
    type_in(page, "Votre adresse e-mail", INES)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Écrivez votre code")
    type_in(page, "Votre code", mailed_code(site))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes appareils")


def with_authenticator(page: Page, *, unlocked: bool = True) -> None:
    """A telephone that keeps passkeys and whose owner shows a finger, or does not."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": unlocked, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_code_by_keyboard_and_without_javascript(open_page: OpenPage, site: Site) -> None:
    page = open_page(js=False, width=360)
    come_in(page, site)
    expect(page.get_by_text("Ajouter cet appareil")).to_be_hidden()
    tab_to(page, "Sortir")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous êtes sorti(e)")


def test_a_passkey_is_added_used_and_taken_away(open_page: OpenPage, site: Site) -> None:
    page = open_page(width=360)
    with_authenticator(page)
    come_in(page, site)
    tab_to(page, "Le nom de cet appareil")
    page.keyboard.press("Control+A")
    page.keyboard.type("Téléphone d’essai")
    tab_to(page, "Ajouter cet appareil")
    page.keyboard.press("Enter")
    expect(page.locator("dl.facts")).to_contain_text("Téléphone d’essai")
    page.get_by_role("button", name="Sortir").click()
    page.goto("/espace/connexion/?next=/espace/cles/")
    tab_to(page, "Utiliser la clé de cet appareil")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes appareils")
    page.get_by_role("link", name=re.compile("Retirer")).click()
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator("main")).to_contain_text("Aucun appareil n’est ajouté")
    page.get_by_role("button", name="Sortir").click()
    page.goto("/espace/connexion/")
    page.get_by_role("button", name="Utiliser la clé de cet appareil").click()
    expect(page.locator("main")).to_contain_text("Recevez plutôt un code")


def test_a_device_that_stays_locked_says_what_to_do(open_page: OpenPage, site: Site) -> None:
    page = open_page(width=360)
    with_authenticator(page, unlocked=False)
    come_in(page, site)
    page.get_by_role("button", name="Ajouter cet appareil").click()
    expect(page.get_by_role("alert")).to_contain_text("n’a pas été ajouté")
    assert site.rows("select count(*) from mfa_authenticator") == [(0,)]


def wait_for_sign_out(site: Site) -> None:
    for _ in range(50):
        if site.rows("select 1 from audit_entry where verb = 'account.sign_out'"):
            return
        time.sleep(0.1)
    raise AssertionError("the session goes on")


@pytest.mark.parametrize("beacon", [True, False])
def test_leaving_fast_ends_the_session(open_page: OpenPage, site: Site, beacon: bool) -> None:
    page = open_page(width=360)
    page.context.route("https://www.meteo.fr/**", lambda route: route.fulfill(body="<h1>Météo</h1>"))
    come_in(page, site)
    if not beacon:
        page.evaluate("Navigator.prototype.sendBeacon = () => false")
    page.locator("[data-leave]").click()
    page.wait_for_url("https://www.meteo.fr/")
    wait_for_sign_out(site)
    page.goto("/espace/cles/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Entrer dans mon espace")


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.slow)])
def test_no_page_of_the_way_in_has_a_fault(open_page: OpenPage, site: Site, width: int) -> None:
    page = open_page(width=width, bypass_csp=True)
    with_authenticator(page)
    found = [fault for path in ("/espace/connexion/", "/espace/sorti/") for fault in faults(page, path)]
    page.goto("/espace/connexion/")
    page.get_by_label("Votre adresse e-mail").fill("pas une adresse")
    page.get_by_role("button", name="Recevoir mon code").click()
    expect(page.get_by_role("heading", name=re.compile("à corriger"))).to_be_visible()
    come_in(page, site)
    page.get_by_role("button", name="Ajouter cet appareil").click()
    expect(page.locator("dl.facts")).to_be_visible()
    remove = page.get_by_role("link", name=re.compile("Retirer")).get_attribute("href")
    found += [fault for path in ("/espace/cles/", str(remove)) for fault in faults(page, path)]
    assert found == []
