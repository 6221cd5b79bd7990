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

from amarre.core import notices, notices_text, sms
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
        "amarre/core/notices_text.py": "asks whether a text fits in one piece; sends nothing",
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


APPOINTMENTS = (Says.INVITED, Says.BOOKED, Says.MOVED, Says.CANCELLED, Says.REMINDER, Says.SOON, Says.FREED)
WHEN = {
    "fr": "mercredi\u00a023\u00a0septembre à 14\u202fh\u202f30",
    "en": "Wednesday 23 September · 14:30",
    "ar": "الأربعاء 23 سبتمبر على الساعة 14:30",
}
LINK = "https://espace.example/rdv/" + "aB-_9" * 6 + "12/"


@pytest.mark.parametrize("says", APPOINTMENTS)
def test_the_short_texts_of_an_appointment(says: Says) -> None:
    """With a link of sixty signs: the moment fits in French and in English, plain; an Arabic reader has the link."""
    assert len(LINK) == 60
    for language in ("fr", "en"):
        said = notices.sms_text(says, language, LINK, {"when": WHEN[language], "phone": "01 40 00 00 00"})
        assert sms.fits(said)
        assert len(said) <= 160
        assert said.endswith(f" {LINK}")
        assert ("14" in said) == (says != Says.INVITED)
        assert "01 40 00 00 00" in said
        assert not set("\u00a0\u202f’{}[]") & set(said)
        assert sms.plain(SMS[says][language]) == SMS[says][language], "of the alphabet of GSM, but for the brackets"
    french = notices.sms_text(says, "ar", LINK, {"when": WHEN["ar"], "when_fr": WHEN["fr"]})
    assert french == notices.sms_text(says, "fr", LINK, {"when": WHEN["fr"]})
    alone = notices.sms_text(says, "ar", "", {"when": WHEN["ar"]})
    assert sms.fits(alone)
    assert (WHEN["ar"] in alone) == (says != Says.INVITED)
    assert notices.sms_text(says, "ar", LINK, {"when": WHEN["ar"]}).endswith(LINK), "in French, without the moment"
    assert sms.fits(notices.sms_text(says, "ar", "x" * 400, {"when": WHEN["ar"]}))


@pytest.mark.parametrize("says", APPOINTMENTS)
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_mails_of_an_appointment(says: Says, language: str) -> None:
    subject, body = notices.mail_text(says, language, LINK, {"when": WHEN[language], "phone": "01 40 00 00 00"})
    assert subject == SUBJECTS[says][language]
    assert LINK in body
    assert WHEN[language] in body
    assert "01 40 00 00 00" in body
    _, bare = notices.mail_text(says, language, "")
    assert not set("{}[]") & set(bare), "what has no hole filled is not said"
    assert "\n\n\n" not in bare


@pytest.mark.parametrize(("given", "kept"), [
    ("mardi 1er décembre à 14\u202fh\u202f30", "mardi 1er décembre à 14\u202fh\u202f30"),
    ("الثلاثاء 1 ديسمبر، 14:30", "الثلاثاء 1 ديسمبر، 14:30"),
    ("à 14 h\r\nBcc: eve@x.example", "à 14 hBcc: evex.example"),
    ("<a href=x>\u202e{door}%s", "a hrefxdoors"), ("mardi, service social", "mardi, service"),
    ("mardi dossier santé 14 h", "mardi     14 h"), ("x" * 300, "x" * 60),
])  # fmt: skip
def test_a_moment_is_no_way_in(given: str, kept: str) -> None:
    found = notices_text.moment(given)
    assert found.split() == kept.split()


def test_ten_thousand_messages() -> None:
    """Any language, address of a service, reference, moment or telephone: short, neutral, in one piece."""
    draw = random.Random(16)
    telling = ["social", "dossier", "mêdec", "sosocialcial", "arrêt", "صح", "دين", "case", "É", "ف", "\u202f", "août"]
    plain = string.ascii_lowercase + string.digits + "-."
    for _ in range(10_000):
        host = "".join(draw.choice(plain) for _ in range(draw.randint(1, 150)))
        host = TELLS.sub("x", host)
        door = draw.choice(["", f"https://{host}/espace/"])
        language = draw.choice(["fr", "en", "ar", "", "de"])
        moments = {
            name: "".join(draw.choice([*string.printable, *telling]) for _ in range(draw.randint(0, 30)))
            for name in ("when", "when_fr")
        }
        said = notices.sms_text(draw.choice(sorted(SMS)), language, door, {**moments, "phone": "01 40 00 00 00"})
        assert sms.fits(said)
        assert not TELLS.search(said)
        assert door in said or len(door) > sms.SIXTEEN_BIT - 20
        typed = "".join(draw.choice(string.printable + "éàôŒ’") for _ in range(draw.randint(0, 60)))
        reference = "".join(draw.choice("23456789KMNPQVWXZ") for _ in range(7))
        slots = {"reference": f"{reference[:3]}-{reference[3:]}", "phone": typed, **moments}
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
