"""The commands of `cases`."""

from __future__ import annotations

from datetime import timedelta

from tests.rows import ANONYMOUS_CASE, CLOSED_CASE, TODAY, YANIS_CASE
from tests.trios import trio

TOMORROW, LATER = TODAY + timedelta(days=1), TODAY + timedelta(days=20)
NOTE = {"kind": "call", "on": TODAY, "body": "canari-commande : elle a rappelé."}
CLOSE = {"outcome": "SAME_POST", "reason": "DONE", "balance": "canari-commande"}


trio(
    "case.open",
    allowed=("claire", lambda w: {"person": w.person(), "centre_id": w.centre().pk, "source": "employee"}),
    refused="sophie",
    failed={"person": None, "centre_id": 1, "source": "employee", "urgency": "U9999"},
    error=Exception,
)
trio(
    "case.describe",
    allowed=("claire", lambda w: {"case": w.case(), "main_problem": "BUDGET", "summary": "canari-commande"}),
    refused="nadia",
    failed=lambda w: {"case": w.case(), "main_problem": "BUDGET", "summary": "x", "version": 99},
)
trio(
    "case.warn",
    allowed=("claire", lambda w: {"case": w.case(), "text": "canari-commande : ne pas y aller seule."}),
    refused="nadia",
    failed=lambda w: {"case": w.case(), "text": None},
    error=AttributeError,
)
trio(
    "case.hold",
    allowed=("claire", lambda w: {"case": w.case()}),
    refused="marc",
    failed=("bruno", lambda w: {"case": w.case(CLOSED_CASE)}),
)
trio(
    "case.resume",
    allowed=("nadia", lambda w: {"case": w.case(ANONYMOUS_CASE)}),
    refused="claire",
    failed=("claire", lambda w: {"case": w.case()}),
)
trio(
    "case.close",
    allowed=("claire", lambda w: {"case": w.case(), "on": TODAY, "look_back_agreed": True, **CLOSE}),
    refused=("zoe", lambda w: {"case": w.case(), "on": TODAY, **CLOSE}),
    failed=lambda w: {"case": w.case(), "on": TOMORROW, **CLOSE},
)
trio(
    "case.reopen",
    allowed=("bruno", lambda w: {"case": w.case(CLOSED_CASE)}),
    refused="claire",
    failed=("claire", lambda w: {"case": w.case()}),
)
trio(
    "case.look_back",
    allowed=(
        "bruno",
        lambda w: {"case": w.case(CLOSED_CASE), "look_back": w.look_back(), "on": TODAY, "reached": True},
    ),
    refused="claire",
    failed=lambda w: {"case": w.case(CLOSED_CASE), "look_back": w.look_back(), "on": TOMORROW, "reached": True},
)
trio(
    "member.name",
    allowed=(
        "claire",
        lambda w: {
            "assignment": w.assignment(), "user": w.colleague("nadia"), "role": "stand_in", "since": TODAY,
            "until": LATER, "reason": "ABSENCE",
        },
    ),
    refused=(
        "marc",
        lambda w: {
            "assignment": w.assignment(), "user": w.colleague("marc"), "role": "co_lead", "since": TODAY,
            "reason": "LOAD",
        },
    ),
    failed=lambda w: {
        "assignment": w.assignment(), "user": w.colleague("sophie"), "role": "co_lead", "since": TODAY,
        "reason": "LOAD",
    },
)  # fmt: skip
trio(
    "member.end",
    allowed=("claire", lambda w: {"assignment": w.assignment(), "membership": w.membership("bruno")}),
    refused="nadia",
    failed=("bruno", lambda w: {"assignment": w.assignment(), "membership": w.membership("claire")}),
)
trio(
    "case.hand_over",
    allowed=("claire", lambda w: {"case": w.case(), "to": w.colleague("nadia"), "reason": "LOAD"}),
    refused=("bruno", lambda w: {"case": w.case(), "to": w.colleague("nadia"), "reason": "LOAD"}),
    failed=("nadia", lambda w: {"case": w.case(YANIS_CASE), "to": w.colleague("claire"), "reason": "LOAD"}),
)
trio(
    "case.change_lead",
    allowed=("marc", lambda w: {"assignment": w.assignment(), "to": w.colleague("nadia"), "reason": "LOAD"}),
    refused="theo",
    failed=lambda w: {"assignment": w.assignment(CLOSED_CASE), "to": w.colleague("nadia"), "reason": "LOAD"},
)
trio(
    "case.move",
    allowed=("marc", lambda w: {"assignments": [w.assignment()], "to": w.colleague("nadia"), "reason": "LOAD"}),
    refused="nadia",
    failed=lambda w: {"assignments": [w.assignment(CLOSED_CASE)], "to": w.colleague("nadia"), "reason": "LOAD"},
)
trio(
    "case.cover",
    allowed=(
        "marc",
        lambda w: {
            "assignments": [w.assignment()], "stand_in": w.colleague("nadia"), "since": TODAY, "until": LATER,
            "reason": "ABSENCE",
        },
    ),
    refused="claire",
    failed=lambda w: {
        "assignments": [w.assignment()], "stand_in": w.colleague("nadia"), "since": LATER, "until": TODAY,
        "reason": "ABSENCE",
    },
)  # fmt: skip
trio(
    "note.write",
    allowed=("zoe", lambda w: {"case": w.case(), **NOTE}),
    refused="nadia",
    failed=lambda w: {"case": w.case(), **NOTE, "on": TOMORROW},
)
trio(
    "note.edit",
    allowed=("claire", lambda w: {"note": w.note("claire"), "version": 1, "on": TODAY, "body": "canari-commande"}),
    refused="bruno",
    failed=lambda w: {"note": w.note("claire"), "version": 7, "on": TODAY, "body": "autre"},
)
trio(
    "note.open",
    allowed=("bruno", lambda w: {"note": w.note("bruno", private=True)}),
    refused="claire",
    failed=("claire", lambda w: {"note": w.note("claire")}),
)
trio(
    "note.destroy",
    allowed=("bruno", lambda w: {"note": w.note("bruno", private=True)}),
    refused="claire",
    failed=("claire", lambda w: {"note": w.note("claire")}),
)
