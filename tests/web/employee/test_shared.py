"""Who opens a document: a relative while invited; nobody before the antivirus has found it clean."""

from __future__ import annotations

import pytest
from django.urls import reverse

from amarre.audit.models import Entry
from amarre.plans import commands_space
from amarre.plans import models as m
from tests.cast import as_owner
from tests.plans.acting import W, by, change
from tests.web.employee.pages import browser

pytestmark = pytest.mark.django_db


def invited_to(*parts: str) -> None:
    by("ines", commands_space.share_with, companion=W.part(m.Companion), parts=list(parts))


def test_a_relative_opens_a_document_only_while_invited_and_it_is_written_down() -> None:
    with as_owner():
        document = m.Document.objects.get(plan=W.plan())
    address, yanis = reverse("employee:document", args=[document.pk]), browser("yanis")
    assert yanis.get(address).status_code == 404, "invited to the goals alone"
    invited_to("documents")
    answer = yanis.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with as_owner():
        lines = Entry.objects.filter(verb="document.read", door="person")
        assert list(lines.values_list("subject", flat=True)) == [f"plans_document:{document.pk}"]
    invited_to()
    assert yanis.get(address).status_code == 404


@pytest.mark.parametrize(("scan", "status"), [("clean", 200), ("off", 200), ("pending", 404), ("infected", 404)])
def test_nobody_opens_what_was_not_found_clean(scan: str, status: int) -> None:
    with as_owner():
        document = m.Document.objects.get(plan=W.plan())
        case = document.plan.case_id
    change(document, scan=scan)
    assert browser("ines").get(reverse("employee:document", args=[document.pk])).status_code == status
    assert browser("claire").get(reverse("staff:plan_document", args=[case, document.pk])).status_code == status
    assert browser("nadia").get(reverse("staff:plan_document", args=[case, document.pk])).status_code == 404
