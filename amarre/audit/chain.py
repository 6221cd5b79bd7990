"""The chain: entries are sealed in batches, each seal keyed and bound to the one before.

Read by the worker (every minute), `amarre audit verify` and its tests. Must not know what entries mean.
Sealing in batches keeps writers from waiting on each other: a lock held by every request until its end would
make one queue of the whole service. What is not sealed yet is said by `verify`.
The key is derived (HKDF-SHA256, RFC 5869) from the keyring, which is not in the database: whoever rewrites rows
cannot rewrite the chain. A copy of the last seal is kept in a file (the anchor), so that a cut tail shows.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from amarre.audit.models import Entry, Seal
from amarre.core.sealed import keyring

_LOCK = 7_203_115
_BATCH = 5_000


def _key() -> bytes:
    """From the first key of the ring, which new ones follow: their names say nothing of their order."""
    oldest = next(iter(keyring().keys.values()))
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"amarre.audit.chain").derive(oldest)


def _canonical(entry: Entry) -> bytes:
    values: list[object] = [
        entry.pk, entry.at.isoformat(), entry.actor, entry.user_id, entry.door, entry.verb, entry.outcome,
        entry.subject, entry.person_id, entry.case_id, list(entry.fields), entry.reason, entry.count,
        entry.request_id,
    ]  # fmt: skip
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return len(text).to_bytes(4, "big") + text


def _mac(key: bytes, previous: bytes, number: int, at: datetime, entries: Iterable[Entry]) -> tuple[bytes, int]:
    digest, count = sha256(), 0
    for entry in entries:
        digest.update(_canonical(entry))
        count += 1
    said = f"{number}|{at.astimezone(UTC).isoformat()}|{count}|".encode()
    body = previous + said + digest.digest()
    return hmac.new(key, body, sha256).digest(), count


def anchor_path() -> Path:
    """Where the copy of the last seal is kept, outside the database."""
    return Path(settings.AMARRE_DATA) / "audit-anchor.json"


def seal_pending() -> int:
    """Seal what is not sealed yet, oldest first; returns how many entries. Runs in the machine's scope."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    pending = list(Entry.objects.filter(seal__isnull=True).order_by("id")[:_BATCH])
    if not pending:
        return 0
    last = Seal.objects.order_by("-number").first()
    number, previous = (last.number + 1, bytes(last.mac)) if last else (1, b"\0" * 32)
    now = timezone.now()
    mac, count = _mac(_key(), previous, number, now, pending)
    seal = Seal(number=number, at=now, entry_count=count, mac=mac)
    Seal.objects.bulk_create([seal])
    Entry.objects.filter(pk__in=[e.pk for e in pending]).update(seal=seal)
    anchor = json.dumps({"number": number, "mac": mac.hex(), "at": seal.at.isoformat()})
    transaction.on_commit(lambda: anchor_path().write_text(anchor, "utf-8") and None)
    return count


@dataclass(slots=True)
class Verdict:
    """What a verification found."""

    seals: int = 0
    entries: int = 0
    unsealed: int = 0
    faults: list[str] = field(default_factory=list)


def verify() -> Verdict:
    """Recompute the whole chain from its first link; every disagreement is one fault, in French."""
    verdict, previous, key = Verdict(), b"\0" * 32, _key()
    expected = 1
    for seal in Seal.objects.order_by("number").iterator():
        if seal.number != expected:
            verdict.faults.append(f"Il manque le sceau n° {expected}.")
        entries = Entry.objects.filter(seal=seal).order_by("id").iterator()
        mac, count = _mac(key, previous, seal.number, seal.at, entries)
        if not hmac.compare_digest(mac, bytes(seal.mac)) or count != seal.entry_count:
            verdict.faults.append(f"Le sceau n° {seal.number} ne correspond plus à ses lignes.")
        previous, expected = bytes(seal.mac), seal.number + 1
        verdict.seals += 1
        verdict.entries += count
    verdict.unsealed = Entry.objects.filter(seal__isnull=True).count()
    path = anchor_path()
    anchor = json.loads(path.read_text("utf-8")) if path.exists() else None
    if anchor and not Seal.objects.filter(number=anchor["number"], mac=bytes.fromhex(anchor["mac"])).exists():
        verdict.faults.append("La fin du journal a été coupée ou refaite : l'ancre ne s'y trouve plus.")
    return verdict
