"""Twenty requests at once, each really committed: no more than sixty answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from amarre.audit.models import Alarm
from tests.audit.test_watch import client, person_page, strangers
from tests.cast import as_owner, user


@pytest.mark.usefixtures("own_database")
def test_twenty_at_once_get_sixty_together() -> None:
    keys, signed_in = strangers(200), client("nadia")

    def worker(mine: list[int]) -> list[int]:
        browser = Client(raise_request_exception=False)
        browser.cookies = signed_in.cookies
        try:
            return [browser.get(person_page(key)).status_code for key in mine]
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = [status for said in pool.map(worker, [keys[n::20] for n in range(20)]) for status in said]
    assert sorted(answers) == [200] * 60 + [403] * 140
    with as_owner():
        raised = Alarm.objects.filter(user_id=user("nadia").pk, raised_at__year__gt=2025)
        assert sorted(raised.values_list("kind", "count")) == [("alert", 31), ("stop", 60)]
