"""The commands of `accounts`."""

from __future__ import annotations

from tests.trios import World, trio

INVITED = {"email": "nouvelle@demo.amarre.example", "name": "Nour Velle", "user_roles": ["health_team"]}


def never_signed_in(w: World) -> dict[str, object]:
    return {"user": w.user("nora")}


trio(
    "account.invite",
    allowed=("alex", INVITED),
    refused="marc",
    failed=INVITED | {"email": "claire@demo.amarre.example"},
)
trio(
    "account.resend",
    allowed=("alex", never_signed_in),
    refused="marc",
    failed=lambda w: {"user": w.user("max")},
)
trio(
    "account.rename",
    allowed=("alex", lambda w: {"user": w.user("nora"), "name": "Nora Lind"}),
    refused="nora",
    failed=lambda w: {"user": w.user("nora"), "name": " "},
)
trio(
    "account.change_roles",
    allowed=("alex", lambda w: {"user": w.user("bruno"), "user_roles": ["social_worker", "coordinator"]}),
    refused=("alex", lambda w: {"user": w.user("alex"), "user_roles": ["social_worker"]}),
    failed=lambda w: {"user": w.user("bruno"), "user_roles": ["admiral"]},
)
trio(
    "account.change_postings",
    allowed=("alex", lambda w: {"user": w.user("bruno"), "centres": [w.centre("Nanterre")]}),
    refused="marc",
    failed=lambda w: {"user": w.user("bruno"), "centres": []},
)
trio(
    "account.disable",
    allowed=("alex", lambda w: {"user": w.user("bruno")}),
    refused=("alex", lambda w: {"user": w.user("alex")}),
    failed=lambda w: {"user": w.user("max")},
)
trio(
    "account.enable",
    allowed=("alex", lambda w: {"user": w.user("max")}),
    refused="claire",
    failed=lambda w: {"user": w.user("bruno")},
)
trio(
    "account.remove_second_factor",
    allowed=("alex", lambda w: {"user": w.user("bruno")}),
    refused=("alex", lambda w: {"user": w.user("alex")}),
    failed={"user": None},
    error=AttributeError,
)
