"""Every write of a Word template of the service: added, replaced by a new version, withdrawn.

Read by the doors. A template is a file from outside: weighed, shown to the antivirus, opened in a child process, and
refused when it asks for a name that is not in our list. Must not know HTTP.
"""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from amarre.core import antivirus, uploads, word
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command
from amarre.sharing import letter_words as words
from amarre.sharing import policy_letters as policy
from amarre.sharing.models import LetterTemplate
from amarre.sharing.states_letters import TEMPLATES

_INFECTED = "L’antivirus refuse ce fichier. Il n’est pas gardé."
_SILENT = "L’antivirus ne répond pas\u00a0: ce modèle n’est pas gardé. Renvoyez-le dans quelques minutes."


def _checked(kind: str, content: bytes) -> word.Template:
    """What a file asks for. Raises `Refused`."""
    if len(content) > min(settings.AMARRE_UPLOAD_MAX, word.MOST):
        raise Refused(uploads.too_large() if len(content) > settings.AMARRE_UPLOAD_MAX else _heavy())
    verdict = antivirus.scan(content)
    if verdict == antivirus.Verdict.INFECTED:
        raise Refused(_INFECTED)
    if verdict == antivirus.Verdict.UNAVAILABLE:
        raise Refused(_SILENT)
    asked = word.inspect(content)
    unknown = sorted({*asked.variables} - words.known(kind))
    if unknown:
        listed = ", ".join(f"«\u202f{name}\u202f»" for name in unknown)
        raise Refused(
            f"Ce modèle demande ce que ce courrier ne connaît pas\u202f: {listed}. Prenez les variables dans la liste "
            "de cette page, et renvoyez-le."
        )
    return asked


def _heavy() -> str:
    return f"Ce modèle dépasse {word.MOST // 1_000_000} Mo. Allégez ses images, et renvoyez-le."


def _kept(actor: Actor, name: str, purpose: str, content: bytes, version: int) -> LetterTemplate:
    asked = _checked(purpose, content)
    row = LetterTemplate(
        name=name, purpose=purpose, content=content, variables=list(asked.variables), optional=list(asked.optional),
        version=version, by_id=actor.account_id, at=timezone.now(),
    )  # fmt: skip
    row.save()
    return row


def _current(actor: Actor, template: LetterTemplate) -> LetterTemplate:
    rows = LetterTemplate.objects.visible_to(actor).select_for_update(of=("self",)).defer("content")
    current = rows.get(pk=template.pk)
    if not current.active:
        raise Refused("Ce modèle n’est plus proposé. Ouvrez la version qui l’a remplacé.")
    return current


@command("letter_template.add", allowed=policy.may_keep_templates)
def add_template(*, actor: Actor, name: str, purpose: str, content: bytes) -> LetterTemplate:
    """Keep a new template."""
    called = " ".join(name.split())
    if not called:
        raise Refused("Donnez un nom à ce modèle.")
    if purpose not in dict(TEMPLATES):
        raise Refused("Dites à qui s’adressent les courriers faits avec ce modèle.")
    known = LetterTemplate.objects.visible_to(actor).filter(active=True, purpose=purpose)
    if any(row.name.casefold() == called.casefold() for row in known.defer("content")):
        raise Refused("Un modèle porte déjà ce nom. Ouvrez-le pour le remplacer.")
    return _kept(actor, called, purpose, content, 1)


@command("letter_template.replace", allowed=policy.may_keep_templates)
def replace_template(*, actor: Actor, template: LetterTemplate, content: bytes) -> LetterTemplate:
    """A new version takes the place of the one that is proposed; letters that were made keep theirs."""
    current = _current(actor, template)
    current.active = False
    current.save(update_fields=["active"])
    return _kept(actor, current.name, current.purpose, content, current.version + 1)


@command("letter_template.withdraw", allowed=policy.may_keep_templates)
def withdraw_template(*, actor: Actor, template: LetterTemplate) -> LetterTemplate:
    """Propose a template no more."""
    current = _current(actor, template)
    current.active = False
    current.save(update_fields=["active"])
    return current
