"""What the pages of collective actions share: who comes in, the tabs, one action.

Read by the views beside.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.collective.models import Action
from amarre.core.actor import Actor
from amarre.core.commands import Refused
from amarre.web.ui.http import actor_of, done, page, refused, visible_or_404
from amarre.web.ui.parts import Badge, Link, NavItem, Tone

_TABS = (
    ("collective", "Actions"),
    ("collective_catalogue", "Catalogue"),
    ("collective_materials", "Supports"),
    ("collective_log", "Travail\u00a0: essais"),
    ("collective_year", "L’année"),
)
TONES: dict[str, Tone] = {
    "requested": "rope", "discussed": "rope", "agreed": "sea", "held": "sea", "accounted": "green", "closed": "green",
    "planned": "sea",
}  # fmt: skip
PASSED = (
    "Un(e) collègue vient d’enregistrer cette étape. Votre texte est encore là\u00a0: gardez-en une copie,"
    " puis rechargez la page."
)
HOME = Link("Actions collectives", "")


def tabs(current: str) -> list[NavItem]:
    """The five pages of the family."""
    return [NavItem(words, reverse(f"staff:{name}"), current=name == current) for name, words in _TABS]


def crumbs(*links: Link) -> list[Link]:
    """Where one is, from the list."""
    return [Link(HOME.label, reverse("staff:collective")), *links]


def badge(action: Action) -> Badge:
    """Where an action stands."""
    return Badge(action.get_state_display(), TONES.get(action.state, "neutral"))


def somebody(request: HttpRequest, may: Callable[[Actor], bool]) -> Actor:
    """The actor, if they may. Raises `PermissionDenied`."""
    actor = actor_of(request)
    if not may(actor):
        raise PermissionDenied
    return actor


def one(actor: Actor, pk: int) -> Action:
    """An action that one sees, with where it is held."""
    rows = Action.objects.visible_to(actor).select_related("company", "establishment__company", "centre", "lead")
    return visible_or_404(rows, pk=pk)


def url_of(action: Action) -> str:
    """The page of an action."""
    return reverse("staff:collective_action", args=[action.pk])


def then(request: HttpRequest, url: str, act: Callable[[], object], sentence: str) -> HttpResponse:
    """Do it, and say so; or say why not."""
    try:
        act()
    except Refused as refusal:
        return refused(request, url, str(refusal))
    return done(request, url, sentence)


def given_back(request: HttpRequest, form: Form, title: str, action: Action) -> HttpResponse:
    """A small form of another page that was refused: on a page of its own, with what was typed."""
    context = {
        "form": form, "title": title, "identity": f"{action.title} · {action.where}", "verb": "Enregistrer",
        "crumbs": crumbs(Link(action.title, url_of(action)), Link(title)), "open": True,
    }  # fmt: skip
    return page(request, "staff/collective/form.html", context, status=422)
