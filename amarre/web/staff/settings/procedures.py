"""The catalogue of rights applications, as this service keeps it: corrected without a release, each with its source.

Read by the URL configuration beside. Kept by the service admin and the coordinator.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from amarre.core.actor import Actor
from amarre.plans import commands_papers, procedures
from amarre.plans.policy import may_keep_grids
from amarre.plans.procedures import Procedure, Status
from amarre.plans.queries_papers import catalogue
from amarre.web.staff.settings.gridforms import code_of
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of
from amarre.web.ui.parts import Link


class ProcedureForm(forms.Form):
    """An entry: its words, its papers, its delays, its source."""

    label = forms.CharField(label="Nom complet", max_length=120)
    short = forms.CharField(label="Nom court", max_length=30)
    what = forms.CharField(label="En une phrase, pour la personne", max_length=300)
    decider = forms.CharField(label="Qui décide", max_length=200)
    documents = forms.CharField(
        label="Pièces à réunir, une par ligne", max_length=4_000, required=False, widget=forms.Textarea({"rows": 6})
    )
    duration_hint = forms.CharField(label="Durée du droit", max_length=300, required=False)
    appeal = forms.CharField(label="Recours", max_length=400, required=False)
    source = forms.CharField(label="Source", max_length=300)
    status = forms.ChoiceField(label="Certitude", choices=Status.choices)
    checked_on = forms.DateField(
        label="Vérifié le", initial=timezone.localdate, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, procedure: Procedure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.procedure = procedure
        for delay in procedure.delays:
            self.fields[f"delay_{delay.id}"] = forms.IntegerField(
                label=f"{delay.label or delay.id} ({delay.unit.label})",
                min_value=0, max_value=999, help_text=delay.note or delay.article,
            )  # fmt: skip
            self.initial[f"delay_{delay.id}"] = delay.amount

    @staticmethod
    def values(procedure: Procedure) -> dict[str, Any]:
        """What the entry says now."""
        names = ("label", "short", "what", "decider", "duration_hint", "appeal", "source", "status")
        rows = "\n".join(document.label for document in procedure.documents)
        return {name: getattr(procedure, name) for name in names} | {"documents": rows}

    def definition(self) -> dict[str, Any]:
        """The entry as a definition, the rest as it was."""
        data, old = self.cleaned_data, procedures.unparse(self.procedure)
        known = {d.label: d.code for d in self.procedure.documents}
        lines = [line.strip() for line in data["documents"].splitlines() if line.strip()]
        papers = [{"code": known.get(line) or code_of(line), "label": line, "source": data["source"]} for line in lines]
        delays: Any = old["delays"]
        for row in delays:
            row["amount"] = data[f"delay_{row['id']}"]
        named = {
            n: data[n] for n in ("label", "short", "what", "decider", "duration_hint", "appeal", "source", "status")
        }
        return {**old, **named, "documents": papers, "delays": delays, "checked_on": data["checked_on"]}


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_keep_grids(actor):
        raise PermissionDenied
    return actor


def procedure_list(request: HttpRequest) -> HttpResponse:
    """Every entry, with the day on which it was checked."""
    actor = _keeper(request)
    shipped = procedures.shipped()
    rows = [(code, entry, entry != shipped.get(code)) for code, entry in catalogue(actor).items()]
    crumbs = [Link("Réglages", reverse("staff:settings")), Link("Démarches")]
    return page(request, "staff/settings/procedures.html", {"rows": rows, "crumbs": crumbs})


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Correct an entry."""
    actor = _keeper(request)
    entry = catalogue(actor).get(code)
    if entry is None:
        raise Http404
    form = ProcedureForm(entry, request.POST or None, initial=ProcedureForm.values(entry))
    back = reverse("staff:settings_procedures")
    if carry_out(
        request,
        form,
        lambda _d: commands_papers.rewrite_procedure(actor=actor, code=code, definition=form.definition()),
    ):
        return done(request, back, "L’entrée est corrigée.")
    crumbs = [Link("Réglages", reverse("staff:settings")), Link("Démarches", back), Link(entry.short)]
    context = {"form": form, "title": entry.label, "back": back, "crumbs": crumbs}
    return page(request, "staff/settings/grid_part.html", context, status=status_of(request))
