"""The requester is told the same thing, at the same moment, whatever comes of it."""

import pytest

from amarre.accounts.models import Mail
from amarre.core.actor import MACHINE
from amarre.core.scope import acting_as
from amarre.intake import commands
from amarre.intake.tasks import acknowledge
from amarre.organisations.models import Centre
from tests.cast import PASSER_BY

pytestmark = pytest.mark.django_db


def test_the_mail_says_transmitted_and_nothing_else() -> None:
    with acting_as(PASSER_BY):
        here = Centre.objects.visible_to(PASSER_BY).get(name="Centre de Montreuil").pk
        row = commands.submit_solicitation(
            actor=PASSER_BY,
            source="employer_hr",
            centre_id=here,
            last_name="Canari",
            reasons=["CANARI"],
            requester_email="rh@entrepots.example",
        )
    with acting_as(MACHINE):
        acknowledge(solicitation_id=row.pk)
    mail = Mail.objects.get(to="rh@entrepots.example")  # as the application, which shows the demo's mailbox
    assert row.reference in mail.body
    assert "anari" not in mail.body + mail.subject
