"""Where somebody works: look for the workplace, choose it, say since when.

Read by the URL configuration beside. Works without JavaScript: the search is a page, the choice is a link.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.core.actor import Actor
from amarre.organisations.identifiers import spaced_siret
from amarre.organisations.models import Establishment
from amarre.organisations.policy import may_write_companies
from amarre.organisations.queries import search_workplaces
from amarre.people import commands
from amarre.people.models import Job, Person
from amarre.people.policy import may_write_people
from amarre.web.staff.people.forms import JobForm
from amarre.web.staff.people.words import warnings_of
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Link


def job_new(request: HttpRequest, pk: int) -> HttpResponse:
    """First the workplace, then the job."""
    actor = actor_of(request)
    person = visible_or_404(Person.objects.visible_to(actor), pk=pk)
    _writer(actor)
    chosen = request.POST.get("etablissement") or request.GET.get("etablissement", "")
    if not chosen.isdecimal():
        return _choose(request, actor, person)
    place = visible_or_404(Establishment.objects.visible_to(actor).select_related("company"), pk=int(chosen))
    form = JobForm(request.POST or None)
    add = commands.add_job
    if carry_out(request, form, lambda data: add(actor=actor, person=person, establishment=place, **data)):
        return done(request, reverse("staff:person", args=[person.pk]), "Le poste est sur la fiche.")
    note_read(request, "person.read", person)
    context = {
        "form": form,
        "place": place,
        "identity": _identity(person, place),
        "title": "Ajouter un poste",
        "verb": "Ajouter le poste",
        "warnings": warnings_of(person),
        "crumbs": _crumbs(person, "Ajouter un poste"),
        "back_url": reverse("staff:job_new", args=[person.pk]),
    }
    return page(request, "staff/people/job.html", context, status=status_of(request))


def _choose(request: HttpRequest, actor: Actor, person: Person) -> HttpResponse:
    note_read(request, "person.read", person)
    words = request.GET.get("q", "").strip()
    places = search_workplaces(actor, words) if words else []
    context = {
        "person": person,
        "words": words,
        "lines": [{"row": place, "number": spaced_siret(place.siret)} for place in places],
        "crumbs": _crumbs(person, "Ajouter un poste"),
        "may_write_companies": may_write_companies(actor),
    }
    return page(request, "staff/people/job_choose.html", context, part="results")


def job_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a job, or say when it ended."""
    actor = actor_of(request)
    job = visible_or_404(Job.objects.visible_to(actor).select_related("person", "establishment__company"), pk=pk)
    _writer(actor)
    names = ("title", "contract", "since", "until")
    initial = {name: getattr(job, name) for name in names}
    form = JobForm(request.POST or None, initial=initial, contract=job.contract)
    if carry_out(request, form, lambda data: commands.edit_job(actor=actor, job=job, **data)):
        return done(request, reverse("staff:person", args=[job.person_id]), "C’est enregistré.")
    note_read(request, "person.read", job)
    context = {
        "form": form,
        "identity": _identity(job.person, job.establishment),
        "title": "Modifier le poste",
        "verb": "Enregistrer",
        "warnings": warnings_of(job.person),
        "crumbs": _crumbs(job.person, "Modifier le poste"),
    }
    return page(request, "staff/people/job.html", context, status=status_of(request))


def _identity(person: Person, place: Establishment) -> str:
    return f"{person.full_name} · {place} · SIRET {spaced_siret(place.siret)}"


def _writer(actor: Actor) -> None:
    if not may_write_people(actor):
        raise PermissionDenied


def _crumbs(person: Person, here: str) -> list[Link]:
    return [
        Link("Personnes", reverse("staff:person_list")),
        Link(person.full_name, reverse("staff:person", args=[person.pk])),
        Link(here),
    ]
