"""Letters of the tests' world: one that carries what Inès agreed to, one under an exception, two to her, one to Yanis.

Read by `tests.rows`. Every sealed text carries a canary, the bytes too; the template is a real one.
"""

from __future__ import annotations

from typing import Any

from amarre.cases.models import Case
from amarre.sharing import letter_words as words
from amarre.sharing import models as m
from tests.core.hostile_docx import template
from tests.rows_sharing import CIRCLE, MEMBERS, THEN

CANARIES: dict[str, frozenset[str]] = {
    "canari-courrier-porte": CIRCLE,
    "canari-courrier-exception": MEMBERS,
    "canari-courrier-ines": CIRCLE,
    "canari-courrier-a-qui": CIRCLE,
    "canari-courrier-objet": CIRCLE,
    "canari-courrier-yanis": frozenset({"nadia", "yanis"}),
}
SENT_TEMPLATE, OWN_TEMPLATE = "Envoi d’essai", "À la personne d’essai"
EVERYTHING = tuple(v.mark for v in words.VARIABLES if len(v.kinds) > 1 and not v.name.endswith("[]"))


def load_letters(world: Any, cases: dict[str, Case]) -> None:
    """Make everything; runs as the owner, inside `commands.loading()`."""
    alex = world.colleague("alex")
    kept = {}
    for name, purpose, more in (
        (SENT_TEMPLATE, "transmission", ["{{ reference }} {{ but }} {{ accord.date }} {{ visible_jusqu_au }}"]),
        (OWN_TEMPLATE, "person", ["{{ personne.prenom }} {{ personne.nom }}", "{{ personne.adresse }}"]),
    ):
        content = template(*EVERYTHING, *more, "{%p for p in texte %}", "{{ p }}", "{%p endfor %}")
        names = [v.name for v in words.VARIABLES if v.mark in "".join((*EVERYTHING, *more))] + ["texte[]"]
        kept[purpose] = m.LetterTemplate(
            name=name, purpose=purpose, content=content, variables=names, by=alex, at=THEN,
        )  # fmt: skip
        kept[purpose].save()
    m.LetterTemplate(
        name=OWN_TEMPLATE, purpose="person", content=b"ancien", variables=[], active=False, by=alex, at=THEN
    ).save()
    ines, yanis = cases["ines"], cases["yanis"]
    carried = m.Transmission.objects.filter(case=ines, state="sent", agreement__isnull=False).order_by("pk")[0]
    excepted = m.Transmission.objects.get(case=ines, exception__isnull=False)
    _letter(world, ines, "claire", "canari-courrier-porte", transmission=carried, template=kept["transmission"])
    _letter(world, ines, "bruno", "canari-courrier-exception", transmission=excepted, about=None)
    _letter(
        world, ines, "zoe", "canari-courrier-ines", kind="person", recipient="canari-courrier-a-qui", format="docx",
        subject="canari-courrier-objet",
    )  # fmt: skip
    _letter(world, ines, "claire", "%PDF-1.7", kind="certificate")
    _letter(world, yanis, "nadia", "canari-courrier-yanis", kind="person")


def _letter(world: Any, case: Case, by: str, body: str, **said: Any) -> None:
    row = m.Letter(
        case=case, size=len(body), made_at=THEN, made_by=world.colleague(by),
        **{"about_id": case.person_id, "kind": "transmission", "recipient": "Essai", "subject": "Essai",
           "format": "pdf"} | said,
    )  # fmt: skip
    if "about" in said:
        row.about_id = None
    row.save()
    m.LetterFile(letter=row, body=body.encode()).save()
