"""An appointment on a telephone, by its link and without an account, then in the space: with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from amarre.appointments.links import path_of
from tests.journeys.conftest import OpenPage, Site
from tests.journeys.test_axe import faults
from tests.journeys.test_space_life import BOTH, WIDE, come_in, follow, press, title
from tests.rows_appointments import GROUP_RDV_ID, OLD_RDV_ID, RDV_ID

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
BOOKED = (
    "select b.state, b.reply, to_char(a.starts_at at time zone 'Europe/Paris', 'HH24:MI') from appointments_booking b"
    " left join appointments_appointment a on a.id = b.appointment_id where b.id = %s"
)
MINE = (
    "select b.id from appointments_booking b join people_person p on p.id = b.person_id"
    " join appointments_appointment a on a.id = b.appointment_id join appointments_meetingkind k on k.id = b.kind_id"
    " where p.last_name = 'Benali' and k.label = 'Rendez-vous' and a.starts_at > now()"
)


def fits(page: Page) -> None:
    """Nothing to scroll sideways, somebody to call, nothing that a voice could not read."""
    assert page.evaluate(WIDE) == 0
    assert page.locator('a[href^="tel:"]').count() >= 1


def take(page: Page, hour: str) -> None:
    """The first date at that hour, read again, then taken."""
    page.locator(".slots a", has_text=re.compile(rf"{hour}$")).first.click()
    title(page, "C’est bien cela")
    fits(page)
    press(page, "Je prends ce rendez-vous")
    title(page, "Votre rendez-vous est noté")
    fits(page)


@BOTH
def test_chosen_moved_and_cancelled_without_an_account(open_page: OpenPage, site: Site, js: bool) -> None:
    page = open_page(width=360, js=js)
    page.goto(path_of(RDV_ID))
    title(page, "Choisissez une date")
    fits(page)
    page.get_by_role("link", name="Plus tard").click()
    title(page, "Choisissez une date")
    take(page, "9.h")
    assert site.rows(BOOKED, RDV_ID) == [("booked", "", "09:00")]
    follow(page, "Voir mon rendez-vous")
    title(page, "Mon rendez-vous")
    press(page, "Je viens")
    expect(page.locator("main")).to_contain_text("Vous avez dit que vous venez.")
    press(page, "Je ne peux pas")
    expect(page.locator("main")).to_contain_text("Votre place est encore gardée.")
    fits(page)
    follow(page, "Changer de date")
    title(page, "Changer de date")
    take(page, "14.h.45")
    assert site.rows(BOOKED, RDV_ID) == [("booked", "", "14:45")]
    follow(page, "Voir mon rendez-vous")
    follow(page, "Annuler ce rendez-vous")
    press(page, "Oui, annuler")
    title(page, "Ce rendez-vous est annulé")
    fits(page)
    assert site.rows(BOOKED, RDV_ID)[0][0] == "cancelled"


def test_two_read_the_same_dates_and_one_is_quicker(open_page: OpenPage, site: Site) -> None:
    slow, quick = open_page(width=360, js=False), open_page(width=360, js=False)
    site.rows("select 1")
    slow.goto(path_of(RDV_ID))
    slow.locator(".slots a").first.click()
    taken = slow.url.rstrip("/").rsplit("/", 1)[1]
    (mine,) = site.rows(MINE)[0]
    quick.goto(f"{path_of(int(str(mine)))}dates/{taken}/")
    press(quick, "Je prends ce rendez-vous")
    press(slow, "Je prends ce rendez-vous")
    expect(slow.locator(".error-summary")).to_contain_text("Ce créneau vient d’être pris. Choisissez-en un autre.")
    assert slow.locator(f'.slots a[href$="/{taken}/"]').count() == 0
    slow.locator(".slots a").first.click()
    press(slow, "Je prends ce rendez-vous")
    title(slow, "Votre rendez-vous est noté")


def test_a_group_a_waiting_list_and_a_link_that_opens_nothing(open_page: OpenPage, site: Site) -> None:
    page = open_page(width=360, js=False)
    page.goto(path_of(GROUP_RDV_ID))
    expect(page.locator(".slots")).to_contain_text("7 places")
    page.locator(".slots a").first.click()
    expect(page.locator("main")).to_contain_text("À plusieurs, en groupe")
    press(page, "Je prends ce rendez-vous")
    title(page, "Votre rendez-vous est noté")
    page.goto(path_of(RDV_ID))
    press(page, "Ne plus me prévenir")
    press(page, "Prévenez-moi si une place se libère plus tôt")
    expect(page.locator("main")).to_contain_text("Nous vous écrivons dès qu’une place se libère.")
    follow(page, "Voir cette place")
    press(page, "Non merci")
    expect(page.get_by_role("link", name="Voir cette place")).to_have_count(0)
    page.goto(path_of(OLD_RDV_ID))
    title(page, "Ce lien n’ouvre rien")
    fits(page)


def test_in_arabic_nothing_is_cut(open_page: OpenPage, site: Site) -> None:
    page = open_page(width=360)
    page.goto(path_of(RDV_ID))
    page.get_by_role("button", name="العربية").click()
    title(page, "اختر تاريخًا")
    expect(page.locator("html[lang=ar][dir=rtl]")).to_have_count(1)
    assert faults(page) == []
    page.locator(".slots a").first.click()
    page.locator("main").get_by_role("button").first.click()
    title(page, "تم تسجيل موعدك")
    assert faults(page) == []


@BOTH
def test_moved_and_cancelled_in_the_space(open_page: OpenPage, site: Site, js: bool) -> None:
    (mine,) = site.rows(MINE)[0]
    page = come_in(open_page, "ines", js=js)
    expect(page.locator("main")).to_contain_text("Mon prochain rendez-vous")
    follow(page, "Voir, changer ou annuler")
    title(page, "Mon rendez-vous")
    fits(page)
    follow(page, "Changer de date")
    take(page, "9.h.45")
    assert site.rows(BOOKED, mine) == [("booked", "", "09:45")]
    page.goto("/espace/rendez-vous/")
    title(page, "Mes rendez-vous")
    fits(page)
    follow(page, "Voir, changer ou annuler")
    follow(page, "Annuler ce rendez-vous")
    press(page, "Oui, annuler")
    title(page, "Ce rendez-vous est annulé")
    assert site.rows(BOOKED, mine)[0][0] == "cancelled"
