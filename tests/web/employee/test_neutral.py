"""On a shared telephone nothing says which service this is: no title, header, drawing, mail, file name or error page.

The body of a page that was signed in to names the worker, and speaks of « la personne qui vous accompagne ».
"""

from __future__ import annotations

import ast
import re

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from amarre.accounts import tasks as account_tasks
from amarre.core import commands
from amarre.core.actor import MACHINE
from amarre.core.notices import Kind, announce, deliver
from amarre.core.scope import acting_as
from amarre.plans import tasks as plan_tasks
from amarre.plans.models import ChannelCheck
from amarre.web.employee.words import PAPERS, REFUSALS
from amarre.web.meeting.words import REFUSALS as MEETING
from amarre.web.ui.errors import csrf_failure, error_page
from tests.architecture.source import modules
from tests.cast import as_owner, user
from tests.core.test_jobs import as_role
from tests.matrix import MATRIX
from tests.web.employee.pages import browser, errors, every_page, path_of

pytestmark = pytest.mark.django_db
BETRAYS = re.compile(
    r"amarre(?!\.example)|service social|assistant\w*( de service)? social|travail social|médecine du travail"
    r"|santé au travail|social service|social worker|الخدمة الاجتماعية|المساعدة الاجتماعية", re.I,
)  # fmt: skip
SCREEN = re.compile(r"<title>.*?</title>|<header.*?</header>|<link[^>]*rel=\"icon\"[^>]*>", re.S)
QUOTED = re.compile(r"<details.*?</details>", re.S)  # who published a grid
STATUSES = (400, 403, 404, 422, 429, 500, 503)


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_no_page_says_which_service_this_is(language: str) -> None:
    for name, page in (every_page(language) | errors(language)).items():
        said = BETRAYS.findall(QUOTED.sub("", page))
        assert not said, (name, said)
        title = re.search(r"<title>(.*?)</title>", page, re.S)
        assert title, name
        assert title[1] in {"Mon espace", "My space", "مساحتي"}, (name, title[1])
        assert "ui/plain" in "".join(re.findall(r"<link[^>]*rel=\"icon\"[^>]*>", page)), name


def test_the_screen_is_looked_at() -> None:
    """Positive control: the staff's sign-in page says what it is, and would be caught."""
    said = "".join(SCREEN.findall(browser().get("/compte/connexion/").content.decode()))
    assert BETRAYS.search(said)


def test_the_drawing_of_the_tab_is_a_plain_one() -> None:
    path = finders.find("ui/plain.svg")
    with open(path, encoding="utf-8") as drawing:
        assert not re.search(r"amarre|anchor|<text|<title", drawing.read(), re.I)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_error_pages_are_neutral_and_touch_no_table(status: int, language: str) -> None:
    request = RequestFactory().get("/espace/projet/")
    with translation.override(language), CaptureQueriesContext(connection) as asked:
        page = error_page(request, status).content.decode()
    assert len(asked) == 0
    assert not BETRAYS.search(page)
    assert page.count("<h1") == 1
    assert f'lang="{language}"' in page
    assert ('dir="rtl"' in page) == (language == "ar")
    assert "data-leave" in page


def test_elsewhere_error_pages_stay_as_they_are() -> None:
    page = error_page(RequestFactory().get("/pro/"), 403).content.decode()
    assert "Mes accès" in page
    assert "· Amarre" in page


def test_a_page_that_stayed_open_too_long_is_neutral_too() -> None:
    page = csrf_failure(RequestFactory().get("/espace/messages/")).content.decode()
    assert "Votre texte est gardé" in page
    assert not BETRAYS.search(page)


def test_mails_to_a_person_say_nothing(mailoutbox) -> None:
    ines = user("ines")
    with as_owner(), commands.loading():
        plan = ChannelCheck.objects.first().plan
        check = ChannelCheck(
            plan=plan, email="a@exemple.example", sent_at=timezone.now(), asked_by_id=user("claire").pk
        )
        check.save()
        plan_tasks.send_check(check.pk)
    with acting_as(MACHINE):
        announce(Kind.PERSON, plan.person_id, key="space")
        ((notice,),) = as_role(
            "amarre_machine",
            "select id from core_notice where sent_at is null and skipped = '' and at > now() - interval '1 day'",
        )
        deliver(notice, plan.person_id)
    account_tasks.tell_change(ines.pk)
    browser().post("/espace/connexion/", {"email": ines.email})
    ((ids,),) = as_role("amarre_queue", "select args from procrastinate_jobs where task_name = 'accounts.send_code'")
    account_tasks.send_code(**ast.literal_eval(ids) if isinstance(ids, str) else ids)
    assert len(mailoutbox) == 4
    for mail in mailoutbox:
        said = f"{mail.subject}\n{mail.from_email}\n{mail.body}"
        assert not BETRAYS.search(said), said
        assert not re.search(r"Benali|Kermadec|dossier|projet", said), said


def test_files_have_plain_names() -> None:
    client = browser("ines")
    for row in MATRIX:
        if row.name == "employee:version_paper":
            answer = client.get(path_of(row))
            assert not BETRAYS.search(answer.headers["Content-Disposition"])


def test_what_a_room_refuses_is_said_somewhere_and_betrays_nothing() -> None:
    """The list that translators read is the rooms' own: a sentence that nobody says any more goes."""
    said = {
        node.value
        for module in modules(
            "amarre/plans/", "amarre/appointments/", "amarre/core/", "amarre/people/", "amarre/audit/", "amarre/web/ui/"
        )
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for sentence in (*REFUSALS, *PAPERS, *MEETING):
        assert sentence in said or sentence.startswith("Ce fichier dépasse"), sentence
        assert not BETRAYS.search(sentence), sentence
