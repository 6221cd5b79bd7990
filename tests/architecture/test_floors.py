"""Rooms look down and know no HTTP; each room has the same files; only mirrors take the machine's role."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterable

from django.conf import settings

from tests.architecture.source import PACKAGE, ROOMS, ROOT, Module, imports, modules, parse

HTTP = ("django.http", "django.shortcuts", "django.template", "django.forms", "django.urls", "django.views")
NOT_A_ROOM = {"config", "web"}
FILES_OF_A_ROOM = {"__init__", "apps", "models", "policy", "commands", "queries", "states", "tasks"}
MORE_FILES = {
    "core": "the bedrock is tools, one file per tool",
    "accounts/backends": "Django's settings name it: signing in",
    "accounts/mailbox": "Django's settings name it: where the demo's mail goes",
    "accounts/entrance": "what happens before anybody is somebody; the links of mails",
    "accounts/roles": "roles are code, and the same sentences stand on the page « Mes accès »",
    "audit/chain": "sealing is neither a command nor a read",
    "audit/watch": "the statement that appends a line and counts: part of writing the journal, asked by its commands",
    "organisations/identifiers": "SIREN, SIRET, NAF, postcodes: their shapes and keys, for commands, imports and forms",
    "organisations/imports": "what a file of companies says, before anything is written",
    "organisations/defaults": "the words and numbers that a new service starts with",
    "plans/channels": "the code that confirms an address: for the commands and the jobs",
    "plans/instruments": "what a grid is and what answers amount to: pure, for commands, screens and the operator",
    "plans/paper": "the plan, a budget, a grid as tagged PDFs: pure",
    "plans/procedures": "the catalogue of rights applications and its delays: pure",
    "sharing/following": "an orientation follows its transmission: called by the commands of transmissions",
    "sharing/reminders": "on which days a partner is reminded: pure",
    "sharing/anonymity": "whether words that should name nobody let somebody be recognised: pure",
    "sharing/letter": "what a letter may say, and a template to begin with: pure",
    "sharing/links": "the secrets of a link and their digests: for the commands and the partner's door",
    "sharing/parties": "whom something may be said to: for the commands and the doors",
    "sharing/reread": "what to look at again before something leaves: pure",
    "sharing/signing": "a signature drawn on the screen, read as strokes: pure",
    "sharing/wording": "the versioned words of an agreement: pure",
    "directory/imports": "what a file of structures says, before anything is written; the State's schema",
    "directory/needs": "from a problem to themes and types of partners: pure",
    "directory/places": "départements and distances: pure",
    "appointments/defaults": "the kinds of meeting that a new service starts with",
    "appointments/links": "the secret of a person's link, derived and digested: for the commands, jobs and doors",
    "appointments/placing": "taking and giving back time: called by the commands, inside them",
    "appointments/reminders": "when a reminder is due: pure",
    "appointments/slots": "free slots: hours less what is taken; pure",
    "appointments/wording": "dates as people say them, in three languages: pure",
    "collective/agenda": "the seam with the team's time",
    "collective/catalogue": "the themes, and the catalogue that a new service starts with",
    "collective/links": "the addresses that are handed out: on a poster, on a card, in a message",
    "collective/gate": "when a figure may be shown, and to whom: pure",
    "collective/notices": "which contacts are told that something awaits: called by the commands, inside them",
    "collective/papers": "posters, leaflets, accounts, certificates as tagged PDFs",
    "collective/told": "what is said to announce an action: papers, mail, calendar",
    "intake/delays": "how soon, by urgency: the numbers that the service sets itself",
}
MACHINE = {
    "amarre/organisations/policy.py": "the operator's import of companies",
    "amarre/directory/policy.py": "the operator's import of the directory",
    "amarre/sharing/policy_rows.py": "the mail that carries a link: its row, until the mail has left",
    "amarre/sharing/policy_orientations.py": "who may say that it has left",
    "amarre/appointments/policy.py": "offering what frees up, sounding the alarm of a visit",
    "amarre/appointments/tasks.py": "and the jobs that do",
    "amarre/sharing/tasks.py": "and the job that sends it",
    "amarre/collective/policy.py": "the clock destroys names and closes questions",
    "amarre/collective/commands_evaluation.py": "questions that close by themselves",
    "amarre/collective/tasks.py": "and the jobs that do it",
    "amarre/core/actor.py": "defines it",
    "amarre/core/jobs.py": "house-keeping: old drafts, sealing the journal",
    "amarre/accounts/entrance.py": "signing in is written down before anybody is somebody",
    "amarre/web/api/": "the health check asks whether walls, keys and journal are well",
    "amarre/config/": "the operator's own commands",
}


LINKS_IN_MAILS = ("amarre/accounts/entrance.py", "django.urls.reverse")


def knowing_http(found: Iterable[Module]) -> list[str]:
    return [
        f"{m.at(node)} imports {name}"
        for m in found
        for node, name in imports(m.tree)
        if name.startswith(HTTP) and (m.path, name) != LINKS_IN_MAILS
    ]


def taking_the_machine(found: Iterable[Module]) -> list[str]:
    return [
        f"{m.path} takes the machine's role"
        for m in found
        if not m.path.startswith(tuple(MACHINE))
        and (any(name.endswith("actor.MACHINE") for _, name in imports(m.tree)) or "Door.MACHINE" in m.text)
    ]


def test_contracts_are_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert "0 broken" in done.stdout


def test_every_room_is_in_the_contracts_and_in_the_settings() -> None:
    found = {p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()} - NOT_A_ROOM
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (http,) = [c for c in contracts if c["name"].startswith("rooms know no door")]
    installed = {name.split(".")[1] for name in settings.INSTALLED_APPS if name.startswith("amarre.")} - {"web"}
    assert found == set(ROOMS) == installed == {name.split(".")[1] for name in http["source_modules"]}


def test_rooms_know_no_http() -> None:
    assert knowing_http(modules(*(f"amarre/{room}/" for room in ROOMS))) == []
    assert knowing_http([parse("from django.http import Http404"), parse("import django.shortcuts")])


def test_every_room_has_the_same_files() -> None:
    strange = [
        m.path
        for m in modules(*(f"amarre/{room}/" for room in ROOMS))
        for room, _, name in [m.path.removeprefix("amarre/").removesuffix(".py").partition("/")]
        if name.split("_")[0] not in FILES_OF_A_ROOM
        and name not in FILES_OF_A_ROOM
        and not {room, f"{room}/{name}", f"{room}/{name.split('_')[0]}"} & MORE_FILES.keys()
    ]
    assert strange == []


def test_only_the_named_take_the_machine_s_role() -> None:
    assert taking_the_machine(modules()) == []
    assert taking_the_machine([parse("from amarre.core.actor import MACHINE"), parse("x = Door.MACHINE")])
