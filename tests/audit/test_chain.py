"""The chain shows every attack of somebody who writes in the database and has not the keyring."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from hashlib import sha256

import pytest
from django.db import transaction

from amarre.audit import chain
from amarre.audit.models import Entry, Seal
from amarre.core.actor import MACHINE
from amarre.core.ids import new_id
from amarre.core.ledger import Line, write
from amarre.core.scope import acting_as
from amarre.core.sealed import Keyring, keyring
from tests.cast import actor, as_owner

pytestmark = pytest.mark.django_db

SEALS, LINES = 4, 6
Attack = Callable[[list[Entry], list[Seal]], None]


@pytest.fixture
def journal(settings, tmp_path, django_capture_on_commit_callbacks) -> Iterator[None]:
    """Four seals of six lines, an anchor, and two lines that wait."""
    settings.AMARRE_DATA = tmp_path
    claire = actor("claire")
    for batch in range(SEALS + 1):
        with acting_as(claire):
            for number in range(LINES if batch < SEALS else 2):
                write(
                    claire, Line(verb="case.read", outcome="read", subject=f"cases_case:{batch}{number}", count=number)
                )
        if batch < SEALS:
            with acting_as(MACHINE), django_capture_on_commit_callbacks(execute=True):
                assert chain.seal_pending() >= LINES
    yield
    assert json.loads(chain.anchor_path().read_text("utf-8"))["number"] == SEALS


def edited(field: str, value: object, position: int) -> Attack:
    def attack(lines: list[Entry], seals: list[Seal]) -> None:
        Entry.objects.filter(pk=lines[position].pk).update(**{field: value})

    return attack


def deleted(*positions: int) -> Attack:
    def attack(lines: list[Entry], seals: list[Seal]) -> None:
        Entry.objects.filter(pk__in=[lines[p].pk for p in positions]).delete()

    return attack


def inserted(number: int, position: int) -> Attack:
    """A line that never was, in a seal, before, inside or after its lines."""

    def attack(lines: list[Entry], seals: list[Seal]) -> None:
        near = lines[position]
        key = new_id() if position == -1 else near.pk - 1
        Entry.objects.bulk_create(
            [Entry(id=key, at=near.at, actor="user:1", door="staff", verb="x.y", outcome="done", seal=seals[number])]
        )

    return attack


def swapped(one: int, other: int) -> Attack:
    """Two lines exchange their places."""

    def attack(lines: list[Entry], seals: list[Seal]) -> None:
        first, second = lines[one], lines[other]
        Entry.objects.filter(pk__in=[first.pk, second.pk]).delete()
        first.pk, second.pk = second.pk, first.pk
        Entry.objects.bulk_create([first, second])

    return attack


def moved(position: int, to: int | None) -> Attack:
    def attack(lines: list[Entry], seals: list[Seal]) -> None:
        Entry.objects.filter(pk=lines[position].pk).update(seal=None if to is None else seals[to])

    return attack


def cut(count: int, *, keep_lines: bool = False) -> Attack:
    """The last seals disappear, with their lines or with lines that look as if they waited."""

    def attack(lines: list[Entry], seals: list[Seal]) -> None:
        gone = seals[len(seals) - count :]
        rows = Entry.objects.filter(seal__in=gone)
        rows.update(seal=None) if keep_lines else rows.delete()
        Seal.objects.filter(pk__in=[s.pk for s in gone]).delete()

    return attack


def removed_seal(number: int, *, renumber: bool) -> Attack:
    """A seal in the middle disappears with its lines; those after it move up, or not."""

    def attack(lines: list[Entry], seals: list[Seal]) -> None:
        Entry.objects.filter(seal=seals[number]).delete()
        Seal.objects.filter(pk=seals[number].pk).delete()
        if renumber:
            for seal in seals[number + 1 :]:
                fresh = Seal(number=seal.number - 1, at=seal.at, entry_count=seal.entry_count, mac=seal.mac)
                Seal.objects.bulk_create([fresh])
                Entry.objects.filter(seal_id=seal.number).update(seal=fresh)
                Seal.objects.filter(pk=seal.number).delete()

    return attack


def forged_seal(field: str, value: object, number: int) -> Attack:
    def attack(lines: list[Entry], seals: list[Seal]) -> None:
        old = getattr(seals[number], field)
        Seal.objects.filter(pk=seals[number].pk).update(**{field: value(old) if callable(value) else value})

    return attack


def rebuilt(key: bytes, *, drop: int | None) -> Attack:
    """The whole chain is computed again from its first link, by somebody who guesses the key."""

    def attack(lines: list[Entry], seals: list[Seal]) -> None:
        if drop is not None:
            Entry.objects.filter(pk=lines[drop].pk).delete()
        previous = b"\0" * 32
        for seal in seals:
            digest, rows = sha256(), list(Entry.objects.filter(seal=seal).order_by("id"))
            for row in rows:
                digest.update(chain._canonical(row))
            said = f"{seal.number}|{seal.at.astimezone(UTC).isoformat()}|{len(rows)}|".encode()
            body = previous + said + digest.digest()
            previous = hmac.new(key, body, sha256).digest()
            Seal.objects.filter(pk=seal.pk).update(mac=previous, entry_count=len(rows))

    return attack


EDITS: dict[str, object] = {
    "actor": "user:1", "user_id": 1, "door": "public", "verb": "note.write", "outcome": "done",
    "subject": "cases_case:99", "person_id": 7, "case_id": 7, "fields": ["body"], "reason": "COVER", "count": 99,
    "request_id": "OTHER",
}  # fmt: skip
LAST = SEALS * LINES - 1
ATTACKS: dict[str, Attack] = {
    **{
        f"{field} edited at {position}": edited(field, value, position)
        for field, value in EDITS.items()
        for position in (0, LAST // 2, LAST)
    },
    **{f"line {p} deleted": deleted(p) for p in (0, 1, LINES - 1, LINES, LAST // 2, LAST - 1, LAST)},
    "every line of a seal deleted": deleted(*range(LINES, 2 * LINES)),
    "every line deleted": deleted(*range(LAST + 1)),
    **{f"inserted in {n} at {p}": inserted(n, p) for n in range(SEALS) for p in (n * LINES, n * LINES + 3)},
    "inserted at the end": inserted(SEALS - 1, -1),
    **{f"{a} and {b} swapped": swapped(a, b) for a, b in ((0, 1), (2, 5), (5, 6), (1, LAST), (7, 8), (LAST - 1, LAST))},
    **{f"line {p} unsealed": moved(p, None) for p in (0, 9, LAST)},
    **{f"line {p} moved to {to}": moved(p, to) for p, to in ((5, 1), (6, 0), (LAST, 0), (12, 1))},
    **{f"{n} seals cut": cut(n) for n in range(1, SEALS + 1)},
    **{f"{n} seals taken away": cut(n, keep_lines=True) for n in range(1, SEALS + 1)},
    **{f"seal {n} removed": removed_seal(n, renumber=False) for n in range(SEALS - 1)},
    **{f"seal {n} removed, others moved up": removed_seal(n, renumber=True) for n in range(SEALS - 1)},
    **{f"count of seal {n} forged": forged_seal("entry_count", lambda c: c - 1, n) for n in range(SEALS)},
    **{f"mac of seal {n} forged": forged_seal("mac", b"\1" * 32, n) for n in range(SEALS)},
    **{f"date of seal {n} forged": forged_seal("at", lambda t: t - timedelta(days=1), n) for n in range(SEALS)},
    "rebuilt with zeros": rebuilt(b"\0" * 32, drop=None),
    "rebuilt without a line": rebuilt(b"\0" * 32, drop=3),
    "rebuilt with the word of the chain": rebuilt(b"amarre.audit.chain", drop=LAST),
}


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_attack_is_seen(journal: None) -> None:
    assert len(ATTACKS) >= 90
    unseen = []
    with as_owner():
        lines, seals = list(Entry.objects.exclude(seal=None).order_by("id")), list(Seal.objects.order_by("number"))
        attacks = ATTACKS | {"date of a line edited": edited("at", lines[4].at + timedelta(hours=1), 4)}
        assert chain.verify().faults == [], "nothing is wrong to begin with"
        for name, attack in attacks.items():
            with undone():
                attack([Entry.objects.get(pk=line.pk) for line in lines], seals)
                if not chain.verify().faults:
                    unseen.append(name)
        assert chain.verify().faults == [], "each attack was taken back"
    assert unseen == []


def test_a_journal_that_is_whole_says_what_waits(journal: None) -> None:
    with as_owner():
        verdict = chain.verify()
    assert (verdict.faults, verdict.seals, verdict.entries, verdict.unsealed) == ([], SEALS, SEALS * LINES, 2)


def test_new_keys_do_not_break_the_chain(journal: None, settings, tmp_path) -> None:
    """The key of the chain comes from the first key of the ring, whatever the names of those that follow."""
    ring = keyring()
    settings.AMARRE_KEYRING = str(tmp_path / "keyring.json")
    for _ in range(8):
        ring = ring.with_new_key()
    ring.save(tmp_path / "keyring.json")
    with as_owner():
        assert chain.verify().faults == []


def test_another_keyring_opens_no_chain(journal: None, settings, tmp_path) -> None:
    settings.AMARRE_KEYRING = str(tmp_path / "keyring.json")
    Keyring({}, "").with_new_key().save(tmp_path / "keyring.json")
    with as_owner():
        assert len(chain.verify().faults) >= SEALS


def test_the_attacker_s_arithmetic_is_right(journal: None) -> None:
    """Positive control: the same rebuilding with the true key leaves a chain that holds; with a line less, the anchor
    still shows it."""
    with as_owner():
        lines, seals = list(Entry.objects.exclude(seal=None).order_by("id")), list(Seal.objects.order_by("number"))
        with undone():
            rebuilt(chain._key(), drop=None)(lines, seals)
            assert chain.verify().faults == []
        with undone():
            rebuilt(chain._key(), drop=3)(lines, seals)
            assert [f for f in chain.verify().faults if "ancre" in f]
