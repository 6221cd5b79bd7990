"""One word, one thing: `docs/glossaire.md` and the code say the same."""

from __future__ import annotations

import ast
import inspect
import re

from django.apps import apps
from django.db import models

from amarre.accounts import roles
from tests.architecture.source import ROOMS, ROOT, modules
from tests.architecture.test_models import tables

TEXT = (ROOT / "docs" / "glossaire.md").read_text("utf-8")
ROW = re.compile(r"^\| ([^|]+) \| `([\w.]+)` \| ([^|]+) \|$")


def entries() -> list[tuple[str, str, str, str]]:
    """Room, French, English, what it is."""
    found, room = [], ""
    for line in TEXT.splitlines():
        if title := re.match(r"^## (\w+) — ", line):
            room = title[1]
        elif row := ROW.match(line):
            found.append((room, row[1].strip(), row[2], row[3].strip()))
    return found


def identifiers(room: str) -> set[str]:
    """Every name that a room defines: functions, classes, members, fields, arguments, codes of roles, files."""
    names = set()
    for m in modules(f"amarre/{room}/"):
        names.add(m.path.rsplit("/", 1)[1].removesuffix(".py"))
        for node in ast.walk(m.tree):
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.ClassDef | ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.arg):
                names.add(node.arg)
    return names | (set(roles.ROLES) if room == "accounts" else set())


def choices() -> set[tuple[str, str]]:
    """Every closed list of a room's words."""
    found = set()
    for room in ROOMS:
        for config in (apps.get_app_config(room).module.__name__,):
            for part in ("models", "states"):
                try:
                    module = __import__(f"{config}.{part}", fromlist=["*"])
                except ModuleNotFoundError:
                    continue
                found |= {
                    (room, name)
                    for name, kind in inspect.getmembers(module, inspect.isclass)
                    if issubclass(kind, models.TextChoices) and kind.__module__ == module.__name__
                }
    return found


def names_of(room: str) -> set[str]:
    return {english.rpartition(".")[2] for where, _, english, _ in entries() if where == room}


def test_every_line_of_the_glossary_is_read() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| ") and "français" not in line]
    assert len(rows) == len(entries()) > 50
    assert {room for room, *_ in entries()} == set(ROOMS)


def test_one_word_one_thing() -> None:
    french = [f.lower() for _, f, _, _ in entries()]
    english = [e for _, _, e, _ in entries()]
    assert sorted(french) == sorted(set(french))
    assert sorted(english) == sorted(set(english))


def test_every_english_name_exists_in_its_room() -> None:
    known = {room: identifiers(room) for room in ROOMS}
    assert [(r, e) for r, _, e, _ in entries() if e.rpartition(".")[2] not in known[r]] == []
    assert "Vessel" not in known["cases"], "it would see a name that does not exist"


def test_every_table_and_every_list_has_its_french_word() -> None:
    asked = {(m._meta.app_label, m.__name__) for m in tables()} | choices()
    asked |= {("accounts", role) for role in roles.STAFF_ROLES} | {("accounts", "Colleague")}
    assert sorted(pair for pair in asked if pair[1] not in names_of(pair[0])) == []
    assert len(asked) > 35
