"""A person comes in by a code: alike for every address, three tries, ten minutes, once; never by a password."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from amarre.accounts import entrance, tasks
from amarre.accounts.models import Mail, User
from tests.cast import as_owner, user
from tests.core.test_jobs import as_role, queued
from tests.web.entry.test_links import to_the_mailbox
from tests.web.entry.test_sign_in import journal

pytestmark = pytest.mark.django_db
__all__ = ["to_the_mailbox"]

ENTER, CODE, OUT = "/espace/connexion/", "/espace/connexion/code/", "/espace/sortir/"
NOT_PERSONS = ["claire", "alex", "paul", "chloe", "max", "inconnu@exemple.example"]


def ask(client: Client, who: str = "ines", query: str = "", ip: str = "192.0.2.1"):
    email = who if "@" in who else user(who).email
    return client.post(ENTER + query, {"email": email}, REMOTE_ADDR=ip)


def deliver() -> None:
    """What the worker does with the codes that wait."""
    asked = as_role("amarre_queue", "select args from procrastinate_jobs where task_name = 'accounts.send_code'")
    for (ids,) in asked:
        tasks.send_code(**json.loads(ids))


def mailed_code() -> str:
    deliver()
    found = re.search(r"^(\d{4} \d{4})$", Mail.objects.all()[0].body, re.M)
    assert found
    return found[1]


def give(client: Client, code: str, query: str = ""):
    return client.post(CODE + query, {"code": code})


def space() -> str:
    return "/espace/"


def kept_in(client: Client) -> dict:
    """What the session keeps of a code that was asked."""
    return client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]


def is_in(client: Client) -> bool:
    return client.get("/espace/cles/").status_code == 200


def text(response) -> str:
    return response.content.decode()


def test_a_code_opens_the_space():
    client = Client()
    assert ask(client).url == CODE
    assert client.get(CODE).status_code == 200
    response = give(client, mailed_code())
    assert response.url == space()
    assert client.get("/compte/").url == space()
    assert is_in(client)
    ines = f"accounts_user:{user('ines').pk}"
    assert journal("account.code_asked") == journal("account.sign_in") == [("done", ines)]


@pytest.mark.parametrize("written", ["{}", " {} ", "{0:.4}-{1}", "٠"])
def test_a_code_is_written_as_one_likes(written):
    client = Client()
    ask(client)
    code = mailed_code()
    digits = code.replace(" ", "")
    arabic = "".join(chr(0x660 + int(d)) for d in digits)
    said = arabic if written == "٠" else written.format(digits, digits[4:])
    assert give(client, said).status_code == 302


@pytest.mark.parametrize("who", NOT_PERSONS)
def test_only_a_person_gets_a_code_and_nothing_tells(who):
    """Staff would otherwise come in without password nor second factor."""
    known, other = Client(), Client()
    answers = [ask(known), ask(other, who)]
    assert {a.url for a in answers} == {CODE}
    pages = [re.sub(r"value=\"\w{64}\"", "", text(c.get(CODE))) for c in (known, other)]
    address = who if "@" in who else user(who).email
    assert pages[0].replace(user("ines").email, "·") == pages[1].replace(address, "·")
    assert sorted(queued()) == [("accounts.send_code",)] * 2
    assert journal("account.code_asked") == [("done", f"accounts_user:{user('ines').pk}"), ("refused", "")]
    deliver()
    assert [m.to for m in Mail.objects.all()] == [user("ines").email]
    assert give(other, mailed_code()).status_code == 422
    assert not is_in(other)
    assert other.get("/pro/").status_code == 302


@pytest.mark.parametrize("who", ["claire", "alex", "chloe"])
def test_a_code_that_is_guessed_opens_no_other_account(who):
    """Even whoever knew the code that nobody gets would stay outside."""
    client = Client()
    ask(client, who)
    kept = kept_in(client)
    code = entrance.opened_code(kept["code"], kept["code_id"])
    assert give(client, code).status_code == 422
    assert not client.session.get("_auth_user_id")


def test_the_work_is_the_same_for_everybody():
    """Statement for statement, so that the time tells nothing either."""

    def statements(who: str) -> list[str]:
        said: list[str] = []

        def listen(execute, sql, params, many, context):
            said.append(re.sub(r"\d+", "#", str(sql)))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(listen):
            ask(Client(), who if "@" in who else user(who).email)
        return [s for s in said if "set_config" not in s]

    ask(Client(), "premier@exemple.example")
    assert statements(user("ines").email) == statements("inconnu@exemple.example") == statements(user("claire").email)


def test_the_mail_betrays_nothing():
    ask(Client())
    code = mailed_code()
    mail = Mail.objects.get()
    assert code not in mail.subject
    assert code.replace(" ", "") not in mail.subject
    said = (mail.subject + mail.body).lower()
    assert not any(word in said for word in ("social", "inès", "benali", "centre", "amarre", "http", "santé"))


def test_the_sender_is_neutral(settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    ask(Client())
    deliver()
    assert [m.from_email for m in mailoutbox] == [settings.AMARRE_FROM_PERSON]
    assert "social" not in settings.AMARRE_FROM_PERSON.lower()
    tasks.tell_change(user("ines").pk)
    tasks.tell_change(user("claire").pk)
    assert [m.from_email for m in mailoutbox[1:]] == [settings.AMARRE_FROM_PERSON, settings.DEFAULT_FROM_EMAIL]
    assert "service" not in mailoutbox[1].subject + mailoutbox[1].body


def everywhere_it_may_lie() -> str:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select value from core_cache union all select session_data from django_session")
        rows = [str(row[0]) for row in cursor.fetchall()]
    return "\n".join(rows + [str(row) for row in as_role("amarre_queue", "select * from procrastinate_jobs")])


def test_the_code_lies_nowhere_in_clear():
    client = Client()
    ask(client)
    ids = json.loads(as_role("amarre_queue", "select args from procrastinate_jobs")[0][0])
    assert set(ids) == {"user_id", "code_id"}
    assert all(isinstance(value, int) for value in ids.values())
    code = entrance.kept_code(ids["code_id"])
    assert re.fullmatch(r"\d{8}", code)
    assert code not in str(kept_in(client))
    assert code not in str(cache.get(f"accounts.code:{ids['code_id']}"))
    assert code not in everywhere_it_may_lie()


def test_once_sent_the_code_is_dropped_and_not_sent_again():
    ask(Client())
    deliver()
    deliver()
    assert Mail.objects.count() == 1


def test_two_browsers_that_ask_get_each_their_own():
    first, second = Client(), Client()
    ask(first)
    ask(second)
    deliver()
    codes = [re.search(r"^(\d{4} \d{4})$", m.body, re.M)[1] for m in Mail.objects.order_by("id")]
    assert give(first, codes[1]).status_code == 422
    assert give(first, codes[0]).status_code == 302
    assert give(second, codes[1]).status_code == 302


@pytest.mark.parametrize(("minutes", "works"), [(9, True), (11, False)])
def test_a_code_works_ten_minutes(minutes, works):
    client = Client()
    ask(client)
    code = mailed_code()
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        assert (give(client, code).url == space()) == works
        assert is_in(client) == works


def test_a_code_that_waited_too_long_in_the_queue_is_not_sent():
    ask(Client())
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        deliver()
    assert not Mail.objects.exists()


def test_opening_the_page_uses_nothing_up():
    client = Client()
    ask(client)
    code = mailed_code()
    for _ in range(6):
        assert client.get(CODE).status_code == 200
        assert give(client, " ").status_code == 422
    assert give(client, code).status_code == 302


def test_three_wrong_tries_and_one_starts_again():
    client = Client()
    ask(client)
    code = mailed_code()
    for _ in range(2):
        assert "ne convient pas" in text(give(client, "0000 0000"))
    assert give(client, "0000 0000").url == ENTER
    assert "trop d’essais" in text(client.get(ENTER))
    assert give(client, code).url == ENTER
    assert not is_in(client)
    assert journal("account.sign_in") == [("refused", f"accounts_user:{user('ines').pk}")] * 3


def test_tries_sent_at_once_count_too():
    """Each request reads the session as it was before the others: the count lies elsewhere."""
    client = Client()
    ask(client)
    code, key = mailed_code(), client.cookies["sessionid"].value
    before = client.session["account_login"]
    for _ in range(3):
        give(client, "0000 0000")
        session = client.session
        session["account_login"] = before
        session.save()
        client.cookies["sessionid"] = session.session_key or key
    assert give(client, code).url == ENTER
    assert not is_in(client)


def test_a_code_serves_once():
    client = Client()
    ask(client)
    code, before = mailed_code(), client.session["account_login"]
    assert give(client, code).status_code == 302
    other = Client()
    session = other.session
    session["account_login"] = before
    session.save()
    other.cookies["sessionid"] = session.session_key
    assert give(other, code).status_code == 422
    assert not is_in(other)


def test_another_code_ends_the_one_before():
    client = Client()
    ask(client)
    first = mailed_code()
    ask(client)
    assert give(client, first).status_code == 422
    assert give(client, mailed_code()).status_code == 302


def test_an_account_that_was_disabled_meanwhile_opens_nothing():
    for disabled_before_the_mail in (True, False):
        client = Client()
        with as_owner():
            User.objects.filter(pk=user("ines").pk).update(is_active=True)
        ask(client)
        code = "" if disabled_before_the_mail else mailed_code()
        with as_owner():
            User.objects.filter(pk=user("ines").pk).update(is_active=False)
        if disabled_before_the_mail:
            deliver()
            assert not Mail.objects.exists()
        else:
            assert give(client, code).status_code == 422
            assert not is_in(client)
