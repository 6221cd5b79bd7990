"""The journal, filtered by who, about whom, what.

Read by the URL configuration beside. Reading the journal is written into it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from amarre.accounts.models import Colleague
from amarre.audit.policy import may_read_journal
from amarre.audit.queries import journal as lines_of
from amarre.core.actor import Actor
from amarre.people.models import Person
from amarre.web.ui.fields import choice_field
from amarre.web.ui.http import actor_of, note_read, page

_VERBS = [
    ("", "Tout"),
    ("case.", "Dossiers"),
    ("note.", "Notes"),
    ("member.", "Accès"),
    ("solicitation.", "Demandes"),
    ("person.", "Personnes"),
    ("plan.", "Projets"),
    ("grid.", "Grilles"),
    ("document.", "Documents"),
    ("space.", "Espaces"),
    ("data.", "Demandes sur les données"),
    ("account.", "Comptes"),
    ("alarm.", "Alertes"),
    ("page.", "Pages introuvables"),
]
_OUTCOMES = {
    "done": ("fait", "green"),
    "read": ("lu", "sea"),
    "refused": ("refusé", "red"),
    "missing": ("introuvable", "rope"),
}


class FilterForm(forms.Form):
    """Who, and what."""

    who = forms.TypedChoiceField(label="Qui", coerce=int, required=False, empty_value=None)
    verb = forms.ChoiceField(label="Quoi", choices=_VERBS, required=False)
    person = forms.IntegerField(label="À propos de la personne n°", required=False, min_value=1)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Colleague.objects.visible_to(actor)
        choice_field(self, "who").choices = [("", "Tout le monde"), *((c.pk, c.name) for c in people)]


def journal(request: HttpRequest) -> HttpResponse:
    """The 200 newest lines that match."""
    actor = actor_of(request)
    if not may_read_journal(actor):
        raise PermissionDenied
    form = FilterForm(actor, request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    note_read(request, "journal.read")
    rows = lines_of(actor, user_id=asked.get("who"), verb=asked.get("verb") or "", person_id=asked.get("person"))
    names = dict(Colleague.objects.visible_to(actor).values_list("pk", "name"))
    about = {r.person_id for r in rows if r.person_id}
    people = {p.pk: p.full_name for p in Person.objects.visible_to(actor).filter(pk__in=about)}
    lines = [
        {
            "row": r,
            "who": names.get(r.user_id or 0, "Quelqu’un sans compte" if r.door == "public" else "Amarre"),
            "outcome": _OUTCOMES.get(r.outcome, (r.outcome, "neutral")),
            "person": people.get(r.person_id or 0, ""),
        }
        for r in rows
    ]
    return page(request, "staff/journal/journal.html", {"form": form, "lines": lines})
