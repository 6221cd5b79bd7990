"""The pages of what leaves a case: exactly what will be read is shown; what was typed is kept; two texts are shown."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from amarre.core.commands import loading
from amarre.sharing import models as m
from amarre.sharing.commands import revise_transmission, seen_as
from tests.cast import as_owner, user
from tests.plans.acting import W, by
from tests.sharing.acting import LATER, YESTERDAY, agreed, asked, draft, kept, sent, set_row, written
from tests.sharing.test_words import HOSTILE

pytestmark = pytest.mark.django_db
MARKUP = "<b>gras</b> {{ 7 }} & <script>alert(1)</script>"


def signed_in(code: str) -> Client:
    client = Client()
    client.force_login(user(code))
    return client


def url(name: str, *more: object) -> str:
    return reverse(f"staff:{name}", args=[W.case().pk, *more])


def test_nothing_is_ticked_on_either_page() -> None:
    row = asked()
    for code, path in (
        ("claire", url("sharing_agreement", row.pk)),
        ("ines", reverse("employee:agreement", args=[row.pk])),
    ):
        page = signed_in(code).get(path).content.decode()
        assert 'type="radio"' in page
        assert not re.search(r"<input[^>]*\bchecked\b", page)
        assert page.count('type="radio"') >= 2


def test_asking_keeps_what_was_typed() -> None:
    typed = {
        "to": f"colleague-{user('hugo').pk}", "purpose": "other", "what": "canari-tapé",
        "until": YESTERDAY.isoformat(),
             "to_words": ""}  # fmt: skip
    for change in ({}, {"until": LATER.isoformat()}, {"until": "n’importe quoi"}, {"to": "other"}):
        answer = signed_in("claire").post(url("sharing_agreement_new"), typed | change)
        assert answer.status_code == 422, change
        assert "canari-tapé" in answer.content.decode()


def test_composing_keeps_what_was_typed() -> None:
    agreement = agreed()
    typed = {"agreement": str(agreement.pk), "kind": "orientation", "subject": "Inès", "content": "canari-tapé"}
    for change in ({}, {"kind": "word", "subject": ""}, {"kind": "word", "agreement": "1"}):
        answer = signed_in("claire").post(url("sharing_compose"), typed | change)
        assert answer.status_code == 422, change
        assert "canari-tapé" in answer.content.decode()


def test_the_check_page_shows_the_very_words_and_sends_what_it_shows() -> None:
    row = written(agreed(), subject=f"Inès {MARKUP}", content=f"{MARKUP}\nligne deux")
    claire, path = signed_in("claire"), reverse("staff:transmission", args=[row.pk])
    page = claire.get(path).content.decode()
    assert "<script>alert" not in page
    shown = re.search(r'<blockquote class="words frozen">(.*?)</blockquote>', page, re.S)
    assert shown is not None
    words = unescape(re.sub(r"<(?:p|/p|br|strong|/strong)[^>]*>", "\n", shown[1]))
    assert f"Inès {MARKUP}" in words
    assert f"{MARKUP}\nligne deux" in re.sub(r"\n+", "\n", words)
    (checked,) = re.findall(r'name="checked" value="([0-9a-f]{64})"', page)
    assert checked == seen_as(row)
    by("bruno", revise_transmission, transmission=row, version=1, subject="Inès", content="changé entre-temps")
    send = reverse("staff:transmission_send", args=[row.pk])
    answer = claire.post(send, {"checked": checked})
    assert answer.status_code == 422
    assert "changé entre-temps" in answer.content.decode()
    assert kept(row).state == "draft"
    assert claire.post(send, {"checked": seen_as(kept(row))}).status_code == 302
    assert kept(row).state == "sent"


def test_no_button_once_the_agreement_covers_nothing() -> None:
    row = written(agreed())
    page = signed_in("claire").get(reverse("staff:transmission", args=[row.pk])).content.decode()
    assert reverse("staff:transmission_send", args=[row.pk]) in page
    set_row(row.agreement, until=YESTERDAY)
    page = signed_in("claire").get(reverse("staff:transmission", args=[row.pk])).content.decode()
    assert reverse("staff:transmission_send", args=[row.pk]) not in page
    assert "n’est plus en cours" in page


def test_two_correct_the_same_text() -> None:
    row = draft()
    path = reverse("staff:transmission_edit", args=[row.pk])
    by("bruno", revise_transmission, transmission=row, version=1, subject="Inès", content="canari-de-bruno")
    said = {"subject": "Inès", "content": "canari-de-claire", "version": "1"}
    answer = signed_in("claire").post(path, said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "canari-de-bruno" in page
    assert "canari-de-claire" in page
    assert kept(row).content == "canari-de-bruno"


def test_taken_back_in_one_click_and_no_more_offered() -> None:
    row, ines, claire = agreed(), signed_in("ines"), signed_in("claire")
    value = f'value="{row.pk}"'
    assert value in claire.get(url("sharing_compose")).content.decode()
    assert ines.get(reverse("employee:agreement_withdraw", args=[row.pk])).status_code == 405
    assert kept(row).state == "given", "a GET takes nothing back"
    assert ines.post(reverse("employee:agreement_withdraw", args=[row.pk])).status_code == 302
    assert kept(row).state == "withdrawn"
    assert value not in claire.get(url("sharing_compose")).content.decode()
    assert ines.post(reverse("employee:agreement_withdraw", args=[row.pk])).status_code == 302, "twice is no crash"


def test_what_was_withdrawn_is_not_said_to_who_received_it() -> None:
    row = agreed()
    left = sent(row)
    signed_in("ines").post(reverse("employee:agreement_withdraw", args=[row.pk]))
    assert signed_in("hugo").get(reverse("staff:transmission", args=[left.pk])).status_code == 404


@pytest.mark.parametrize("written_", HOSTILE[:15], ids=range(15))
def test_a_hostile_signature_is_a_422(written_: str) -> None:
    row = asked()
    answer = signed_in("claire").post(
        url("sharing_agreement_give", row.pk), {"g-how": "screen", "g-signature": written_.encode("utf-8", "replace")}
    )
    assert answer.status_code in (400, 422)
    assert kept(row).state == "proposed"


def test_a_broken_signature_breaks_no_page() -> None:
    row = agreed()
    with as_owner(), loading():
        row.given_how, row.signature = "screen", "[[[1e999,1]]]"
        row.save()
    assert signed_in("claire").get(url("sharing_agreement", row.pk)).status_code == 200
    assert signed_in("ines").get(reverse("employee:agreement", args=[row.pk])).status_code == 200


def test_each_page_says_to_whom_and_until_when() -> None:
    row = sent(agreed())
    page = signed_in("ines").get(reverse("employee:transmission", args=[row.pk])).content.decode()
    assert "Dr Hugo Exemple" in page
    assert "Le matin" in page
    with as_owner():
        assert m.Transmission.objects.get(pk=row.pk).read_at is None, "her reading is not the recipient's"
