"""What surrounds every staff page: navigation by role, counts, who is signed in, where.

Read by the settings (context processor) and the staff templates. Runs inside the page's scope.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from amarre.accounts import roles
from amarre.audit.models import Alarm, AlarmState
from amarre.core.actor import Actor, Door
from amarre.intake.models import Solicitation
from amarre.sharing.queries_health import waiting
from amarre.web.ui.parts import NavItem, Shell

_CALLS = frozenset({"social_worker", "secretary", "coordinator"})
_MEETING = _CALLS | {"health_team"}
# Address name, words, roles that see it, and the beginnings of the names of the pages inside.
_ENTRIES: tuple[tuple[str, str, frozenset[str], tuple[str, ...]], ...] = (
    ("day", "Ma journée", roles.STAFF_ROLES, ("day",)),
    ("request_list", "Demandes", _CALLS, ("request",)),
    ("agenda", "Agenda", _MEETING, ("agenda", "appointment", "hours", "visit")),
    ("case_list", "Mes dossiers", frozenset({"social_worker"}), ("case", "note", "member", "look_back", "plan")),
    ("team", "Équipe", frozenset({"coordinator"}), ("team",)),
    ("send", "Adresser quelqu’un", frozenset({"health_team"}), ("send",)),
    ("inbox", "Courrier", roles.STAFF_ROLES, ("inbox",)),
    ("person_list", "Personnes", _MEETING, ("person", "job")),
    ("company_list", "Entreprises", roles.STAFF_ROLES, ("company", "establishment", "contact")),
    ("collective", "Actions collectives", roles.STAFF_ROLES, ("collective",)),
    ("unit", "Cellule PDP", frozenset({"social_worker", "health_team"}), ("unit",)),
    ("advice_list", "Conseils", frozenset({"social_worker", "coordinator"}), ("advice",)),
    ("exception_list", "Exceptions", frozenset({"coordinator"}), ("exception",)),
    ("question_list", "Questions", frozenset({"health_team", "social_worker"}), ("question",)),
    ("sheet_list", "Fiches", roles.STAFF_ROLES, ("sheet",)),
    ("directory", "Annuaire", roles.STAFF_ROLES, ("directory",)),
    ("crisis", "Urgence", _MEETING, ("crisis",)),
    ("account_list", "Comptes", frozenset({"service_admin"}), ("account",)),
    ("settings", "Réglages", frozenset({"service_admin", "coordinator"}), ("settings", "centre", "term", "vocabular")),
    ("journal", "Journal", frozenset({"privacy_officer"}), ("journal",)),
    ("alarm_list", "Alertes", frozenset({"privacy_officer", "coordinator"}), ("alarm",)),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """`shell` and `nav` for pages of the staff door, nothing elsewhere."""
    actor = request.META.get("AMARRE_ACTOR")
    if not isinstance(actor, Actor) or actor.door != Door.STAFF:
        return {}
    here = request.resolver_match.url_name if request.resolver_match else ""
    due = waiting(actor)
    counts = {"inbox": due.unread, "question_list": due.questions}
    nav = [
        NavItem(
            words, url, current=bool(here) and str(here).startswith(inside),
            count=counts.get(name) or _count(actor, name),
        )
        for name, words, allowed, inside in _ENTRIES
        if actor.has(*allowed) and (url := _address(name))
        and (name != "inbox" or due.received or actor.has("health_team"))
    ]  # fmt: skip
    shell = Shell(
        name=actor.name,
        role=roles.labels(actor.roles),
        centre=", ".join(actor.centre_names),
        access_url=_address("my_access"),
        sign_out_url=reverse("account_logout"),
        search_url=_address("search") if actor.has(*_CALLS) else "",
        new_contact_url=_address("request_new") if actor.has(*_CALLS) else "",
        write_note_url=_address("note_where") if actor.has("social_worker") else "",
        nav=nav,
    )
    return {"shell": shell, "nav": nav}


def _address(name: str) -> str:
    try:
        return reverse(f"staff:{name}")
    except NoReverseMatch:
        return ""


def _count(actor: Actor, name: str) -> int:
    if name == "request_list":
        return Solicitation.objects.visible_to(actor, waiting=True).count()
    return Alarm.objects.visible_to(actor).filter(state=AlarmState.OPEN).count() if name == "alarm_list" else 0
