"""The service's Word templates: sent, replaced, withdrawn; and the list of variables, to copy.

Read by the URL configuration beside. Kept by the service admin and the coordinator; everybody else is refused.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core import office, word
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.sharing import commands_templates as commands
from amarre.sharing.letter_sample import sample_template
from amarre.sharing.letter_words import VARIABLES
from amarre.sharing.models import LetterTemplate
from amarre.sharing.policy_letters import may_keep_templates
from amarre.sharing.queries_letters import templates
from amarre.sharing.states_letters import LetterKind
from amarre.web.staff.letters.forms import ReplaceForm, TemplateForm
from amarre.web.ui.files import attachment
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_TITLE = "Modèles de courrier"


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_keep_templates(actor):
        raise PermissionDenied
    return actor


def _where() -> dict[str, str]:
    """For which letters each variable is, when not for all."""
    names = {LetterKind.TRANSMISSION: "à un destinataire", LetterKind.PERSON: "à la personne"}
    return {v.name: "les deux" if len(v.kinds) > 1 else names[next(iter(v.kinds))] for v in VARIABLES}


def template_list(request: HttpRequest) -> HttpResponse:
    """Templates that are proposed, the variables that they may use, and one more."""
    actor = _keeper(request)
    form = TemplateForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> LetterTemplate:
        content = data.pop("file").read()
        return commands.add_template(actor=actor, content=content, **data)

    if carry_out(request, form, act):
        return done(request, reverse("staff:settings_letters"), "Le modèle est vérifié, et proposé.")
    where = _where()
    context = {
        "rows": templates(actor),
        "variables": [(v, where[v.name]) for v in VARIABLES],
        "form": form,
        "office": office.available(),
        "crumbs": [Link("Réglages", reverse("staff:settings")), Link(_TITLE)],
    }
    return page(request, "staff/letters/templates.html", context, status=status_of(request))


def _row(request: HttpRequest, actor: Actor, pk: int) -> LetterTemplate:
    return visible_or_404(LetterTemplate.objects.visible_to(actor).select_related("by"), pk=pk)


def template(request: HttpRequest, pk: int) -> HttpResponse:
    """One template: what it asks for; replace it, or propose it no more."""
    actor = _keeper(request)
    row = _row(request, actor, pk)
    form = ReplaceForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> LetterTemplate:
        return commands.replace_template(actor=actor, template=row, content=data["file"].read())

    if carry_out(request, form, act):
        return done(request, reverse("staff:settings_letters"), "La nouvelle version est vérifiée, et proposée.")
    context = {
        "row": row,
        "form": form,
        "crumbs": [
            Link("Réglages", reverse("staff:settings")),
            Link(_TITLE, reverse("staff:settings_letters")),
            Link(row.name),
        ],
    }
    return page(request, "staff/letters/template.html", context, status=status_of(request))


def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The template itself, to be changed in Word."""
    row = _row(request, _keeper(request), pk)
    return attachment(bytes(row.content), row.file_name, word.KIND)


def sample(request: HttpRequest) -> HttpResponse:
    """A template to begin with."""
    _keeper(request)
    return attachment(sample_template(), f"modele-exemple{word.ENDING}", word.KIND)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose it no more; letters that were made stay."""
    actor = _keeper(request)
    row = _row(request, actor, pk)
    try:
        commands.withdraw_template(actor=actor, template=row)
    except Refused as refusal:
        return done(request, reverse("staff:settings_letters"), str(refusal))
    return done(request, reverse("staff:settings_letters"), "Ce modèle n’est plus proposé.")
