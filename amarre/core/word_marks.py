"""The marks of a template, « {{ name }} » and « {% if … %} »: what they may say, and the names that they ask for.

Read by the child process of `word`. Must not know Django, the zip, nor where the marks stand.
Two fences: the tree of a template holds nothing but what is listed here, and the environment in which it runs can
neither call, nor look inside anything but a mapping.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from amarre.core.word_reasons import Bad, Reason

FILTERS = ("capitalize", "default", "lower", "title", "trim", "upper")
LOOP = ("first", "index", "last", "length")
MOST_MARKS = 2_000
DEEPEST = 2
"""Loops inside loops; the product of what they hold is bounded by the size of the letter too."""
VALUE, LINE, TAB = "\ufdd0", "\ufdd1", "\ufdd2"
"""What no text holds (Unicode keeps them for programs): before a value, between its lines, for a tabulation."""
_MARK = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without anything to call and without attributes: a dot reads a mapping, or how far a loop is."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, finalize=_shown, cache_size=0, keep_trailing_newline=True)
        self.globals.clear()
        self.tests.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.undefined(obj=obj, name=argument)

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def _shown(value: Any) -> str:
    """A value as text, behind the sign that says where it starts. Raises `Bad` for what is no text."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        if type(value).__name__ == "Undefined":
            return VALUE
        raise Bad(Reason.VALUE)
    return VALUE + str(value)


@dataclass(slots=True)
class Names:
    """What a template asks for: « agent.name », « actions[] » for a list, « actions[].what » for what it holds."""

    printed: set[str] = field(default_factory=set)
    tested: set[str] = field(default_factory=set)

    def add(self, other: Names) -> None:
        self.printed |= other.printed
        self.tested |= other.tested

    def every(self) -> list[str]:
        return sorted(self.printed | self.tested)


def names(source: str) -> Names:
    """Check the marks of a source, and list what they ask for. Raises `Bad`, with the mark at fault."""
    numbered = source.replace("\n", " ").replace("{{", "\n{{").replace("{%", "\n{%").replace("{#", "\n{#")
    for text in (numbered, source):
        try:
            found = _Walk().over(Sandbox().parse(text))
        except _Refused as refused:
            raise Bad(Reason.MARK, _quoted(text, refused.line)) from refused
        except TemplateSyntaxError as error:
            raise Bad(Reason.MARK, _quoted(text, error.lineno)) from error
        except (RecursionError, OverflowError) as error:
            raise Bad(Reason.HEAVY) from error
    return found


def rendered(source: str, values: Mapping[str, Any], most: int) -> str:
    """The source with its values, each behind `VALUE`. Raises `Bad` when it grows beyond `most` characters."""
    pieces: list[str] = []
    size = 0
    for piece in Sandbox().from_string(source).generate(values):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise Bad(Reason.HEAVY)
    return "".join(pieces)


def missing(wanted: set[str], values: Mapping[str, Any]) -> list[str]:
    """The names that have no value at all."""
    return sorted(name for name in wanted if not _there(values, name.split(".")))


def sample(wanted: list[str]) -> dict[str, Any]:
    """Values for every name, to try a template with."""
    made: dict[str, Any] = {}
    for name in wanted:
        _put(made, name.split("."))
    return made


def _put(place: dict[str, Any], path: list[str]) -> None:
    (first, *rest), name = path, path[0].rstrip("[]")
    if not first.endswith("[]"):
        if not rest:
            place.setdefault(name, "x")
            return
        if not isinstance(place.get(name), dict):
            place[name] = {}
        _put(place[name], rest)
        return
    items = place[name] if isinstance(place.get(name), list) else ["x", "x"]
    place[name] = items
    if rest:
        place[name] = [item if isinstance(item, dict) else {} for item in items]
        for item in place[name]:
            _put(item, rest)


def _there(value: Any, path: list[str]) -> bool:
    if not path:
        return value is not None
    name, rest = path[0], path[1:]
    if not isinstance(value, Mapping) or value.get(name.rstrip("[]")) is None:
        return False
    found = value[name.rstrip("[]")]
    if not name.endswith("[]"):
        return _there(found, rest)
    return isinstance(found, list) and all(_there(item, rest) for item in found)


def _quoted(text: str, line: int | None) -> str:
    """The mark that starts on a line, as its author reads it."""
    lines = text.split("\n")
    rest = "\n".join(lines[max((line or 1) - 1, 0) :])
    found = _MARK.match(rest)
    return " ".join(_TAGS.sub("", found[0] if found else rest[:200]).split())[:80]


class _Refused(Exception):
    def __init__(self, line: int | None) -> None:
        self.line = line


class _Walk:
    """Reads a tree; everything that is not expected is refused."""

    def __init__(self) -> None:
        self.names = Names()
        self.marks = 0

    def over(self, template: nodes.Template) -> Names:
        self._all(template.body, {}, 0)
        return self.names

    def _all(self, found: list[nodes.Node], scope: Mapping[str, str], depth: int) -> None:
        for node in found:
            self._one(node, scope, depth)

    def _one(self, node: nodes.Node, scope: Mapping[str, str], depth: int) -> None:
        self.marks += 1
        if self.marks > MOST_MARKS:
            raise Bad(Reason.HEAVY)
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData):
                    self._printed(part, scope)
        elif isinstance(node, nodes.If):
            self._tested(node.test, scope)
            self._all([*node.body, *node.elif_, *node.else_], scope, depth)
        elif isinstance(node, nodes.For):
            self._loop(node, scope, depth)
        else:
            raise _Refused(node.lineno)

    def _loop(self, node: nodes.For, scope: Mapping[str, str], depth: int) -> None:
        target = node.target
        if not isinstance(target, nodes.Name) or node.test is not None or node.recursive or depth >= DEEPEST:
            raise _Refused(node.lineno)
        if target.name in ("loop", *scope) or target.name.startswith("_"):
            raise _Refused(node.lineno)
        listed = self._path(node.iter, scope) + "[]"
        self.names.printed.add(listed)
        self._all(node.body, {**scope, target.name: listed, "loop": ""}, depth + 1)
        self._all(node.else_, scope, depth)

    def _printed(self, node: nodes.Node, scope: Mapping[str, str]) -> None:
        into, optional = self.names.printed, False
        while isinstance(node, nodes.Filter):
            self._filter(node)
            optional |= node.name == "default"
            if node.node is None:
                raise _Refused(node.lineno)
            node = node.node
        path = self._path(node, scope)
        if path:
            (self.names.tested if optional else into).add(path)

    def _filter(self, node: nodes.Filter) -> None:
        words = [a for a in node.args if isinstance(a, nodes.Const) and isinstance(a.value, str)]
        most = 1 if node.name == "default" else 0
        if node.name not in FILTERS or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise _Refused(node.lineno)
        if len(node.args) != most or len(words) != most:
            raise _Refused(node.lineno)

    def _tested(self, node: nodes.Node, scope: Mapping[str, str]) -> None:
        """A condition: names, words to compare with, « and », « or », « not »."""
        if isinstance(node, nodes.Not):
            self._tested(node.node, scope)
        elif isinstance(node, nodes.And | nodes.Or):
            self._tested(node.left, scope)
            self._tested(node.right, scope)
        elif isinstance(node, nodes.Compare):
            if any(operand.op not in ("eq", "ne", "gt", "lt", "gteq", "lteq") for operand in node.ops):
                raise _Refused(node.lineno)
            for side in (node.expr, *(operand.expr for operand in node.ops)):
                if not (isinstance(side, nodes.Const) and isinstance(side.value, str | int)):
                    self._tested(side, scope)
        else:
            path = self._path(node, scope)
            if path:
                self.names.tested.add(path)

    def _path(self, node: nodes.Node, scope: Mapping[str, str]) -> str:
        """« a.b.c » of a name with dots; nothing for how far a loop is."""
        parts = list(self._parts(node))
        first = parts[0]
        if "loop" in scope and first == "loop":
            if len(parts) != 2 or parts[1] not in LOOP:
                raise _Refused(node.lineno)
            return ""
        if len(parts) > 4 or any(part.startswith("_") or len(part) > 60 for part in parts):
            raise _Refused(node.lineno)
        return ".".join([scope.get(first, first), *parts[1:]])

    def _parts(self, node: nodes.Node) -> Iterator[str]:
        if isinstance(node, nodes.Getattr):
            yield from self._parts(node.node)
            yield node.attr
        elif isinstance(node, nodes.Name):
            yield node.name
        else:
            raise _Refused(node.lineno)
