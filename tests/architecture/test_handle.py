"""Doors and queries have one handle on a walled table: `Model.objects.visible_to(actor)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from django.apps import apps
from django.db.models import ManyToOneRel, OneToOneRel

from tests.architecture.source import PACKAGE, ROOT, Module, dotted, imports, modules, parse

MANAGERS = ("objects", "_default_manager", "_base_manager")
RAW = ("django.db.connection", "django.db.connections", "django.db.models.expressions.RawSQL")

# `path: what: why`. An entry that matches nothing any more fails below.
ALLOWED = {
    ("amarre/web/ui/drafts.py", "Draft.objects.filter"): "the token names its author; runs as that author",
    ("amarre/web/ui/scope.py", "django.db.connection"): "refuses writes on GET; runs no statement",
    ("amarre/web/api/health.py", "django.db.connection"): "asks about roles and migrations; no row",
    ("amarre/audit/queries.py", "Entry.objects.filter"): "whether lines wait for their seal; no row",
    ("amarre/accounts/queries.py", "django.db.connection"): "asks a definer function for a second factor; no row",
    ("amarre/web/ui/entry/keys.py", "Authenticator.objects.filter"): "a person's own passkeys: entry's table, no wall",
    ("amarre/people/queries.py", "django.db.connection"): "whose space an account opens, before there is an actor",
    ("amarre/plans/queries.py", "django.db.connection"): "asks definer functions who accompanies the person; no row",
    (
        "amarre/sharing/queries_health.py",
        "django.db.connection",
    ): "asks a definer function of whom one may be told; ids",
    ("amarre/sharing/queries_orientations.py", "django.db.connection"): "asks a definer function for counts; no row",
    (
        "amarre/appointments/queries.py",
        "django.db.connection",
    ): "asks definer functions for hours, never for who; no row",
    ("amarre/collective/queries_public.py", "django.db.connection"): "asks definer functions what a link opens; no row",
    ("amarre/intake/queries.py", "django.db.connection"): "asks a definer function which centre answers, nothing else",
}
SCOPE_OPENERS = {
    "amarre/web/ui/scope.py": "around every view",
    "amarre/web/ui/drafts.py": "the token says whose draft it is, session or not",
    "amarre/web/partner/entrance.py": "asks, as whoever has a link and its code, whether it opens anything",
    "amarre/web/api/feeds.py": "asks, as whoever has a feed's secret, when its owner meets",
    "amarre/web/api/health.py": "asks, as the machine, whether the journal is sealed",
}
# From a row that one may see to a row beside it whose circle is the same or wider.
TEMPLATES_MAY = {("case.html", "statement"): "the request that became the case: its members read why"}
SAME_CIRCLE = {"assignment", "situation", "closing"}


def reverse_names(kind: type) -> set[str]:
    """How rows of the rooms are reached from another row: `case.notes`, `solicitation.statement`."""
    return {
        relation.get_accessor_name()
        for model in apps.get_models()
        if model.__module__.startswith("amarre.")
        for relation in model._meta.related_objects
        if type(relation) is kind and relation.related_model.__module__.startswith("amarre.")
    } - {None}


MANY, ONE = reverse_names(ManyToOneRel), reverse_names(OneToOneRel) - SAME_CIRCLE


def other_handles(module: Module) -> list[tuple[ast.AST, str]]:
    """Every use of a manager that is not `.visible_to`, of a reverse manager, or of the raw connection."""
    found: list[tuple[ast.AST, str]] = []
    parents = {child: node for node in ast.walk(module.tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Attribute):
            continue
        above = parents.get(node)
        then = above.attr if isinstance(above, ast.Attribute) else ""
        if node.attr in MANAGERS or (node.attr in MANY and not assigned(node)):
            if then != "visible_to":
                found.append((node, f"{dotted(node)}.{then}"))
        elif node.attr in ONE:
            found.append((node, dotted(node)))
    found += [(node, name) for node, name in imports(module.tree) if name in RAW]
    return found


def assigned(node: ast.Attribute) -> bool:
    """A plain attribute of our own (`self.notes = …`, `form.notes`) is no relation."""
    return isinstance(node.ctx, ast.Store) or dotted(node).startswith(("self.", "urls.", "views."))


def findings(found: Iterable[Module]) -> list[str]:
    return [f"{m.at(node)}: {what}" for m in found for node, what in other_handles(m) if (m.path, what) not in ALLOWED]


def looking_inside() -> list[Module]:
    """The doors, and the queries that they read through."""
    return [*modules("amarre/web/"), *(m for m in modules() if re.search(r"/queries\w*\.py$", m.path))]


def test_doors_and_queries_use_the_handle() -> None:
    assert findings(looking_inside()) == []


def test_the_check_sees_every_way_round() -> None:
    for fault in (
        "Note.objects.filter(case=case)",
        "rows = Case.objects",
        "forms.ModelChoiceField(queryset=Person.objects.all())",
        "Case._base_manager.get(pk=1)",
        "case.notes.all()",
        "for note in case.notes.filter(private=True): pass",
        "print(solicitation.statement.words)",
        "from django.db import connection",
    ):
        assert findings([parse(fault)]), fault
    assert findings([parse("Note.objects.visible_to(actor).filter(case=case)")]) == []


def test_no_exception_outlives_its_reason() -> None:
    used = {(m.path, what) for m in looking_inside() for _, what in other_handles(m)}
    assert set(ALLOWED) - used == set()


def test_templates_walk_no_reverse_relation() -> None:
    walk = re.compile(rf"\.({'|'.join(sorted(MANY | ONE))})\b(\.(all|first|count|exists)|[\s|%}}.])")
    walked = [
        f"{path.relative_to(ROOT)}: {hit.group(0)}"
        for path in PACKAGE.rglob("templates/**/*.html")
        for tag in re.finditer(r"{[{%].*?[%}]}", path.read_text("utf-8"))
        for hit in walk.finditer(tag.group(0))
        if (path.name, hit.group(1)) not in TEMPLATES_MAY
    ]
    assert walked == []
    assert walk.search("{% for note in case.notes.all %}")
    assert walk.search("{{ solicitation.statement.words }}")


def test_only_the_middleware_and_the_drafts_open_a_scope() -> None:
    opening = {m.path for m in modules("amarre/web/") if any(n.endswith("scope.acting_as") for _, n in imports(m.tree))}
    assert opening == set(SCOPE_OPENERS)
