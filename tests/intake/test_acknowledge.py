"""The requester is told the same thing, at the same moment, whatever comes of it."""

import pytest
from django.core.mail import EmailMessage

from amarre.core.actor import MACHINE
from amarre.core.scope import acting_as
from amarre.core.tasks import notify
from amarre.intake import commands
from amarre.organisations.models import Centre
from tests.cast import PASSER_BY
from tests.plans.acting import queued

pytestmark = pytest.mark.django_db


def test_the_mail_says_transmitted_and_nothing_else(mailoutbox: list[EmailMessage]) -> None:
    with acting_as(PASSER_BY):
        here = Centre.objects.visible_to(PASSER_BY).get(name="Centre de Montreuil").pk
        row = commands.submit_solicitation(
            actor=PASSER_BY,
            source="employer_hr",
            centre_id=here,
            last_name="Tiercelin",
            reasons=["TIERCELIN"],
            requester_email="rh@entrepots.example",
        )
    (ids,) = queued("core.notify")
    with acting_as(MACHINE):
        notify(**ids)
    assert [m.to for m in mailoutbox] == [["rh@entrepots.example"]]
    said = f"{mailoutbox[0].subject} {mailoutbox[0].body}"
    assert row.reference in said
    assert "iercelin" not in said.lower()
