"""Who meets what: one row per address and kind of object, one answer per person and method.

Read by `tests/web/test_matrix.py` (HTTP) and `tests/journeys/test_axe.py` (a browser). An address that is not here
fails the tests: add its row with it. Statuses: 200 a page, 302 elsewhere (signing in, or done), 403 seen but not
allowed, 404 not yours, 405 not this method, 422 the form came back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from amarre.config.demo.cast import CAST
from tests import (
    matrix_appointments,
    matrix_collective,
    matrix_directory,
    matrix_employer,
    matrix_health,
    matrix_letters,
    matrix_partner,
    matrix_plans,
    matrix_sharing,
    matrix_space,
    matrix_unit,
)
from tests.rows import CLOSED_CASE, THEO_CASE, YANIS_CASE
from tests.trios import World

EVERYBODY = (*(p.code for p in CAST), "passer_by")
STAFF = frozenset(p.code for p in CAST if p.kind == "staff" and p.active)
OTHER_DOORS = frozenset(p.code for p in CAST if p.kind != "staff")
PERSONS = frozenset({"ines", "yanis"})
STRANGERS = frozenset({"passer_by", "max"})  # who has left is nobody
WORKERS = frozenset({"claire", "bruno", "nadia", "zoe", "theo"})

MONTREUIL = WORKERS - {"theo"}
COUNTER = MONTREUIL | {"sophie", "marc"}  # who reads the requests of Montreuil
KEEPERS = WORKERS | {"sophie", "marc"}  # who writes people and companies
MEMBERS = frozenset({"claire", "bruno", "zoe"})  # of Inès's case
ANSWERING = MEMBERS - {"zoe"}  # a trainee answers for nothing
ADMIN, SETTERS = frozenset({"alex"}), frozenset({"alex", "marc"})

Codes = Collection[str]
Answers = Mapping[int, Codes]
About = Callable[[World], list[Any]] | list[Any]
Data = Mapping[str, Any] | Callable[[World], Mapping[str, Any]]


@dataclass(frozen=True, eq=False)
class Row:
    """One address, about one object."""

    name: str
    get: Answers
    post: Answers
    about: About | None = None
    data: Data = field(default_factory=dict)
    statements: int = 16

    def arguments(self) -> list[Any]:
        """What the address names."""
        return self.about(World()) if callable(self.about) else list(self.about or [])

    def sent(self) -> Mapping[str, Any]:
        """What is posted: as right as it can be, so that only rights decide."""
        return self.data(World()) if callable(self.data) else self.data

    def expected(self, method: str, code: str) -> int:
        """The one status that somebody meets."""
        table = self.get if method == "get" else self.post
        said = [status for status, codes in table.items() if code in codes]
        if len(said) == 1:
            return said[0]
        raise LookupError(f"{self.name} {method} × {code}: {said}")

    def somebody(self) -> str:
        """The first of the cast who is shown the page."""
        return next((code for code in EVERYBODY if code in self.get.get(200, ())), "")


MATRIX: list[Row] = []


def _filled(said: Answers, rest: int) -> Answers:
    """At the staff door: strangers sign in, other doors' accounts are refused, the rest of the staff meets `rest`."""
    found: dict[int, frozenset[str]] = {status: frozenset(codes) for status, codes in said.items()}
    left = STAFF.difference(*found.values())
    for status, codes in ((302, STRANGERS), (403, OTHER_DOORS), (rest, left)):
        found[status] = found.get(status, frozenset()) | codes
    return found


def staff(
    name: str, get: Answers | None, post: Answers | None = None, *, rest: int = 403, about: About | None = None,
    data: Data | None = None, statements: int = 16,
) -> None:  # fmt: skip
    """A page of the staff door. `get=None`: POST alone. `post=None`: a POST is answered as a GET."""
    seen = _filled(get, rest) if get is not None else _filled({405: STAFF}, rest)
    done = _filled(post, rest) if post is not None else seen
    MATRIX.append(Row(f"staff:{name}", seen, done, about, data or {}, statements))


def everybody(name: str, get: Answers | int, post: Answers | int, *, about: About | None = None) -> None:
    """A page of the public door, or of signing in, where who one is changes nothing (an int), or a little."""
    answers = [{said: frozenset(EVERYBODY)} if isinstance(said, int) else said for said in (get, post)]
    MATRIX.append(Row(name, answers[0], answers[1], about))


def _public() -> None:
    for name in ("home", "request_start", "request_check", "request_erase"):
        everybody(f"public:{name}", 200, 200)
    for name in ("employer_start", "employer_check", "employer_erase"):
        everybody(f"public:{name}", 200, 200)
    for name in ("request_where", "request_why", "request_name", "employer_reason"):  # nothing is mandatory there
        everybody(f"public:{name}", 200, 302)
    for name in ("request_reach", "request_contact"):
        everybody(f"public:{name}", 200, 422)
    for name in ("employer_about", "employer_you", "employer_back", "employer_whom", "employer_theme"):
        everybody(f"public:{name}", 200, 422)
    for name in ("request_sent", "employer_sent"):  # nothing was sent from here
        everybody(f"public:{name}", 302, 302)


def _about_request(number: int) -> About:
    return lambda w: [w.request(number).pk]


def _requests() -> None:
    here, advice, waiting = _about_request(0), _about_request(51), _about_request(2)
    staff("request_list", {200: KEEPERS})
    health = {302: {"hugo", "nora"}}  # who sends somebody, by another page
    staff("request_new", {200: KEEPERS, **health}, {422: KEEPERS, **health})
    staff("request", {200: COUNTER}, {422: COUNTER}, rest=404, about=here, statements=20)
    may, looks = {302: MONTREUIL}, {403: {"sophie", "marc"}}
    sent: tuple[tuple[str, About, Data], ...] = (
        ("triage", here, {"triage-urgency": "U2"}),
        ("attempt", waiting, {"attempt-result": "message"}),
        ("no_answer", waiting, {}),
        ("advised", advice, {}),
        ("take", here, lambda w: {"take-person": w.person().pk}),
        ("answer", here, lambda w: {"answer-person": w.person().pk, "answer-answer": "Une adresse."}),
        ("redirect", here, lambda w: {"redirect-centre": w.centre("Nanterre").pk}),
        ("decline", here, {"decline-state": "not_pursued", "decline-reason": "OUT_OF_SCOPE"}),
    )
    for name, about, data in sent:
        staff(f"request_{name}", None, may | looks, rest=404, about=about, data=data)
    staff("request_assign", None, {302: MONTREUIL | {"marc"}, 403: {"sophie"}}, rest=404, about=here)
    staff("request_correct", None, {302: COUNTER}, rest=404, about=here, data={"correct-last_name": "Benali"})


def _cases() -> None:
    def case(w: World) -> list[Any]:
        return [w.case().pk]

    def note(w: World) -> list[Any]:
        return [w.case().pk, w.note("claire").pk]

    for name in ("case_list", "note_search", "note_where"):
        staff(name, {200: WORKERS})
    staff("case", {200: MEMBERS}, rest=404, about=case, statements=27)
    staff("case_situation", {200: MEMBERS}, {422: MEMBERS}, rest=404, about=case)
    staff("note_new", {200: MEMBERS}, {422: MEMBERS}, rest=404, about=case)
    for name in ("case_warn", "case_hold"):
        staff(name, None, {302: MEMBERS}, rest=404, about=case)
    author, others = {"claire"}, {"bruno", "zoe"}
    staff("note_edit", {200: author, 403: others}, {422: author, 403: others}, rest=404, about=note)
    staff("note_open", None, {302: author, 403: others}, rest=404, about=note)
    staff("note_destroy", {200: author, 403: others}, {302: author, 403: others}, rest=404, about=note)
    trainee = {403: {"zoe"}}
    staff("case_members", {200: MEMBERS}, {422: ANSWERING} | trainee, rest=404, about=case)
    staff(
        "member_end", None, {302: ANSWERING} | trainee, rest=404,
        about=lambda w: [w.case().pk, w.membership("bruno").pk],
    )  # fmt: skip
    staff("case_hand_over", {200: author, 403: others}, {422: author, 403: others}, rest=404, about=case)
    staff("case_close", {200: ANSWERING} | trainee, {422: ANSWERING} | trainee, rest=404, about=case)
    staff("case_reopen", None, {302: ANSWERING} | trainee, rest=404, about=case)
    staff(
        "look_back", {200: {"bruno"}}, {422: {"bruno"}}, rest=404,
        about=lambda w: [w.case(CLOSED_CASE).pk, w.look_back().pk],
    )  # fmt: skip
    staff("crisis_for_case", {200: MEMBERS}, {422: MEMBERS}, rest=404, about=case)
    staff("crisis_for_request", {200: COUNTER}, rest=404, about=_about_request(0))


def _crossed() -> None:
    """A case of one's own, and something of another's: nobody gets there."""

    def note(w: World) -> list[Any]:
        return [w.case().pk, w.note("nadia", YANIS_CASE).pk]

    staff("note_edit", {404: STAFF}, about=note)
    staff("note_destroy", {404: STAFF}, about=note)
    staff("note_open", None, {404: STAFF}, about=note)
    staff("look_back", {404: STAFF}, about=lambda w: [w.case().pk, w.look_back().pk])
    staff("member_end", None, {404: STAFF}, about=lambda w: [w.case().pk, w.membership("nadia", YANIS_CASE).pk])
    staff("case", {200: {"nadia"}}, rest=404, about=lambda w: [w.case(YANIS_CASE).pk], statements=27)
    staff("case", {200: {"theo"}}, rest=404, about=lambda w: [w.case(THEO_CASE).pk], statements=17)
    staff("case", {200: {"bruno"}}, rest=404, about=lambda w: [w.case(CLOSED_CASE).pk], statements=27)
    staff("request", {200: {"theo"}}, {422: {"theo"}}, rest=404, about=_about_request(53), statements=20)
    for number, readers in ((54, {"nadia"}), (56, MEMBERS)):  # refused by her; became Inès's case
        staff("request", {200: readers}, {422: readers}, rest=404, about=_about_request(number), statements=20)
    staff("request", {404: STAFF}, about=_about_request(52))  # a centre where nobody works


def _everyday() -> None:
    staff("day", {200: STAFF}, statements=30)
    for name in ("crisis", "my_access", "ui_gallery", "search", "person_list", "company_list"):
        staff(name, {200: STAFF})
    staff("still_here", {204: STAFF})
    staff("journal", {200: {"lea"}})
    watchers = {"lea", "marc"}
    staff("alarm_list", {200: watchers})
    staff("alarm", {200: watchers}, {422: watchers}, about=lambda w: [w.alarm("max").pk])
    staff("alarm", {200: watchers}, about=lambda w: [w.alarm("nadia").pk])
    staff("alarm", {200: {"lea"}, 404: {"marc"}}, about=lambda w: [w.alarm("theo").pk])
    staff("alarm_see", None, {302: watchers}, about=lambda w: [w.alarm("nadia").pk])
    staff("team", {200: {"marc"}})
    for name in ("team_move", "team_cover", "team_requests"):
        staff(name, {200: {"marc"}}, {422: {"marc"}})


def _people_and_companies() -> None:
    def person(w: World) -> list[Any]:
        return [w.person().pk]

    def company(w: World) -> list[Any]:
        return [w.company().pk]

    staff("person", {200: STAFF}, about=person)
    staff("person_new", {200: KEEPERS}, {422: KEEPERS})
    staff("person_edit", {200: KEEPERS}, {422: KEEPERS}, about=person)
    staff("job_new", {200: KEEPERS}, about=person)
    staff("job_edit", {200: KEEPERS}, {422: KEEPERS}, about=lambda w: [w.job().pk])
    keepers = KEEPERS | ADMIN
    staff("company", {200: STAFF}, about=company)
    staff("company_new", {200: keepers}, {422: keepers})
    for name in ("company_edit", "establishment_new"):
        staff(name, {200: keepers}, {422: keepers}, about=company)
    staff("establishment_edit", {200: keepers}, {422: keepers}, about=lambda w: [w.establishment().pk])
    staff("company_import", {200: SETTERS}, {422: SETTERS})
    staff("company_import_check", {404: SETTERS}, about=["nothing"])


def _settings() -> None:
    def centre(w: World) -> list[Any]:
        return [w.centre("Nanterre").pk]

    def number(w: World) -> list[Any]:
        return [w.number().pk]

    staff("settings", {200: SETTERS})
    staff("centre_list", {200: ADMIN})
    staff("centre_new", {200: ADMIN}, {422: ADMIN})
    for name in ("centre", "centre_edit"):
        staff(name, {200: ADMIN}, {422: ADMIN}, about=centre)
    staff("centre_default", None, {302: ADMIN}, about=centre)
    staff("centre_commune_remove", None, {302: ADMIN}, about=lambda w: [w.commune().pk])
    staff("vocabulary", {200: ADMIN}, {422: ADMIN}, about=["place"])
    staff("term_edit", {200: ADMIN}, {422: ADMIN}, about=lambda w: [w.term().pk])
    staff("term_move", None, {302: ADMIN}, about=lambda w: [w.term().pk])
    staff("settings_numbers", {200: SETTERS}, {422: SETTERS})
    staff("settings_number_edit", {200: SETTERS}, {422: SETTERS}, about=number)
    for name in ("settings_number_check", "settings_number_move"):
        staff(name, None, {302: SETTERS}, about=number)


def _accounts() -> None:
    def bruno(w: World) -> list[Any]:
        return [w.user("bruno").pk]

    staff("account_list", {200: ADMIN})
    staff("account_invite", {200: ADMIN}, {422: ADMIN})
    staff("account_edit", {200: ADMIN}, {422: ADMIN}, about=bruno)
    for name in ("account_disable", "account_second_factor", "account_resend"):
        staff(name, None, {302: ADMIN}, about=bruno)
    staff("account_enable", None, {422: ADMIN}, about=bruno)  # he is active


def _entry() -> None:
    signed_in = frozenset(EVERYBODY) - STRANGERS
    everybody("entry_home", 302, 405)
    everybody("entry_access", 302, 405)  # each at their own door
    everybody("entry_invitation", 404, 404, about=["x", "y"])
    everybody("account_login", {302: signed_in, 200: STRANGERS}, {302: signed_in, 200: STRANGERS})
    _space(signed_in)
    everybody("account_logout", {200: signed_in, 302: STRANGERS}, 302)  # from here on, nobody is signed in
    everybody("space_sign_out", 405, 302)
    everybody("account_reset_password", 200, 200)
    everybody("account_reset_password_done", 200, 405)
    everybody("account_reset_password_from_key", 200, 200, about=["x", "y"])
    everybody("account_reset_password_from_key_done", 200, 405)
    again = (  # a password is asked for again first
        "account_reauthenticate", "account_change_password", "mfa_index", "mfa_authenticate", "mfa_reauthenticate",
        "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    )  # fmt: skip
    for name in again:
        everybody(name, 302, 302)
    everybody("api:healthz", 503, 405)  # no worker runs in the tests
    matrix_appointments.api_rows(everybody)
    everybody("mailbox", 404, 405)  # the demo alone has one
    everybody("save_draft", 405, 403)


def _space(signed_in: frozenset[str]) -> None:
    """The way into a person's space: no key of anybody is in the cast."""
    others = signed_in - PERSONS
    everybody("space_sign_in", {302: signed_in, 200: STRANGERS}, {302: signed_in, 422: STRANGERS})
    everybody("space_code", 302, 302)
    everybody("space_passkey_options", 405, 200)
    everybody("space_passkey", 405, 302)
    everybody("space_keys", {200: PERSONS, 302: STRANGERS, 403: others}, {422: PERSONS, 302: STRANGERS, 403: others})
    everybody("space_key_options", 405, {302: STRANGERS, 403: signed_in})  # a code was not typed a moment ago
    nobody_s = {404: PERSONS, 302: STRANGERS, 403: others}
    everybody("space_key_remove", nobody_s, nobody_s, about=["1"])
    everybody("space_signed_out", 200, 405)
    everybody("space_language", 302, 302)


def _plans() -> None:
    matrix_directory.rows(staff)
    matrix_plans.rows(staff)
    matrix_sharing.rows(staff)
    matrix_plans.settings(staff)
    matrix_employer.staff_rows(staff)
    matrix_health.rows(staff)
    matrix_unit.rows(staff)
    matrix_partner.staff_rows(staff)
    matrix_letters.rows(staff)
    matrix_appointments.rows(staff)
    matrix_collective.rows(staff)


def _employee() -> None:
    def add(name: str, get: Answers, post: Answers, about: About | None, statements: int = 16) -> None:
        MATRIX.append(Row(name, get, post, about, {}, statements))

    matrix_space.rows(add)
    matrix_employer.rows(add)
    matrix_partner.rows(add)


for _part in (
    _public, _everyday, _requests, _cases, _crossed, _people_and_companies, _settings, _accounts, _plans,
    _employee, _entry,
):  # fmt: skip
    _part()
