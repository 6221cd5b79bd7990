"""A real calendar client, `vdirsyncer`, subscribes to a worker's feed: what it keeps in a folder follows the agenda."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import icalendar
import pytest
from django.db import connection, transaction

from amarre.appointments import commands
from amarre.core.scope import acting_as
from tests.cast import actor, as_owner, user
from tests.journeys.conftest import Site
from tests.rows_appointments import FEED_SECRET, at, monday
from tests.trios.appointments import booking

CONFIG = """[general]
status_path = "{here}/status/"

[pair agenda]
a = "feed"
b = "folder"
collections = null
conflict_resolution = "a wins"
partial_sync = "revert"

[storage feed]
type = "http"
url = "{url}/agenda/{secret}.ics"

[storage folder]
type = "filesystem"
path = "{here}/kept/"
fileext = ".ics"
"""


@contextmanager
def inside(site: Site, blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Django, on the database of the site; what is written there is committed."""
    held = connection.settings_dict["NAME"]
    with blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = site.database
        try:
            with transaction.atomic():
                yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = held


def run(here: Path, *words: str) -> str:
    """The client's own command."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("vdirsyncer")), "-c", str(here / "config"), *words],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "HOME": str(here)}, input="y\ny\n",
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def kept(here: Path) -> dict[str, icalendar.Event]:
    """What the client holds, by the address of each meeting; one file each."""
    files = [icalendar.Calendar.from_ical(p.read_bytes()) for p in (here / "kept").glob("*.ics")]
    found = [event for calendar in files for event in calendar.walk("VEVENT")]
    by_address = {str(event["URL"]): event for event in found}
    assert len(by_address) == len(found) == len(files)
    return by_address


def test_a_calendar_client_follows_the_agenda(
    site: Site, django_db_blocker: pytest.FixtureRequest, tmp_path: Path
) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "config").write_text(CONFIG.format(here=tmp_path, url=site.url, secret=FEED_SECRET))
    run(tmp_path, "discover", "agenda")
    assert "Copying" in run(tmp_path, "sync")
    first = kept(tmp_path)
    seats = site.rows("select count(*) from appointments_seat where user_id = %s", _claire(site, django_db_blocker))
    assert len(first) == seats[0][0] > 3
    again = run(tmp_path, "sync")
    assert not any(word in again for word in ("Copying", "Updating", "Deleting")), again

    with inside(site, django_db_blocker):
        row, claire = booking(), actor("claire")
        with acting_as(claire):
            commands.move(actor=claire, booking=row, starts_at=at(monday(2), 9))
    address = next(url for url in first if url.endswith(f"/pro/agenda/{row.appointment_id}/"))
    run(tmp_path, "sync")
    moved = kept(tmp_path)
    assert moved.keys() == first.keys()
    assert first[address]["DTSTART"].dt != moved[address]["DTSTART"].dt == at(monday(2), 9)
    assert {u for u in first if first[u].to_ical() != moved[u].to_ical()} == {address}

    with inside(site, django_db_blocker), acting_as(claire):
        commands.cancel(actor=claire, booking=row)
    run(tmp_path, "sync")
    off = kept(tmp_path)
    assert off.keys() == first.keys()
    assert {u for u in moved if moved[u].to_ical() != off[u].to_ical()} == {address}
    assert off[address]["STATUS"] == "CANCELLED"
    assert moved[address]["STATUS"] == "CONFIRMED"


def _claire(site: Site, blocker: pytest.FixtureRequest) -> int:
    with inside(site, blocker), as_owner():
        return int(user("claire").pk)
