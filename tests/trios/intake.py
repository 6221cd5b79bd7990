"""The commands of `intake`. Requests of the world, by number: the order of `Source`, then 50 and on (`tests.rows`)."""

from __future__ import annotations

from tests.trios import World, trio

OPEN, AWAITING, ADVICE, ELSEWHERE, REFUSED = 0, 2, 51, 53, 54
WHO = {"first_name": "Inès", "last_name": "Benali", "phone": "06 00 00 01 09"}


def submitted(w: World) -> dict[str, object]:
    return {
        "source": "employee", "centre_id": w.centre().pk, "last_name": "Passante", "words": "canari-commande",
        "reasons": ["BUDGET"],
    }  # fmt: skip


trio(
    "solicitation.submit",
    allowed=("passer_by", submitted),
    refused="alex",
    failed=lambda w: submitted(w) | {"source": "employer_hr"},
)
trio(
    "solicitation.triage",
    allowed=("nadia", lambda w: {"solicitation": w.request(OPEN), "urgency": "U2"}),
    refused="theo",
    failed=lambda w: {"solicitation": w.request(REFUSED), "urgency": "U2"},
)
trio(
    "solicitation.assign",
    allowed=("marc", lambda w: {"solicitation": w.request(OPEN), "to": w.colleague("bruno")}),
    refused="sophie",
    failed=lambda w: {"solicitation": w.request(OPEN), "to": w.colleague("sophie")},
)
trio(
    "solicitation.correct",
    allowed=("sophie", lambda w: {"solicitation": w.request(OPEN), **WHO}),
    refused="hugo",
    failed=lambda w: {"solicitation": w.request(REFUSED), **WHO},
)
trio(
    "solicitation.attempt",
    allowed=("claire", lambda w: {"solicitation": w.request(AWAITING), "result": "refused"}),
    refused="sophie",
    failed=lambda w: {"solicitation": w.request(OPEN), "result": "agreed"},
)
trio(
    "solicitation.no_answer",
    allowed=("claire", lambda w: {"solicitation": w.request(AWAITING)}),
    refused="marc",
    failed=lambda w: {"solicitation": w.request(1)},
)
trio(
    "solicitation.take",
    allowed=("nadia", lambda w: {"solicitation": w.request(OPEN), "person": w.person()}),
    refused="theo",
    failed=lambda w: {"solicitation": w.request(AWAITING), "person": None},
)
trio(
    "solicitation.answer",
    allowed=("nadia", lambda w: {"solicitation": w.request(OPEN), "answer": "canari-commande"}),
    refused="sophie",
    failed=lambda w: {"solicitation": w.request(OPEN), "answer": "  "},
)
trio(
    "solicitation.advise",
    allowed=("nadia", lambda w: {"solicitation": w.request(ADVICE)}),
    refused="theo",
    failed=lambda w: {"solicitation": w.request(OPEN)},
)
trio(
    "solicitation.redirect",
    allowed=("nadia", lambda w: {"solicitation": w.request(OPEN), "centre_id": w.centre("Nanterre").pk}),
    refused="sophie",
    failed=lambda w: {"solicitation": w.request(OPEN), "centre_id": w.centre().pk},
)
trio(
    "solicitation.decline",
    allowed=("nadia", lambda w: {"solicitation": w.request(OPEN), "state": "not_pursued", "reason": "OTHER"}),
    refused="marc",
    failed=lambda w: {"solicitation": w.request(OPEN), "state": "taken", "reason": "OTHER"},
)
