"""Looking for somebody, their page, and the forms that write them.

Read by the URL configuration beside. Every staff member reads identity; those who meet people write it. These pages
never say whether somebody is accompanied, but to the very colleague whom the person agreed to tell.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from amarre.appointments.policy import BOOKS
from amarre.core.actor import Actor
from amarre.intake.policy import may_refer
from amarre.people import commands
from amarre.people.models import Job, Person
from amarre.people.policy import may_write_people, only_watches
from amarre.people.queries import Hit, likely_duplicates, search_people
from amarre.sharing.queries_health import followed
from amarre.web.staff.people import forms as f
from amarre.web.staff.people.words import age_of, lines_of, warnings_of
from amarre.web.ui import drafts
from amarre.web.ui.http import actor_of, carry_out, done, note_read, page, status_of, visible_or_404
from amarre.web.ui.parts import Badge, Link

_FIELDS = (*f.IDENTITY, *f.REACH, *f.WHERE, *f.HELP)
_SAID = ("first_name", "last_name", "phone", "email", "birth_date")
_MOST = 25


def person_list(request: HttpRequest) -> HttpResponse:
    """Look for somebody; only then may one write them down."""
    actor = actor_of(request)
    words = request.GET.get("q", "").strip()
    hits = search_people(actor, words, _MOST) if words else []
    if words:
        note_read(request, "person.list", count=len(hits))
    context = {
        "words": words,
        "lines": lines_of(hits),
        "full": len(hits) == _MOST,
        "new_url": f"{reverse('staff:person_new')}?{_prefill(words)}" if may_write_people(actor) else "",
    }
    return page(request, "staff/people/list.html", context, part="results")


def _prefill(words: str) -> str:
    """What was looked for goes into the form: « dupont marie », a telephone, an e-mail."""
    if "@" in words:
        return urlencode({"email": words})
    if words and not any(letter.isalpha() for letter in words):
        return urlencode({"phone": words})
    last, _, first = words.partition(" ")
    return urlencode({"last_name": last, "first_name": first})


def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Who somebody is, how to reach them, where they work."""
    actor = actor_of(request)
    person = visible_or_404(Person.objects.visible_to(actor), pk=pk)
    note_read(request, "person.look_into" if only_watches(actor) else "person.read", person)
    jobs = [*Job.objects.visible_to(actor).filter(person=person).select_related("establishment__company")]
    jobs.sort(key=lambda job: (job.until is None, job.until or job.since, job.since is None, job.since), reverse=True)
    context = {
        "person": person,
        "jobs": jobs,
        "crumbs": [Link("Personnes", reverse("staff:person_list")), Link(person.full_name)],
        "identity": " · ".join(filter(None, (age_of(person), *_works(jobs)))),
        "warnings": warnings_of(person),
        "may_write": may_write_people(actor),
        "badges": [Badge("suivi en cours", "green")] if person.pk in followed(actor) else [],
        "may_send": may_refer(actor),
        "may_meet": actor.has(*BOOKS),
    }
    return page(request, "staff/people/person.html", context)


def _works(jobs: list[Job]) -> list[str]:
    """What somebody does now, and where."""
    current = next((job for job in jobs if job.until is None), None)
    return [current.title, str(current.establishment)] if current else []


def person_new(request: HttpRequest) -> HttpResponse:
    """Write somebody down; people alike are shown first."""
    actor = _writer(request)
    desk = drafts.open_desk(request, actor, "person")
    said = {name: request.GET.get(name, "") for name in _SAID}
    form = f.PersonForm(request.POST or desk.initial(), initial=said)
    alike: list[Hit] = []
    if request.method == "POST" and form.is_valid():
        alike = likely_duplicates(actor, **{name: form.cleaned_data[name] for name in _SAID})
        if alike:
            note_read(request, "person.list", count=len(alike))
            form.ask_if_another()
    person = None
    if not alike or request.POST.get("another"):
        create = commands.create_person
        person = carry_out(request, form, lambda data: create(actor=actor, **_written(data)), desk=desk)
    if person is not None:
        return done(request, reverse("staff:person", args=[person.pk]), "La fiche est créée.")
    context = {
        "form": form,
        "desk": desk,
        "alike": lines_of(alike),
        "title": "Nouvelle personne",
        "identity": "Le nom suffit. N’écrivez rien de sa santé ni de sa vie\u00a0: tout le service lit cette fiche.",
        "verb": "Créer la fiche",
        "crumbs": [Link("Personnes", reverse("staff:person_list")), Link("Nouvelle personne")],
    }
    return page(request, "staff/people/form.html", context, status=status_of(request))


def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct somebody; if a colleague did so meanwhile, both are shown."""
    actor = actor_of(request)
    person = visible_or_404(Person.objects.visible_to(actor), pk=pk)
    _writer(request)
    initial = {**{name: getattr(person, name) for name in _FIELDS}, "version": person.version}
    form = f.PersonForm(request.POST or None, initial=initial)
    changed: list[tuple[str, str]] = []

    def edit(data: dict[str, Any]) -> Person:
        try:
            written = {**_written(data), "version": data["version"]}
            return commands.edit_person(actor=actor, person=person, **written)
        except commands.Changed as conflict:
            changed.extend(_differences(conflict.person, data, form))
            form.answer_to(conflict.person.version)
            raise

    if carry_out(request, form, edit):
        return done(request, reverse("staff:person", args=[person.pk]), "C’est enregistré.")
    note_read(request, "person.read", person)
    context = {
        "form": form,
        "changed": changed,
        "title": f"Modifier {person.full_name}",
        "warnings": warnings_of(person),
        "verb": "Enregistrer",
        "crumbs": [
            Link("Personnes", reverse("staff:person_list")),
            Link(person.full_name, reverse("staff:person", args=[person.pk])),
            Link("Modifier"),
        ],
    }
    return page(request, "staff/people/form.html", context, status=status_of(request))


def _written(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in _FIELDS}


def _differences(person: Person, data: dict[str, Any], form: f.PersonForm) -> list[tuple[str, str]]:
    """What is written now where it is not what was just sent: (label, value)."""
    found = []
    for name in _FIELDS:
        stands = getattr(person, name)
        if stands != data[name]:
            said = ("oui" if stands else "non") if isinstance(stands, bool) else str(stands or "rien")
            found.append((str(form.fields[name].label), said))
    return found


def _writer(request: HttpRequest) -> Actor:
    """The actor, who may write people; 403 for anybody else."""
    actor = actor_of(request)
    if not may_write_people(actor):
        raise PermissionDenied
    return actor
