"""An employer tries to learn whether somebody came: twelve ways, all of which fail.

Each way looks at two worlds (`two_worlds`): Inès has a case, agreements for others and for her employer, messages and a
space; or she never came. Paul, of the place where she works, Rita, of another one, Karim, elected, and a passer-by
look. No clock is read: « timing » is the list of statements that were run. What PostgreSQL itself would say is in
`test_learns_nothing_sql`; what a real browser sees and a real worker carries, in `tests/journeys`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from django.urls import reverse
from django.utils.http import int_to_base36

from amarre.core.commands import REGISTRY
from amarre.organisations.models import Contact
from tests.cast import as_owner, user
from tests.core import test_trios
from tests.matrix import MATRIX
from tests.rows_sharing import CODE, SECRET
from tests.trios import TRIOS, World
from tests.web.employer.two_worlds import Look, browser, differences, hers, in_both, jobs, look
from tests.web.test_matrix import undone

pytestmark = pytest.mark.django_db
EMPLOYERS = ("paul", "rita", "karim")
WATCHERS = (*EMPLOYERS, "passer_by")
DOOR = tuple(f"/employeur/{path}" for path in (
    "", "messages/", "conseils/", "conseils/nouveau/", "aide/", "aide/transmise/", "obligations/", "jamais/",
    "mes-acces/", "actions/", "actions/demander/", "actions/travail/",
))  # fmt: skip
MAIL = "ines@demo.amarre.example"
HER = {"first_name": "Inès", "last_name": "Benali", "phone": "06 00 00 01 01", "email": MAIL}
TELL_THEM = ("advice.", "contact.", "account.", "action.", "session.")
"""Commands whose business is an employer's contact: their question, invitation, account, what is done for a group."""
Looks = dict[str, Look]
See = Callable[[], Looks]


def pages(*codes: str, query: str = "", **headers: str) -> Looks:
    """Every page of the door, as each of them is shown it."""
    clients = {code: browser(code) for code in codes}
    return {f"{c} {path}": look(clients[c], path + query, **headers) for c in codes for path in DOOR}


def asks(*paths: str, codes: tuple[str, ...] = ("paul", "passer_by"), sent: Mapping[str, Any] | None = None) -> See:
    """The same addresses in both worlds, opened and (when something is sent) posted to."""

    def see() -> Looks:
        clients = {code: browser(code) for code in codes}
        found = {f"{c} {path}": look(clients[c], path) for c in codes for path in paths}
        if sent is not None:
            found |= {f"{c} POST {path}": look(clients[c], path, sent) for c in codes for path in paths}
        return found

    return see


def same(see: See) -> Looks:
    """Nothing differs; what was seen, to say that it was something."""
    came, never = in_both(see)
    assert differences(came, never) == []
    assert came
    return came


def statuses(looks: Looks) -> set[int]:
    return {seen.status for seen in looks.values()}


def guesses() -> list[int]:
    """Keys of what hangs on her (her case, what was sent, agreed, written), and one that is nowhere."""
    kinds = (
        "cases_case",
        "sharing_transmission",
        "sharing_agreement",
        "sharing_answer",
        "plans_document",
        "plans_plan",
    )
    found = hers()
    return [*(max(found[kind]) for kind in kinds), 7]


class Words(HTMLParser):
    """What a page says, and where it leads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.fields: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [str(value) for name, value in attrs if name in ("href", "action", "src")]
        if tag in ("input", "textarea", "select", "datalist"):
            self.fields.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


# 1. The pages -------------------------------------------------------------------------------------


def test_1_the_pages_are_the_same_to_the_byte() -> None:
    seen = same(lambda: pages(*EMPLOYERS))
    assert seen["paul /employeur/"].status == 200
    assert not any("Benali" in page.body or "Un message vous attend" in page.body for page in seen.values())


def test_1_a_row_shown_by_mistake_turns_it_red() -> None:
    """Positive control: Paul keeps what he received about her; Rita still sees nothing."""
    came, never = in_both(lambda: pages(*EMPLOYERS), planted=True)
    found = differences(came, never)
    assert {line.split(":")[0] for line in found} == {"paul /employeur/", "paul /employeur/messages/"}
    assert any(": statements:" in line for line in found), "one list more is one statement more"


def test_1_what_is_said_of_a_request_for_her_is_the_same() -> None:
    """« Votre demande est transmise », although she agreed that this very contact be told something."""

    def see() -> Looks:
        whom = {**HER, "reason": "WISHES_TO_TALK"}
        return {c: look(browser(c), "/employeur/aide/", whom) for c in EMPLOYERS}

    seen = same(see)
    assert [seen[c].status for c in EMPLOYERS] == [302, 302, 403]
    assert seen["paul"].headers["Location"] == "/employeur/aide/transmise/"


# 2. Status codes ----------------------------------------------------------------------------------


def test_2_every_address_of_the_service_answers_alike() -> None:
    """Each address of the matrix, about the very objects that hang on her, asked by Paul; and posted to."""
    with undone():
        asked = {reverse(row.name, args=row.arguments()): dict(row.sent()) for row in MATRIX}

    def see() -> Looks:
        client = browser("paul")
        found = {f"GET {path}": look(client, path) for path in asked}
        return found | {f"POST {path}": look(client, path, sent) for path, sent in asked.items()}

    seen = same(see)
    assert statuses(seen) >= {200, 302, 403, 404, 405, 422}
    assert len(seen) > 300


def test_2_guessed_keys_are_nowhere() -> None:
    """The key of a case, a transmission, an agreement, a document… in each address of the door that takes one."""
    made = [
        reverse(f"employer:{name}", args=[key]) for key in guesses() for name in ("message", "message_open", "advice")
    ]
    assert len(made) > 20
    seen = same(asks(*made, codes=("paul",), sent={"kind": "accepted", "words": "Oui"}))
    assert statuses(seen) == {404, 405}


# 3. Timing ----------------------------------------------------------------------------------------


def test_3_the_statements_are_the_same_in_number_and_in_shape() -> None:
    """Said by every comparison of this file, since a look holds its statements; here, that they are heard at all."""
    seen = same(asks(*DOOR, codes=EMPLOYERS, sent={**HER, "reason": "WISHES_TO_TALK"}))
    heard = [seen[f"paul {path}"].statements for path in DOOR]
    assert all(len(statements) > 3 for statements in heard)
    asked = "\n".join(seen["paul POST /employeur/aide/"].statements)
    assert 'INSERT INTO "intake_solicitation"' in asked
    for table in ("cases_", "people_", "plans_", "sharing_"):
        assert table not in asked, "asking for help looks at nothing that exists only if somebody came"


def test_3_a_statement_more_turns_it_red() -> None:
    """Positive control: with a row left by mistake, opening it runs other statements."""
    from tests.matrix_employer import message

    with undone():
        (key,) = message(read_at=None)(World())
    came, never = in_both(asks(reverse("employer:message", args=[key]), codes=("paul",)), planted=True)
    assert any("statements" in line for line in differences(came, never))


# 4. Reminders -------------------------------------------------------------------------------------


def test_4_nothing_done_in_a_case_is_announced_to_an_employer() -> None:
    """Each command of the service as its own trio does it: no job names a contact or their account."""
    with as_owner():
        theirs = {user(c).pk for c in EMPLOYERS}
        theirs |= set(Contact.objects.filter(user_id__in=theirs).values_list("pk", flat=True))
    told = []
    for verb in sorted(set(REGISTRY) & set(TRIOS)):
        with undone():
            before = jobs()
            test_trios.run(verb, TRIOS[verb].allowed)
            told += [verb for _, args in jobs()[len(before) :] if theirs & set(args.values())]
    assert {verb for verb in told if not verb.startswith(TELL_THEM)} == set()
    assert "advice.answer" in told, "the eyes of this test are open"


# 5. Counts ----------------------------------------------------------------------------------------


def test_5_every_number_on_every_page_is_the_same() -> None:
    def see() -> dict[str, list[str]]:
        return {name: re.findall(r"\d+", " ".join(Words(p.body).words)) for name, p in pages(*EMPLOYERS).items()}

    came, never = in_both(see)
    assert came == never
    assert came["paul /employeur/obligations/"], "there are numbers to compare"
    planted, without = in_both(see, planted=True)
    assert planted != without


# 6. The calendar ----------------------------------------------------------------------------------


def test_6_no_calendar_answers() -> None:
    """Neither at this door nor at another; and whatever address there is answers alike."""
    guessed = [
        f"{door}{path}"
        for door in ("/", "/employeur/", "/pro/", "/espace/", "/api/")
        for path in (
            "agenda/", "agenda.ics", "calendrier/", "calendrier.ics", "rendez-vous/", "rendez-vous.ics", "permanences/",
            *(f"rendez-vous/{key}/" for key in guesses()[:3]), *(f"agenda/{SECRET}.ics" for _ in range(1)),
        )
    ]  # fmt: skip
    seen = same(asks(*guessed))
    assert statuses(seen) <= {302, 403, 404}


# 7. Links -----------------------------------------------------------------------------------------


def test_7_no_link_answers_differently() -> None:
    """Secrets that are guessed, keys of accounts, drafts: whether she has a space or a link was made about her."""
    uid = int_to_base36(user("ines").pk)
    wrong = f"{SECRET[:-1]}x"
    guessed = [
        *(f"/{door}{path}/" for door in ("partenaire/", "") for path in (f"lien/{wrong}", f"lien/{wrong}/{CODE}")),
        f"/compte/invitation/{uid}/{wrong}/",
        f"/compte/mot-de-passe/nouveau/{uid}-{wrong}/",
        *(f"/partenaire/lien/{key}/" for key in guesses()),
    ]
    seen = same(asks(*guessed, sent={"code": CODE}))
    assert statuses(seen) <= {200, 302, 403, 404, 405, 422}


def test_7_pages_lead_to_the_same_places() -> None:
    def see() -> dict[str, list[str]]:
        return {name: Words(p.body).links for name, p in pages(*EMPLOYERS).items()}

    came, never = in_both(see)
    assert came == never
    assert not any(re.search(r"/messages/\d", link) for links in came.values() for link in links)


# 8. Search ----------------------------------------------------------------------------------------


def test_8_nothing_can_be_searched() -> None:
    """A name in the address changes no page, and no field searches."""
    query = "?q=Benali&nom=Benali&recherche=In%C3%A8s&search=Benali"
    assert statuses(same(lambda: pages("paul", query=query))) == {200}
    for page in pages("paul").values():
        fields = Words(page.body).fields
        assert not [f for _, f in fields if f.get("type") == "search" or f.get("name") in ("q", "search")]
    assert statuses(same(asks("/employeur/recherche/", "/employeur/salaries/", "/employeur/?q=Benali"))) <= {
        200,
        302,
        404,
    }


# 9. Autocomplete ----------------------------------------------------------------------------------


def test_9_nothing_is_suggested() -> None:
    """The parts of pages that HTMX asks for are the same, and no field comes with a list."""
    seen = same(lambda: pages(*EMPLOYERS, query="?last_name=Ben", HX_Request="true"))
    for page in seen.values():
        fields = Words(page.body).fields
        assert not [tag for tag, field in fields if tag == "datalist" or "list" in field]
        assert not [field for _, field in fields if any(str(name).startswith("hx-") for name in field)]
    assert statuses(same(asks("/employeur/aide/?last_name=Benali", "/employeur/suggestions/?q=Ben"))) <= {200, 302, 404}


# 10. Errors ---------------------------------------------------------------------------------------


def test_10_what_is_wrong_is_said_in_the_same_words() -> None:
    """A form that comes back, what is refused, missing or malformed: in the same words, with her name in it."""
    bad = [
        {**HER, "phone": "", "email": ""}, {**HER, "phone": "1"}, {**HER, "reason": "PREGNANCY"},
        {**HER, "last_name": "Benali" * 60}, {**HER, "contact": "1"}, {"last_name": "Benali"},
    ]  # fmt: skip

    def see() -> Looks:
        client = browser("paul")
        return {str(n): look(client, "/employeur/aide/", sent) for n, sent in enumerate(bad)}

    seen = same(see)
    assert 422 in statuses(seen)
    wrong = ("/employeur/?x=%00", "/employeur/nulle-part/", "/employeur/messages/x/", f"/employeur/messages/{10**30}/")
    assert statuses(same(asks(*wrong, "/pro/dossiers/", "/espace/", codes=("paul",)))) == {400, 403, 404}


# 11. Mail -----------------------------------------------------------------------------------------


def test_11_what_is_sent_and_queued_is_the_same() -> None:
    """After a request for her, by Paul, and by a passer-by with the public form: mails, notices, arguments of jobs."""

    def see() -> Looks:
        return {c: look(browser(c), "/employeur/aide/", {**HER, "reason": ""}) for c in ("paul", "rita")}

    for seen in same(see).values():
        assert not any(MAIL in str(said) or "Benali" in str(said) for said in (*seen.mails, *seen.queued))


@pytest.mark.parametrize("path", ["/espace/connexion/", "/compte/mot-de-passe/oublie/", "/compte/connexion/"])
def test_11_her_address_opens_nothing_that_one_can_see(path: str) -> None:
    """Typed by a passer-by where one signs in. What leaves goes to her address alone: only the answer is compared."""

    def see() -> dict[str, Any]:
        sent = {"email": MAIL, "login": MAIL, "password": "essai-1234"}
        found = look(browser("passer_by"), path, sent)
        return {"status": found.status, "headers": dict(found.headers), "body": found.body}

    came, never = in_both(see)
    assert differences(came, never) == []


# 12. Figures --------------------------------------------------------------------------------------


def test_12_no_figure_is_given() -> None:
    """This door holds no figures; those that may come are protected aggregates, at an address of their own."""
    guessed = [f"/employeur/{path}" for path in ("chiffres/", "rapport/", "statistiques/", "indicateurs/", "export/")]
    assert statuses(same(asks(*guessed, codes=EMPLOYERS))) == {404}
    for seen in same(lambda: pages(*EMPLOYERS)).values():
        words = " ".join(Words(seen.body).words)
        assert not re.search(r"\d+\s+(salariés?|personnes?|dossiers?|demandes?) (suivi|accompagn|reçu)", words)
