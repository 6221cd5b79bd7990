"""Whatever is sent, the answer is a page: never a 500, and a French sentence when something is wrong."""

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amarre.web.public.fields import tidy
from amarre.web.public.forms import PublicForm
from tests.rows_collective import OPEN_CODE, SEAT_CODE, SEAT_SECRET
from tests.web.public.passerby import PasserBy, ask_for_help, errors, text

pytestmark = pytest.mark.django_db
NASTY = (
    "\x00",
    "a\x00b\x1b[31m",
    "\u202eabc\u202c",
    "👩🏽\u200d⚕️🧵",
    "مرحبا بالعالم",
    "\ufeff\u200b",
    "\ud7ff\ufffe",
    "%s%n{{7*7}}{% debug %}",
    "'; drop table intake_solicitation; --",
    "<script>alert(1)</script>",
    "a" * 10_000,
    "é" * 10_000,
    "\r\n" * 500,
    "１２３４５",
)
anything = st.one_of(st.text(max_size=300), st.sampled_from(NASTY), st.text(alphabet="0123456789+ ", max_size=40))
FIELDS = (
    *(
        "city",
        "company",
        "reasons",
        "words",
        "channel",
        "phone",
        "email",
        "moment",
        "message",
        "first_name",
        "last_name",
    ),
    *("about", "requester_name", "role", "requester_phone", "requester_email", "reason", "theme"),
    *("ouverte", "laisser_vide", "draft_token", "name", "place", "r1", "r2", "r3"),
)
TRAINING = {"/avis/<str:code>/avant/", "/avis/<str:code>/apres/"}  # the questions of a training, which this is not
MAY_BE_GONE = {*TRAINING, "/actions/place/<str:secret>/rendre/"}
bodies = st.dictionaries(st.sampled_from(FIELDS), st.lists(anything, min_size=1, max_size=3), max_size=8)
campaign = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def named(path: str) -> str:
    """With the code or the secret of something that is there."""
    code = OPEN_CODE if path.startswith("/avis/") else SEAT_CODE
    return path.replace("<str:secret>", SEAT_SECRET).replace("<str:code>", code)


def addresses() -> list[str]:
    """Every address of this door."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> list[str]:
        found = []
        for pattern in patterns:
            path = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                found += walk(pattern.url_patterns, path)
            else:
                found.append("/" + path)
        return found

    public = [p for p in get_resolver().url_patterns if isinstance(p, URLResolver) and p.namespace == "public"]
    return walk(public[0].url_patterns, "")


def test_there_are_pages() -> None:
    assert {"/", "/demande/", "/demande/employeur/verifier/"} <= set(addresses())


@pytest.mark.parametrize("path", addresses())
@given(body=bodies)
@campaign
def test_no_page_breaks(path: str, body: dict[str, list[str]]) -> None:
    answer = Client().post(named(path), dict(body))
    assert answer.status_code in (200, 302, 422, 429, *((404,) if path in MAY_BE_GONE else ()))
    if answer.status_code == 422:
        assert errors(answer)


@given(said=st.dictionaries(st.sampled_from(FIELDS), anything, max_size=20))
@campaign
def test_a_whole_journey_with_anything_in_it_is_sent_or_explained(said: dict[str, str]) -> None:
    somebody = PasserBy()
    for page in ("lieu", "motif", "joindre", "coordonnees", "nom", "verifier"):
        answer = somebody.client.post(f"/demande/{page}/", said | {"channel": "call", "reasons": "WORK"})
        assert answer.status_code in (200, 302, 422, 429)
        assert somebody.client.get("/demande/verifier/").status_code in (200, 302)


@pytest.mark.parametrize("nasty", NASTY)
def test_nasty_words_are_kept_readable_or_refused_in_french(nasty: str) -> None:
    somebody = PasserBy()
    answer = somebody.client.post("/demande/motif/", {"words": nasty})
    assert answer.status_code == (422 if len(nasty) >= 10_000 else 302)
    assert "<script>alert" not in somebody.get("/demande/motif/")


@pytest.mark.parametrize("query", ["?verifier=%00", "?neuf=1&verifier", "?x=" + "y" * 4000, "?%ff=%fe"])
def test_no_query_breaks_a_page(somebody: PasserBy, query: str) -> None:
    for path in ("/demande/motif/", "/demande/verifier/", "/"):
        somebody.get(path + query)


@pytest.mark.parametrize("cookie", ["", "x" * 5000, "é" * 32, "0" * 32, "' or 1=1 --", "²" * 32])
def test_no_cookie_breaks_a_page(cookie: str) -> None:
    somebody = PasserBy()
    somebody.client.cookies["amarre_passage"] = cookie
    ask_for_help(somebody, channel="none")
    assert "Montreuil" in somebody.get("/demande/verifier/")


def test_too_large_or_malformed_bodies_have_a_page_of_ours(somebody: PasserBy) -> None:
    huge = b"words=" + b"a" * (django_settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    for body, kind in (
        (huge, "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % n for n in range(2000)), "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
        (b"\xff\xfe\x00", "multipart/form-data"),
        (b"{}", "application/json"),
        (b"words=%ff%fe%00", "application/x-www-form-urlencoded; charset=utf-16"),
    ):
        answer = somebody.client.post("/demande/motif/", body, content_type=kind)
        assert answer.status_code in (200, 302, 400, 422), (kind, answer.status_code)


@pytest.mark.parametrize(
    "body", ['{"words": ["\\ud800"]}', '{"words": "x"}', '{"words": [null]}', "[]", "{", '"\\u0000"']
)
def test_what_a_script_saves_never_breaks_the_page_that_resumes_it(somebody: PasserBy, body: str) -> None:
    token = somebody.get("/demande/motif/").split('data-draft-token="')[1].split('"')[0]
    assert somebody.client.post("/brouillon/", {"token": token, "body": body}).status_code in (200, 400, 403)
    somebody.get("/demande/motif/")


@given(raw=st.text(max_size=400))
@campaign
def test_tidy_keeps_what_can_be_read_and_is_stable(raw: str) -> None:
    once = tidy(raw, lines=True)
    assert tidy(once, lines=True) == once
    assert once == once.encode().decode()
    assert not any(c in once for c in "\x00\x1b\u202e")
    assert "\n" not in tidy(raw)


def test_text_is_tidied_not_mangled() -> None:
    assert tidy("Élise\u0300 👩🏽\u200d⚕️ مرحبا") == "Élisè 👩🏽\u200d⚕️ مرحبا"
    assert tidy(" a\r\nb\x00 \t c ", lines=True) == "a\nb c"


def test_forms_never_let_the_browser_cut_a_text(somebody: PasserBy) -> None:
    for path in addresses():
        answer: Any = somebody.client.get(path)
        assert "maxlength" not in text(answer)
    assert PublicForm.use_required_attribute is False
