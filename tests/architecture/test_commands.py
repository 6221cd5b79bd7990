"""Every write is a command: keyword-only, the actor first, in a room's `commands*.py`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from tests.architecture.source import Module, dotted, functions, is_command, modules, parse

WRITES = {"save", "delete", "update", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "create"}
COMMANDS = re.compile(r"^amarre/\w+/commands\w*\.py$")

# Functions that write although they are no command: `path:function`: why.
WRITERS = {
    "amarre/accounts/mailbox.py:send_messages": "a mail backend of the demo, called by Django",
    "amarre/audit/commands.py:write_line": "the ledger is what commands are written into",
    "amarre/audit/tasks.py:forget_glances": "what the watch no longer counts; runs as the machine",
    "amarre/audit/chain.py:seal_pending": "seals lines; runs as the machine",
    "amarre/core/tasks.py:forget_drafts": "drafts older than thirty days; runs as the machine",
    "amarre/sharing/following.py:left": "called by `send_transmission`, inside it",
    "amarre/sharing/following.py:opened": "called by `open_transmission`, inside it",
    "amarre/sharing/following.py:answered": "called by `answer_transmission`, inside it",
    **{
        f"amarre/appointments/placing.py:{name}": "called by the commands of meetings, inside them"
        for name in ("new_meeting", "seat", "give_place", "shift", "call_off", "leave")
    },
    "amarre/collective/agenda.py:book": "called by the commands of sessions, inside them",
    "amarre/collective/agenda.py:call_off": "called by the commands that cancel, inside them",
    "amarre/web/ui/drafts.py:_write": "an autosave is its author's own row, outside commands",
    "amarre/web/ui/drafts.py:spend": "a page that was sent is marked so, as its author's own draft",
    "amarre/web/ui/drafts.py:forget": "the draft of a form that was carried out",
    "amarre/accounts/entrance.py:accept_invitation": "choosing a password: entry's own column of the account",
    "amarre/accounts/tasks.py:forget_sessions": "sessions whose time is over; runs as the application",
    "amarre/accounts/entrance.py:drop_code": "a code in the cache, not a row",
    "amarre/core/uploads_image.py:_written": "a picture written anew, in memory",
    "amarre/sharing/letter_sample.py:sample_template": "a Word file made in memory, about nobody",
    "amarre/web/ui/entry/codes.py:start": "the code's own place in the session",
    "amarre/web/ui/entry/keys.py:remove": "a person's own passkey: entry's table, like signing in",
    "amarre/accounts/mailbox.py:send": "the demo's mailbox",
    "amarre/core/notices.py:deliver": "a notice that left, or why it did not: written by the machine",
    "amarre/core/notices.py:forget": "old notices, by the clock",
    "amarre/web/ui/entry/adapters.py:set_password": "signing in: entry's own columns of the account",
    "amarre/web/staff/companies/importing.py:_keep": "the actor's own draft: the file between its two pages",
    "amarre/web/staff/companies/importing.py:_forget": "the actor's own draft",
    "amarre/web/staff/directory/importing.py:_keep": "the actor's own draft: the file between its two pages",
    "amarre/web/staff/directory/importing.py:_forget": "the actor's own draft",
    "amarre/web/public/answers.py:_drop_stale": "a passer-by's own drafts",
    "amarre/web/public/answers.py:_merge": "a passer-by's own drafts",
    "amarre/web/public/answers.py:forget": "a passer-by's own drafts",
    "amarre/web/public/answers.py:erase": "a passer-by's own drafts",
}
# The base class of walled rows checks who writes, then writes.
BASE = ("amarre/core/models.py", "amarre/core/sealed.py")
NOT_ROWS = {"hashlib", "digest", "hasher", "hash", "context", "data", "values", "attrs", "kwargs", "environ"}
LOADERS = (
    "amarre/config/demo/",
    "amarre/organisations/defaults.py",
    "amarre/appointments/defaults.py",
    "amarre/collective/catalogue.py",
    "amarre/config/commands/",
)


def written_rows(function: ast.FunctionDef) -> list[ast.Call]:
    """Calls that look like the writing of a row."""
    return [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and dotted(node.func.value).split(".")[-1] not in NOT_ROWS
    ]


def writers(found: Iterable[Module]) -> list[str]:
    """Functions that write rows and are neither commands nor private helpers beside one."""
    return [
        f"{m.path}:{f.name}"
        for m in found
        for f in functions(m.tree)
        if written_rows(f)
        and not is_command(f)
        and m.path not in BASE
        and not (COMMANDS.match(m.path) and f.name.startswith("_"))
    ]


def misplaced(found: Iterable[Module]) -> list[str]:
    """Commands that are elsewhere than in a room's `commands*.py`, or badly shaped."""
    return [
        m.at(f)
        for m in found
        for f in functions(m.tree)
        if is_command(f)
        and (
            not COMMANDS.match(m.path)
            or bool(f.args.args or f.args.posonlyargs or f.args.vararg or f.args.kwarg)
            or not f.args.kwonlyargs
            or f.args.kwonlyargs[0].arg != "actor"
            or f.returns is None
        )
    ]


def test_every_writer_is_a_command() -> None:
    product = [m for m in modules() if not m.path.startswith(LOADERS)]
    assert sorted(set(writers(product)) - set(WRITERS)) == []
    assert writers([parse("def close(case):\n    case.save()")])
    assert writers([parse("def f(actor):\n    Note.objects.filter(pk=1).update(private=True)")])


def test_no_writer_is_listed_in_vain() -> None:
    assert set(WRITERS) <= set(writers(modules()))


def test_commands_have_their_shape_and_their_place() -> None:
    assert misplaced(modules()) == []
    sample = "@command('x', allowed=y)\ndef act({}) -> None: ..."
    assert misplaced([parse(sample.format("*, actor"))]), "elsewhere than in a room"
    assert misplaced([parse(sample.format("actor"), "amarre/cases/commands.py")]), "positional"
    assert misplaced([parse(sample.format("*, case, actor"), "amarre/cases/commands.py")]), "actor second"
    assert not misplaced([parse(sample.format("*, actor, case"), "amarre/cases/commands.py")])


def test_a_verb_is_said_once() -> None:
    verbs = [
        ast.literal_eval(d.args[0])
        for m in modules()
        for f in functions(m.tree)
        for d in f.decorator_list
        if isinstance(d, ast.Call) and dotted(d.func) == "command"
    ]
    assert len(verbs) > 20
    assert sorted(verbs) == sorted(set(verbs))
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", verb) for verb in verbs)


def test_only_fictional_data_is_loaded_outside_commands() -> None:
    loading = re.compile(r"\bloading\(\)")
    outside = [m.path for m in modules() if loading.search(m.text) and not m.path.startswith(LOADERS)]
    assert outside == ["amarre/core/commands.py"]
