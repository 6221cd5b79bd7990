"""The measures: each page in turn against the bare page, request by request, in one process. Prints JSON lines.

Read by `bench.web`. What each name means is said in `README.md`.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from bench import bare
from bench.browsers import PLAIN, active_cases, browser, case_with, cookies_of, user
from bench.caller import Answer, Caller, handler
from bench.memory import worker_memory

AIM = 6
_WARM_UP = 8
_MOST = {"list": 10, "open": 12}
_NOTE = (
    "Reçue au centre. Elle a relu les courriers de la caisse et repris contact avec deux collègues. "
    "On prépare la visite de préreprise, elle apportera ses questions."
)


@dataclass(frozen=True, slots=True)
class Page:
    """Something to ask for, and the answer that says it went well."""

    name: str
    ask: Callable[[Caller], Answer]
    status: int = 200


@dataclass(slots=True)
class Cost:
    """CPU of some requests, in milliseconds: here, and in PostgreSQL."""

    here: list[float]
    database: list[float]

    @property
    def cpu(self) -> float:
        """The median here."""
        return statistics.median(self.here)

    @property
    def whole(self) -> float:
        """Here and in PostgreSQL."""
        return self.cpu + self.database_cpu

    @property
    def database_cpu(self) -> float:
        """The mean there."""
        return statistics.fmean(self.database) if self.database else 0.0


def _get(name: str, url: str) -> Page:
    return Page(name, lambda caller: caller.get(url))


def _write(case: int) -> Page:
    """An interview note: the form is opened first, only the POST counts."""
    url = reverse("staff:note_new", args=[case])
    today = timezone.localdate().isoformat()
    fields = {"kind": "interview", "mode": "office", "on": today, "duration": "45", "place": "CENTRE", "body": _NOTE}

    def ask(caller: Caller) -> Answer:
        form = caller.get(url)
        return caller.post(
            url,
            {
                **fields,
                "csrfmiddlewaretoken": form.field("csrfmiddlewaretoken"),
                "draft_token": form.field("draft_token"),
            },
        )

    return Page("write", ask, 302)


def pages(case: int) -> list[Page]:
    """Every page that is measured."""
    return [
        _get("day", reverse("staff:day")),
        _get("list", reverse("staff:case_list")),
        _get("open", reverse("staff:case", args=[case])),
        _get("search", reverse("staff:search") + "?q=mart"),
        _get("notes", reverse("staff:note_search") + "?q=ergonome+chariot"),
        _get("requests", reverse("staff:request_list")),
        _write(case),
    ]


class Bench:
    """One run: who asks, how often, and where the lines go."""

    def __init__(self, cases: int, requests: int, command: str) -> None:
        self.requests, self.command = requests, command
        self.claire = browser(handler(), "claire")
        settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, PLAIN]
        self.plain = Caller(handler(bare.MIDDLEWARE), cookies_of(user("claire"), PLAIN))
        self.active = active_cases("claire")
        self.case, self.notes = case_with("claire", 10)
        self.size = f"{cases} cases, {self.active} active"

    def say(self, name: str, value: float, unit: str, against: str, size: str = "") -> None:
        """One line."""
        line = {
            "name": name,
            "value": round(value, 2),
            "unit": unit,
            "against": against,
            "size": size or self.size,
            "command": self.command,
        }
        print(json.dumps(line, ensure_ascii=False), flush=True)

    def run(self, only: str) -> None:
        """Every measure whose name begins with `only`."""
        for page in pages(self.case.pk):
            if page.name.startswith(only):
                self._page(page)
        if "memory".startswith(only):
            self._memory()

    def _once(self, page: Page, caller: Caller, cost: Cost | None) -> Answer:
        answer = page.ask(caller)
        if answer.status != page.status:
            raise RuntimeError(f"{page.name}: {answer.status} instead of {page.status}\n{answer.body.decode()}")
        if cost is not None:
            cost.here.append(answer.cpu * 1000)
            cost.database.append(answer.database * 1000)
        return answer

    def _page(self, page: Page) -> None:
        plain, ours, theirs = _get("bare", "/bare/"), Cost([], []), Cost([], [])
        for turn in range(_WARM_UP + self.requests):
            counted = turn >= _WARM_UP
            self._once(plain, self.plain, theirs if counted else None)
            self._once(page, self.claire, ours if counted else None)
        self.say(f"{page.name}.cpu", ours.cpu, "ms", f"bare page {theirs.cpu:.2f} ms")
        self.say(f"{page.name}.database", ours.database_cpu, "ms", f"bare page {theirs.database_cpu:.2f} ms")
        self.say(f"{page.name}.ratio", ours.cpu / theirs.cpu, "× bare", f"aim {AIM} at most")
        self.say(f"{page.name}.whole-ratio", ours.whole / theirs.whole, "× bare", "with PostgreSQL on both sides")
        for size, count in self._statements(page):
            most = f"{_MOST[page.name]} at most" if page.name in _MOST else "as many whatever the size"
            self.say(f"{page.name}.statements", count, "statements", most, size)

    def _statements(self, page: Page) -> Iterator[tuple[str, int]]:
        """The same page with few rows and with many."""
        if page.name == "open":
            for wanted in (3, 12):
                case, notes = case_with("claire", wanted)
                yield f"{notes} notes", self._count(_get("open", reverse("staff:case", args=[case.pk])), self.claire)
            return
        yield f"{self.active} active cases", self._count(page, self.claire)
        if page.name != "write":
            nadia = browser(self.claire.application, "nadia")
            yield f"{active_cases('nadia')} active cases", self._count(page, nadia)

    def _count(self, page: Page, caller: Caller) -> int:
        self._once(page, caller, None)
        caller.counting = True
        try:
            return self._once(page, caller, None).statements
        finally:
            caller.counting = False

    def _memory(self) -> None:
        alone, whole = worker_memory(self.claire.cookies, self._addresses())
        self.say("memory", alone, "MB", f"one gunicorn worker alone (USS); {whole:.0f} MB in all (RSS)")

    def _addresses(self) -> list[str]:
        names = ("staff:day", "staff:case_list", "staff:request_list")
        return [*map(reverse, names), reverse("staff:case", args=[self.case.pk])]


def run(cases: int, requests: int, only: str, command: str) -> None:
    """Measure, and leave no connection behind."""
    try:
        Bench(cases, requests, command).run(only)
    finally:
        connection.close()
