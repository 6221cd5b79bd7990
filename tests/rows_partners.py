"""What left the tests' world for partners: Inès's orientation to Chloé, Yanis's to somebody else by a link.

Read by `tests.rows`, after the directory and what was sent to others. Every sealed text carries a canary.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from amarre.cases.models import Case
from amarre.directory.models import PartnerContact
from amarre.sharing import links
from amarre.sharing import models as m
from tests.rows_sharing import CIRCLE, CODE, THEN, agreement, sent

YANIS_SECRET = "lien-d-yanis"
SENT_ON = timezone.now() - timedelta(days=8)
YANIS_CIRCLE = frozenset({"nadia", "yanis"})
CANARIES: dict[str, frozenset[str]] = {
    "canari-partenaire-ines": CIRCLE | {"chloe"},
    "canari-oriente-ines": CIRCLE | {"chloe"},
    "canari-attend-ines": CIRCLE | {"chloe"},
    "canari-reponse-chloe": CIRCLE | {"chloe"},
    "canari-oriente-yanis": YANIS_CIRCLE,
    "canari-lien-yanis": frozenset({"nadia"}),
    "canari-secret-yanis": frozenset(),
}


def load_partners(world: Any, cases: dict[str, Case]) -> None:
    """Make everything; runs as the owner, inside `commands.loading()`."""
    chloe, desire = (PartnerContact.objects.get(name=name) for name in ("Chloé Aubry", "Désiré Fontanel"))
    agreed = agreement(world, cases["ines"], "claire", party_kind="partner", party="canari-partenaire-ines",
                       partner=chloe, purpose="support", what="Chercher un appui")  # fmt: skip
    more = {"partner": chloe, "to_user": chloe.user, "kind": "orientation", "sent_at": SENT_ON}
    waiting = sent(world, agreed, "claire", content="canari-attend-ines", **more)
    taken = sent(world, agreed, "claire", content="canari-oriente-ines", read_at=SENT_ON, **more)
    m.Answer(transmission=taken, kind="accepted", words="canari-reponse-chloe", at=SENT_ON, by=chloe.user).save()
    today = timezone.localdate()
    m.Orientation(transmission=waiting, structure=chloe.structure, sent_at=SENT_ON, reminded=1, told=1,
                  reminded_on=today - timedelta(days=1), next_reminder_on=today + timedelta(days=6)).save()  # fmt: skip
    m.Orientation(transmission=taken, structure=chloe.structure, state="accepted", sent_at=SENT_ON, seen_at=SENT_ON,
                  answered_at=SENT_ON).save()  # fmt: skip
    other = agreement(world, cases["yanis"], "nadia", party_kind="partner", party="Désiré Fontanel, mairie d’essai",
                      partner=desire, purpose="money", what="Une aide")  # fmt: skip
    by_link = sent(world, other, "nadia", content="canari-oriente-yanis", kind="orientation", partner=desire,
                   carrier="link", to_user=None, subject="Yanis Diarra", sent_at=SENT_ON)  # fmt: skip
    m.Orientation(transmission=by_link, structure=desire.structure, sent_at=SENT_ON,
                  next_reminder_on=today - timedelta(days=1)).save()  # fmt: skip
    m.AccessLink(
        transmission=by_link, digest=links.digest(YANIS_SECRET), pass_digest=links.digest(YANIS_SECRET, CODE),
        made_at=THEN, email="canari-lien-yanis", secret="canari-secret-yanis", made_by=world.colleague("nadia"),
        expires_at=timezone.now() + timedelta(days=20),
    ).save()  # fmt: skip
