"""Structures found by need, words, place and public, with how far they are; and suggestions for the needs of a case.

Read by the staff door. A search knows codes and a commune, never for whom it is made: nothing about anybody comes in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Avg, Case, Count, Exists, F, FloatField, Max, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from amarre.core.actor import Actor
from amarre.core.text import fold
from amarre.directory.models import LOCAL, Service, Structure
from amarre.directory.needs import Wanted, wanted
from amarre.directory.places import department_of, distance_from
from amarre.organisations.models import Commune

EVERYBODY = "tous-publics"
_SAME_CITY_KM, _SAME_DEPARTMENT_KM = 0.5, 9_000.0
_PLACE = re.compile(r"^(?P<name>.*?)[\s,(]*(?P<code>\d{5}|\d[\dABab]|97\d)?\)?$")
_EACH, _PROBLEMS, _AROUND = 4, 6, 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where one looks from: a commune, and its middle as the structures there draw it, when they have coordinates."""

    name: str
    city: str = ""
    postcode: str = ""
    department: str = ""
    latitude: float | None = None
    longitude: float | None = None
    others: tuple[str, ...] = ()

    @property
    def has_middle(self) -> bool:
        """Whether distances can be said."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True, slots=True)
class Search:
    """What one looks for. `place` comes from `place_of`; `within` is in kilometres."""

    words: str = ""
    need: str = ""
    theme: str = ""
    public: str = ""
    kind: str = ""
    place: Place | None = None
    within: int | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """For one problem: what is nearest among what answers it."""

    problem: str
    structures: list[Structure] = field(default_factory=list)


def place_of(actor: Actor, said: str) -> Place | None:
    """The commune somebody typed (« Montreuil », « 93100 », « Montreuil (93) »); None when nothing was typed.

    The same name in several départements: the service's own communes decide, else where most structures are; the
    others are offered. An unknown commune is kept: its département alone may answer.
    """
    shape = _PLACE.match(" ".join(said.split()))
    if not said.strip() or shape is None:
        return None
    name, code = fold(shape["name"]), (shape["code"] or "").upper()
    ours = _our_commune(actor, name, code)
    postcode = code if len(code) == 5 else ours
    department = department_of("", postcode) if len(code) == 5 else code
    rows = Structure.objects.visible_to(actor).filter(withdrawn_on=None)
    here = rows.filter(city_search=name) if name else rows.filter(postcode=postcode)
    found = [
        *here.order_by()
        .values("department")
        .annotate(many=Count("pk"), lat=Avg("latitude"), lon=Avg("longitude"), city=Max("city"))
        .order_by("-many")
    ]
    wish = department or department_of("", ours)
    best = next((row for row in found if row["department"] == wish), None)
    if best is None and not wish and found:
        best = found[0]
    others = tuple(
        f"{shape['name'].strip()} ({row['department']})" for row in found if row is not best and row["department"]
    )
    place = Place(" ".join(said.split()), name, postcode, wish, others=others if name and len(code) < 2 else ())
    if best is None:
        return place
    return replace(
        place, department=best["department"], latitude=best["lat"], longitude=best["lon"],
        city=name or fold(best["city"]),
    )  # fmt: skip


def _our_commune(actor: Actor, name: str, code: str) -> str:
    """The postcode that the service's own map gives to that commune, if it knows it."""
    rows = Commune.objects.visible_to(actor).exclude(postcode="").filter(search=name) if name else None
    found = [p for p in rows.values_list("postcode", flat=True) if p.startswith(code[:2])] if rows is not None else []
    return found[0] if found and len(found[0]) == 5 else ""


def search(actor: Actor, asked: Search) -> QuerySet[Structure]:
    """Structures that answer, the nearest first; `distance` (km or null) and `same_city` say how near."""
    rows = Structure.objects.visible_to(actor).filter(withdrawn_on__isnull=not asked.withdrawn)
    for word in fold(asked.words).split():
        rows = rows.filter(Q(search__contains=word) | _offering(actor, search__contains=word))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.theme:
        rows = rows.filter(_offering(actor, themes__overlap=[asked.theme], **_public(asked.public)))
    elif asked.need:
        rows = rows.filter(_answers(actor, wanted(asked.need), asked.public))
    elif asked.public:
        rows = rows.filter(_offering(actor, **_public(asked.public)))
    return _near(rows, asked.place, asked.within)


def _answers(actor: Actor, what: Wanted, public: str) -> Q:
    """A service of one of the themes, for that public; or the very type of place, when no public is asked for."""
    by_theme = Q(_offering(actor, themes__overlap=[*what.themes], **_public(public))) if what.themes else Q(pk__in=[])
    by_kind = Q(kind__in=what.kinds)
    if public:
        by_kind &= Q(_offering(actor, **_public(public)))
    return by_theme | by_kind


def _public(public: str) -> dict[str, list[str]]:
    return {"publics__overlap": [public, EVERYBODY]} if public else {}


def _offering(actor: Actor, **what: object) -> Exists:
    """Whether a structure offers such a service."""
    return Exists(Service.objects.visible_to(actor).filter(structure=OuterRef("pk"), withdrawn_on=None, **what))


def _near(rows: QuerySet[Structure], place: Place | None, within: int | None) -> QuerySet[Structure]:
    """By distance from the place; without coordinates, the same commune first, then the same département."""
    nothing = Value(None, FloatField(null=True))
    if place is None:
        return rows.annotate(distance=nothing).order_by("name", "pk")
    same_city = _same_city(place)
    same_department = Q(department=place.department) if place.department else Q(pk__in=[])
    if place.latitude is not None and place.longitude is not None:
        rows = rows.annotate(distance=distance_from(place.latitude, place.longitude))
    else:
        rows = rows.annotate(distance=nothing)
    near = same_city | same_department
    if within is not None and place.has_middle:
        near = Q(distance__lte=within) | Q(latitude=None) & near
    elif place.has_middle:
        near = Q(distance__isnull=False) | near
    return (
        rows.filter(near)
        .annotate(
            rank=Coalesce(
                F("distance"),
                Case(
                    When(same_city, then=Value(_SAME_CITY_KM)),
                    default=Value(_SAME_DEPARTMENT_KM),
                    output_field=FloatField(),
                ),
            )
        )
        .order_by("rank", "name", "pk")
    )


def _same_city(place: Place) -> Q:
    here = Q(city_search=place.city) if place.city else Q(pk__in=[])
    if place.city and place.department:
        here &= Q(department=place.department)
    return here | Q(postcode=place.postcode) if place.postcode else here


def nearness(structure: Structure, place: Place | None) -> str:
    """How near, in words; by distance when both have coordinates, else by commune or département."""
    if place is None:
        return ""
    distance = getattr(structure, "distance", None)
    if distance is not None:
        return "moins d’1\u00a0km" if distance < 1 else f"{distance:.0f}\u00a0km"
    if place.postcode and structure.postcode == place.postcode:
        return "même commune"
    if place.city and structure.city_search == place.city and structure.department == place.department:
        return "même commune"
    return "même département" if structure.department == place.department else ""


def services_of(actor: Actor, structures: Iterable[Structure]) -> dict[int, list[Service]]:
    """What each of these structures offers; one query for all."""
    found: dict[int, list[Service]] = defaultdict(list)
    keys = [structure.pk for structure in structures]
    for service in Service.objects.visible_to(actor).filter(structure_id__in=keys, withdrawn_on=None):
        found[service.structure_id].append(service)
    return found


def suggest(
    actor: Actor, problems: Iterable[str], *, themes: Iterable[str] = (), place: Place | None = None
) -> list[Suggestion]:
    """For each problem that something answers, the nearest few. Codes in, structures out: nothing about anybody."""
    found = []
    asked = [problem for problem in dict.fromkeys(problems) if wanted(problem)][:_PROBLEMS]
    for problem in asked:
        found.append(Suggestion(problem, [*search(actor, Search(need=problem, place=place, within=_AROUND))[:_EACH]]))
    for theme in dict.fromkeys(themes):
        found.append(Suggestion(theme, [*search(actor, Search(theme=theme, place=place, within=_AROUND))[:_EACH]]))
    return found


def sources(actor: Actor) -> list[str]:
    """Where the structures come from, the local ones apart."""
    rows = Structure.objects.visible_to(actor).exclude(source=LOCAL).order_by("source")
    return [*rows.values_list("source", flat=True).distinct()]
