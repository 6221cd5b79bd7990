"""The commands of letters and of their templates, in `sharing`.

Claire answers for Inès's case, Zoé learns on it; Nadia is the busy neighbour; Alex and Marc keep the templates.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from amarre.sharing import models as m
from tests.cast import as_owner
from tests.core.hostile_docx import template
from tests.rows import TODAY
from tests.rows_letters import OWN_TEMPLATE
from tests.trios import World, trio
from tests.trios.sharing import draft, left

SAID = "canari-commande"
YESTERDAY = TODAY - timedelta(days=1)


def kept(name: str = OWN_TEMPLATE, *, active: bool = True) -> m.LetterTemplate:
    with as_owner():
        return m.LetterTemplate.objects.get(name=name, active=active)


def _adding(w: World, **said: Any) -> dict[str, Any]:
    return {"name": "Autre modèle", "purpose": "person", "content": template("{{ contenu }}")} | said


trio("letter_template.add", allowed=("marc", _adding), refused="claire",
     failed=lambda w: _adding(w, content=template("{{ secret }}")))  # fmt: skip
trio("letter_template.replace", allowed=("alex", lambda _: {"template": kept(), "content": template("{{ contenu }}")}),
     refused="sophie",
     failed=lambda _: {"template": kept(active=False), "content": template("{{ contenu }}")})  # fmt: skip
trio("letter_template.withdraw", allowed=("alex", lambda _: {"template": kept()}), refused="lea",
     failed=lambda _: {"template": kept(active=False)})  # fmt: skip
trio("letter.make", allowed=("bruno", lambda _: {"transmission": left()}), refused="zoe",
     failed=lambda _: {"transmission": draft()})  # fmt: skip


def _writing(w: World, **said: Any) -> dict[str, Any]:
    return {"case": w.case(), "subject": SAID, "content": SAID} | said


trio("letter.make_for_person", allowed=("zoe", _writing), refused="nadia", failed=lambda w: _writing(w, content=" "))


def _certifying(w: World, **said: Any) -> dict[str, Any]:
    return {"case": w.case(), "centre": w.centre(), "day": YESTERDAY, "start": time(9), "end": time(10)} | said


trio("letter.certificate", allowed=("zoe", _certifying), refused="sophie",
     failed=lambda w: _certifying(w, end=time(8)))  # fmt: skip
