"""A view that changes something does so on POST alone, by a command; a view is a plain function at one address."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from amarre.core.commands import REGISTRY
from tests.architecture.source import Module, dotted, functions, import_commands, imports, modules, parse

POST_ONLY = {"require_POST", "require_http_methods"}
SENT = "carry_out"


def command_names(module: Module) -> set[str]:
    """The names under which a module knows commands: `take`, `intake.take`."""
    import_commands()
    functions_of = {r.name.rpartition(".") for r in REGISTRY.values()}
    known = set()
    for node, name in imports(module.tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        for alias in node.names:
            said = alias.asname or alias.name
            if (node.module, ".", alias.name) in functions_of:
                known.add(said)
            known |= {f"{said}.{f}" for m, _, f in functions_of if m == f"{node.module}.{alias.name}"}
        assert name
    return known


def guarded(path: list[ast.AST]) -> bool:
    """Whether one of the nodes above a call says that only a POST comes here."""
    for node in path:
        if isinstance(node, ast.If) and "POST" in ast.dump(node.test):
            return True
        if isinstance(node, ast.FunctionDef) and any(sends_others_away(s) for s in node.body if s not in path):
            return True
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] == SENT:
            return True
        if isinstance(node, ast.FunctionDef) and any(
            dotted(d.func if isinstance(d, ast.Call) else d).split(".")[-1] in POST_ONLY for d in node.decorator_list
        ):
            return True
    return False


def sends_others_away(statement: ast.stmt) -> bool:
    """`if request.method != "POST": return …`, before anything else is done."""
    return (
        isinstance(statement, ast.If)
        and ast.unparse(statement.test) == "request.method != 'POST'"
        and isinstance(statement.body[-1], ast.Return | ast.Raise)
    )


def calls(tree: ast.AST, above: tuple[ast.AST, ...] = ()) -> Iterator[tuple[ast.Call, list[ast.AST]]]:
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Call):
            yield child, list(above)
        yield from calls(child, (*above, child))


def names_sent(module: Module) -> set[str]:
    """Functions handed to `carry_out`: they run after a valid POST."""
    return {
        dotted(argument.func if isinstance(argument, ast.Call) else argument).split(".")[-1]
        for call, _ in calls(module.tree)
        if dotted(call.func).split(".")[-1] == SENT
        for argument in (*call.args, *(k.value for k in call.keywords))
    }


def loose_commands(found: Iterable[Module]) -> list[str]:
    """Views that call a command where a GET may come. A helper takes no request; its callers are looked at."""
    return [
        f"{m.at(call)} {dotted(call.func)}"
        for m in found
        for known in [command_names(m)]
        for sent in [names_sent(m)]
        for call, path in calls(m.tree)
        if dotted(call.func) in known
        and not guarded(path)
        and any(isinstance(n, ast.FunctionDef) for n in path)
        and not any(isinstance(n, ast.FunctionDef) and (n.name in sent or not is_view(n)) for n in path)
    ]


def is_view(function: ast.FunctionDef) -> bool:
    arguments = function.args.args
    return bool(arguments) and arguments[0].arg == "request" and not function.name.startswith("_")


def addresses(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern)
        else:
            yield pattern


def test_commands_are_carried_out_on_post_alone() -> None:
    assert loose_commands(modules("amarre/web/")) == []
    loose = "from amarre.cases.commands import close_case\ndef close(request):\n    close_case(actor=1)\n"
    assert loose_commands([parse(loose)])
    assert not loose_commands([parse(loose.replace("def close", "@require_POST\ndef close"))])
    assert not loose_commands(
        [parse(loose.replace("close_case(a", "carry_out(request, form, lambda d: close_case(a") + ")")]
    )


def test_views_are_plain_functions_with_a_name() -> None:
    ours = [p for p in addresses(get_resolver()) if p.callback.__module__.startswith("amarre.")]
    ours = [p for p in ours if not p.callback.__module__.startswith("amarre.web.ui.entry")]  # the library's own shape
    assert ours
    for pattern in ours:
        assert pattern.name, pattern
        assert not hasattr(pattern.callback, "view_class"), pattern.name


def test_every_view_is_documented_and_typed() -> None:
    bare = [
        f"{m.at(f)} {f.name}"
        for m in modules("amarre/web/")
        if m.path.endswith("views.py")
        for f in functions(m.tree)
        if is_view(f) and (not ast.get_docstring(f) or f.returns is None)
    ]
    assert bare == []
