"""Letters of the fictional service: a Word template for each kind, one letter to somebody, made as a member makes it.

Read by `service`, once transmissions are made.
"""

from __future__ import annotations

from datetime import timedelta

from amarre.accounts.models import Colleague
from amarre.config.demo.world import World
from amarre.core import word
from amarre.people.models import PersonAccount
from amarre.plans.models import Plan
from amarre.sharing import letter_words as words
from amarre.sharing.letter_sample import sample_template
from amarre.sharing.models import Letter, LetterFile, LetterTemplate
from amarre.sharing.states_letters import LetterFormat, LetterKind

_HOUSE = "Service de santé au travail des Quais (fictif)"
_ASKED = (
    "centre.horaires", "centre.nom", "centre.telephone", "date", "destinataire.adresse", "destinataire.nom", "lieu",
    "objet", "professionnel.fonction", "professionnel.nom", "texte[]",
)  # fmt: skip
"""What the sample asks for, as `word.inspect` says it (held by a test)."""
_TEMPLATES = ((LetterKind.PERSON, "Courrier à l’en-tête"), (LetterKind.TRANSMISSION, "Envoi à l’en-tête"))
_SUBJECT = "Notre prochain rendez-vous"
_BODY = (
    "Bonjour,\n\nComme convenu, je vous confirme notre rendez-vous au centre. Apportez, si vous l’avez, le courrier de "
    "la caisse.\n\nSi ce jour ne vous convient plus, appelez le centre. Nous trouverons un autre moment.\n\nÀ bientôt,"
)


def make_letters(world: World) -> None:
    """Two templates, and a letter to the person whose space is Inès's."""
    at, content = world.days.at(world.rng, world.days.ago(120)), sample_template(_HOUSE)
    kept = [
        world.add(
            LetterTemplate(
                name=name, purpose=kind, content=content, variables=list(_ASKED), by_id=world.users["alex"].pk, at=at
            )
        )
        for kind, name in _TEMPLATES
    ]  # fmt: skip
    user = world.users["ines"].pk
    for account in world.rows[PersonAccount]:
        if isinstance(account, PersonAccount) and account.user_id == user:
            _letter(world, account, kept[0])


def _letter(world: World, account: PersonAccount, template: LetterTemplate) -> None:
    plan = next(p for p in world.rows[Plan] if isinstance(p, Plan) and p.person == account.person)
    centre, person = world.workers["claire"].centre, account.person
    writer = Colleague(id=world.users["claire"].pk, name=world.users["claire"].name)
    values = words.of_person(
        person, centre, writer, subject=_SUBJECT, content=_BODY, address=words.person_address(person), place=""
    )
    body = word.fill(bytes(template.content), values)
    letter = world.add(
        Letter(
            case=plan.case, about=person, kind=LetterKind.PERSON, template=template, format=LetterFormat.DOCX,
            recipient=words.lines(person.full_name, words.person_address(person)), subject=_SUBJECT, size=len(body),
            made_at=world.now - timedelta(days=9), made_by_id=writer.pk,
        )
    )  # fmt: skip
    world.add(LetterFile(letter=letter, body=body))
