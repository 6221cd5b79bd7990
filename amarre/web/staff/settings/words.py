"""The lists of words: wording, order, and what is still offered. Nothing is deleted.

Read by the URL configuration beside. The service admin's pages; everybody else is refused.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from amarre.core.actor import Actor
from amarre.organisations import commands_settings as commands
from amarre.organisations.models import Term, Vocabulary
from amarre.organisations.policy import may_administer
from amarre.web.staff.settings.forms import NewTermForm, TermForm
from amarre.web.ui.http import actor_of, carry_out, done, page, status_of, visible_or_404
from amarre.web.ui.parts import Link

_PUBLIC = (Vocabulary.EMPLOYEE_REASON, Vocabulary.EMPLOYER_REASON)


def vocabulary(request: HttpRequest, vocabulary: str) -> HttpResponse:
    """One list, in its order; add a word at its end."""
    actor = _admin(request)
    if vocabulary not in Vocabulary.values:
        raise Http404
    name = Vocabulary(vocabulary)
    form = NewTermForm(request.POST or None)
    if carry_out(request, form, lambda data: commands.add_term(actor=actor, vocabulary=name.value, **data)):
        return done(request, _address(name), "Le mot est ajouté à la fin de la liste.")
    rows = [*Term.objects.visible_to(actor).filter(vocabulary=name)]
    context = {
        "rows": rows,
        "form": form,
        "title": name.label,
        "public": name in _PUBLIC,
        "neutral": name == Vocabulary.EMPLOYER_REASON,
        "crumbs": [Link("Réglages", reverse("staff:settings")), Link(str(name.label))],
    }
    return page(request, "staff/settings/vocabulary.html", context, status=status_of(request))


def term_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword a word, or stop offering it."""
    actor = _admin(request)
    term = visible_or_404(Term.objects.visible_to(actor), pk=pk)
    name = Vocabulary(term.vocabulary)
    form = TermForm(request.POST or None, initial={"label": term.label, "help": term.help, "active": term.active})
    if carry_out(request, form, lambda data: commands.edit_term(actor=actor, term=term, **data)):
        return done(request, _address(name), "C’est enregistré.")
    context = {
        "form": form,
        "title": "Modifier un mot",
        "identity": f"Code {term.code}\u00a0: il ne change pas, les chiffres en dépendent.",
        "verb": "Enregistrer",
        "crumbs": [
            Link("Réglages", reverse("staff:settings")),
            Link(str(name.label), _address(name)),
            Link("Modifier un mot"),
        ],
    }
    return page(request, "staff/settings/form.html", context, status=status_of(request))


@require_POST
def term_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    actor = _admin(request)
    term = visible_or_404(Term.objects.visible_to(actor), pk=pk)
    commands.move_term(actor=actor, term=term, up=request.POST.get("sens") == "haut")
    return done(request, f"{_address(Vocabulary(term.vocabulary))}#mot-{term.pk}")


def _admin(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_administer(actor):
        raise PermissionDenied
    return actor


def _address(name: Vocabulary) -> str:
    return reverse("staff:vocabulary", args=[name.value])
