"""Every template is used, and every template that is named exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import allauth
import django
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from tests.architecture.source import PACKAGE, modules

NAME = re.compile(r"^[\w./-]+\.(html|txt)(#[\w-]+)?$")
IN_TEMPLATE = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
ERRORS = re.compile(r"^\d{3}(_\w+)?\.html$")
LIBRARIES = [
    Path(django.__file__).parent / "forms" / "templates",
    Path(django.__file__).parent / "views" / "templates",
    Path(allauth.__file__).parent / "templates",
]


def written() -> dict[str, Path]:
    """Our templates, by the name under which they are asked for."""
    return {
        str(path.relative_to(folder)): path
        for folder in PACKAGE.rglob("templates")
        for path in folder.rglob("*")
        if path.suffix in (".html", ".txt")
    }


MADE_ON_THE_FLY = {
    "amarre/web/ui/errors.py": "error pages are numbered",
    "amarre/web/ui/views.py": "the gallery shows the error pages",
    "amarre/web/ui/templatetags/ui.py": "one part per component",
    "amarre/web/public/journey.py": "a step of a journey is a template of its own",
}


def named_in_python() -> set[str]:
    return {
        node.value
        for m in modules()
        for inside in [{id(v) for n in ast.walk(m.tree) if isinstance(n, ast.JoinedStr) for v in n.values}]
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.match(node.value)
        if id(node) not in inside
    }


def made_on_the_fly() -> set[tuple[str, str]]:
    """Where a name is computed, and the pattern of the names that it may give."""
    return {
        (m.path, "".join(re.escape(str(v.value)) if isinstance(v, ast.Constant) else "[^/]+" for v in node.values))
        for m in modules()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[-1], ast.Constant)
        and str(node.values[-1].value).endswith(".html")
    }


def named_in_templates() -> set[str]:
    return {name for path in written().values() for name in IN_TEMPLATE.findall(path.read_text("utf-8"))}


def asked_for_by_a_library(name: str) -> bool:
    return any((folder / name).exists() for folder in LIBRARIES)


def unused(names: set[str], used: set[str]) -> list[str]:
    patterns = [pattern for _, pattern in made_on_the_fly() if not pattern.startswith("[")]
    return sorted(
        n
        for n in names - used
        if not ERRORS.match(n)
        and not asked_for_by_a_library(n)
        and not any(re.fullmatch(pattern, n) for pattern in patterns)
    )


def test_every_template_is_used() -> None:
    used = {n.partition("#")[0] for n in named_in_python() | named_in_templates()}
    assert unused(set(written()), used) == []
    assert unused({"staff/forgotten.html"}, used) == ["staff/forgotten.html"]


def test_error_pages_are_those_that_are_answered() -> None:
    errors = {n for n in written() if ERRORS.match(n)}
    said = "\n".join(m.text for m in modules("amarre/web/", "amarre/config/urls/"))
    assert [n for n in errors if not re.search(rf"\b{n.removesuffix('.html')}\b", said)] == []


def test_every_template_that_is_named_exists() -> None:
    missing = []
    for name in sorted(named_in_python() | named_in_templates()):
        if asked_for_by_a_library(name):
            continue
        try:
            get_template(name)
        except TemplateDoesNotExist:
            missing.append(name)
    assert missing == []


def test_names_are_made_on_the_fly_where_it_is_said() -> None:
    """A template whose name is computed is checked by its pattern, which must match something."""
    assert {path for path, _ in made_on_the_fly()} == set(MADE_ON_THE_FLY)
    for path, pattern in made_on_the_fly():
        assert any(re.fullmatch(pattern, name) for name in written()), f"{path}: {pattern}"


def test_no_door_shows_another_door_s_template() -> None:
    crossing = []
    for name, path in written().items():
        door = path.relative_to(PACKAGE / "web").parts[0]
        for asked in IN_TEMPLATE.findall(path.read_text("utf-8")):
            owner = asked.split("/")[0]
            if owner in {"staff", "public", "api"} - {door}:
                crossing.append(f"{name} asks for {asked}")
    assert crossing == []
