"""Nothing leaves but through the carriers: who may send is a list, and what is sent tells nothing.

`docs/decisions/0017-carriers.md` says what the neutral words may say.
"""

from __future__ import annotations

import ast
import random
import re
import string
from collections.abc import Iterable

import pytest

from amarre.core import notices, sms
from amarre.core.notices_words import BODIES, SMS, SUBJECTS, TELLS, Says
from tests.architecture.source import Module, imports, modules, parse

# Ways out of the process towards somebody, and who may take each; `path: why`.
WAYS_OUT: dict[str, dict[str, str]] = {
    "django.core.mail": {
        "amarre/core/mail.py": "the one way that mail leaves",
        "amarre/accounts/mailbox.py": "the demo's, which leaves for nowhere",
    },
    "smtplib": {"amarre/config/commands/doctor.py": "asks whether the mail server is there; sends nothing"},
    "urllib.request": {
        "amarre/core/sms.py": "the one way that an SMS leaves",
        "amarre/config/launcher.py": "asks its own web server whether it is well",
    },
    "http.client": {"amarre/core/sms.py": "the names of its faults"},
    "amarre.core.mail": {
        "amarre/core/notices.py": "notices",
        "amarre/accounts/tasks.py": "codes, invitations, links of passwords, and alerts of the account itself",
        "amarre/plans/tasks.py": "the code that confirms an address",
        "amarre/sharing/tasks.py": "a link and nothing else; a partner who has no account is reminded of theirs",
    },
    "amarre.core.sms": {
        "amarre/core/notices.py": "notices",
        "amarre/plans/tasks.py": "the code that confirms a number",
        "amarre/plans/commands_space.py": "asks whether one can leave, and whether a number is a mobile; sends nothing",
        "amarre/web/staff/plans/space.py": "asks whether one can leave",
        "amarre/config/commands/doctor.py": "asks whether one can leave",
    },
}
SENDS = ("amarre/core/notices.py", "amarre/accounts/tasks.py", "amarre/plans/tasks.py", "amarre/sharing/tasks.py")
OTHER_CLIENTS = ("requests", "httpx", "aiohttp", "urllib3", "smtpd", "aiosmtplib", "socket", "telnetlib", "ftplib")
SOCKETS = {"amarre/config/": "the launcher asks whether a port is free"}
OURS = {"send_mail", "mail_admins", "send_mass_mail", "mail_managers", "EmailMessage", "EmailMultiAlternatives"}


def taken(found: Iterable[Module]) -> set[tuple[str, str]]:
    """Way out, module that imports it (or something inside it)."""
    return {
        (way, m.path)
        for m in found
        for _, name in imports(m.tree)
        for way in (*WAYS_OUT, *OTHER_CLIENTS)
        if name == way or name.startswith(f"{way}.")
    }


def test_only_the_named_take_a_way_out() -> None:
    allowed = {(way, path) for way, paths in WAYS_OUT.items() for path in paths}
    found = {(way, path) for way, path in taken(modules()) if way != "socket" or not path.startswith(tuple(SOCKETS))}
    assert found == allowed, "one too many, or one listed in vain"


@pytest.mark.parametrize(
    "line",
    ["from django.core.mail import send_mail", "import smtplib", "from amarre.core import mail, sms", "import httpx",
     "from urllib import request", "from amarre.core.sms import HttpGateway"],
)  # fmt: skip
def test_a_new_way_out_is_seen(line: str) -> None:
    assert taken([parse(line)])


def calls_that_send(found: Iterable[Module]) -> list[str]:
    """`mail.send(…)`, `sms.send(…)`, Django's own functions, a gateway taken by its dotted name."""
    return [
        m.at(node)
        for m in found
        for node in ast.walk(m.tree)
        if (isinstance(node, ast.Attribute) and node.attr == "send" and isinstance(node.value, ast.Name)
            and node.value.id in {"mail", "sms"})
        or (isinstance(node, ast.Attribute | ast.Name) and (node.attr if isinstance(node, ast.Attribute) else node.id)
            in OURS | {"HttpGateway", "AMARRE_SMS_GATEWAY"})
    ]  # fmt: skip


def test_only_jobs_send() -> None:
    may = (*SENDS, "amarre/core/mail.py", "amarre/core/sms.py", "amarre/accounts/mailbox.py", "amarre/config/settings")
    assert [at for at in calls_that_send(modules()) if not at.startswith(may)] == []
    assert calls_that_send([parse("mail.send(to, 'a', 'b')")])
    assert calls_that_send([parse("EmailMessage(subject='x').send()")])


def words_of(path: str) -> list[str]:
    """Every text of a module but its docstrings."""
    (module,) = modules(path)
    docs = {
        node.body[0].value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
    }
    return [
        node.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs
    ]


NOT_SAID = re.compile(r"[a-z_]+(\.[a-z_]+)*|[\d*/ ]+|/[a-z]+/|select .*")  # jobs, hours, doors, statements
STAFF_ONLY = {"Votre compte Amarre"}
"""Subjects of mails to accounts of the service: they name the program, never a person nor a reason."""


@pytest.mark.parametrize("path", ["amarre/accounts/tasks.py", "amarre/plans/tasks.py", "amarre/sharing/tasks.py"])
def test_codes_and_invitations_say_nothing_either(path: str) -> None:
    said = [text for text in words_of(path) if not NOT_SAID.fullmatch(text) and text not in STAFF_ONLY]
    assert said
    for text in said:
        assert not TELLS.search(text.replace("sur Amarre", "")), text


def test_fixed_words_tell_nothing() -> None:
    texts = [text for table in (SMS, SUBJECTS, BODIES) for said in table.values() for text in said.values()]
    assert len(texts) > 10
    for text in texts:
        assert not TELLS.search(text), text
    assert set(BODIES) == set(SUBJECTS) == set(Says.values)
    for betrayal in ("service social", "votre dossier", "الخدمة الاجتماعية", "your health", "arrêt maladie", "dettes"):
        assert TELLS.search(betrayal), betrayal


def test_ten_thousand_messages() -> None:
    """Any language, address of a service, reference or telephone: short, neutral, in one piece."""
    draw = random.Random(16)
    plain = string.ascii_lowercase + string.digits + "-."
    for _ in range(10_000):
        host = "".join(draw.choice(plain) for _ in range(draw.randint(1, 150)))
        host = TELLS.sub("x", host)
        door = draw.choice(["", f"https://{host}/espace/"])
        language = draw.choice(["fr", "en", "ar", "", "de"])
        said = notices.sms_text(draw.choice(sorted(SMS)), language, door)
        assert sms.fits(said)
        assert not TELLS.search(said)
        assert door in said or len(door) > sms.SIXTEEN_BIT - 20
        typed = "".join(draw.choice(string.printable + "éàôŒ’") for _ in range(draw.randint(0, 60)))
        reference = "".join(draw.choice("23456789KMNPQVWXZ") for _ in range(7))
        slots = {"reference": f"{reference[:3]}-{reference[3:]}", "phone": typed}
        for text in notices.mail_text(draw.choice(sorted(BODIES)), language, door, slots):
            assert not TELLS.search(text)


def test_the_ruler_of_short_messages() -> None:
    assert sms.fits("é" * 160)
    assert not sms.fits("é" * 161)
    assert sms.fits("€" * 80)
    assert not sms.fits("€" * 81), "two signs of the alphabet"
    assert sms.fits("ê" * 70), "not of the alphabet: sixteen bits"
    assert not sms.fits("ê" * 71)
    assert not sms.fits("😀" * 36)
