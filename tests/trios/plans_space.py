"""The commands of `plans` about the person's space, and those whom they invite."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from amarre.plans import models as m
from amarre.plans.channels import code_of
from tests.rows import CLOSED_CASE, TODAY
from tests.trios import World, trio

ADDRESS = "clair-commande@exemple.example"


def old(w: World) -> m.ChannelCheck:
    """A code that was sent long ago."""
    return w.part(m.ChannelCheck)


def fresh(w: World) -> dict[str, Any]:
    """A code that was just sent, and read back."""
    check = m.ChannelCheck(plan=w.plan(), email=ADDRESS, sent_at=timezone.now(), asked_by=w.colleague("claire"))
    w.made(check)
    return {"plan": w.plan(), "check": check, "code": code_of(check)}


trio(
    "space.check",
    allowed=("claire", lambda w: {"plan": w.plan(), "email": ADDRESS}),
    refused="nadia",
    failed=("bruno", lambda w: {"plan": w.plan(CLOSED_CASE), "email": ADDRESS, "companion": w.part(m.Companion)}),
)
trio(
    "space.check_phone",
    allowed=("claire", lambda w: {"plan": w.plan()}),
    refused="nadia",
    failed=("bruno", lambda w: {"plan": w.plan(CLOSED_CASE)}),
)
trio(
    "space.confirm",
    allowed=("claire", fresh),
    refused=("nadia", lambda w: {"plan": w.plan(), "check": old(w), "code": code_of(old(w))}),
    failed=("claire", lambda w: {"plan": w.plan(), "check": old(w), "code": code_of(old(w))}),
)
trio(
    "space.miss",
    allowed=("claire", lambda w: {"plan": w.plan(), "check": old(w)}),
    refused="ines",
    failed=("bruno", lambda w: {"plan": w.plan(CLOSED_CASE), "check": old(w)}),
    error=m.ChannelCheck.DoesNotExist,
)
trio(
    "space.close",
    allowed=("claire", lambda w: {"plan": w.plan()}),
    refused="ines",
    failed=("bruno", lambda w: {"plan": w.plan(CLOSED_CASE)}),
)


def ended(w: World) -> m.Companion:
    """Yanis, as if it had ended the day before."""
    companion = w.part(m.Companion)
    companion.until = TODAY - timedelta(days=1)
    return companion


NAMED = {"name": "clair-commande", "kind": "trusted", "relation": "canari-commande", "parts": ["goals"]}
trio(
    "companion.name",
    allowed=("ines", lambda w: {"plan": w.plan(), **NAMED}),
    refused="yanis",
    failed=lambda w: {"plan": w.plan(), **NAMED, "name": " "},
)
trio(
    "companion.share",
    allowed=("ines", lambda w: {"companion": w.part(m.Companion), "parts": ["documents"]}),
    refused="yanis",
    failed=lambda w: {"companion": w.part(m.Companion), "parts": ["everything"]},
)
trio(
    "companion.end",
    allowed=("claire", lambda w: {"companion": w.part(m.Companion)}),
    refused="yanis",
    failed=lambda w: {"companion": ended(w)},
)
