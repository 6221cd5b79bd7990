"""The product's source as syntax trees, read once; what the checkers of this folder look through.

A checker takes a tree and returns its findings, so that each can be shown a fault and must see it.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "amarre"
ROOMS = (
    "core", "audit", "organisations", "accounts", "people", "directory", "cases", "plans", "sharing", "intake",
    "appointments", "collective",
)  # fmt: skip


@dataclass(frozen=True)
class Module:
    """One file of Python: where it is, and its tree."""

    path: str
    text: str
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        """`path:line`, for a finding."""
        return f"{self.path}:{getattr(node, 'lineno', 0)}"


def parse(text: str, path: str = "amarre/web/staff/sample/views.py") -> Module:
    """A module out of a text: the faults that a checker must find."""
    return Module(path, text, ast.parse(text))


@lru_cache(maxsize=1)
def _all() -> tuple[Module, ...]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text("utf-8")
        found.append(Module(str(path.relative_to(ROOT)), text, ast.parse(text)))
    return tuple(found)


def modules(*under: str, migrations: bool = False) -> list[Module]:
    """Every module of the product, or those under some folders."""
    return [
        m for m in _all() if (migrations or "/migrations/" not in m.path) and (not under or m.path.startswith(under))
    ]


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a chain of names and attributes; calls and subscripts in the middle give `()`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return "?"


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Every function and method."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node


def imports(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """Every imported name, as `module.name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def is_command(function: ast.FunctionDef) -> bool:
    """Whether it is decorated with `@command(…)`."""
    return any(isinstance(d, ast.Call) and dotted(d.func) == "command" for d in function.decorator_list)


def import_commands() -> None:
    """Fill the registry: every `commands*.py` of every room."""
    for path in sorted(PACKAGE.glob("*/commands*.py")):
        importlib.import_module(f"amarre.{path.parent.name}.{path.stem}")
