"""Every sentence that leaves to say that something happened: fixed, neutral, in the languages of the space.

Read by `core.notices`. No name, no reason, no service: decided in `docs/decisions/0017-carriers.md`, held by a test.
"""

from __future__ import annotations

import re

from django.db import models

FRENCH = "fr"
TELLS = re.compile(
    r"sant[eé]|social|handicap|invalid|inapt|arr[eê]t\b|malad|soin|m[eé]dec|psy|d[eé]pression|addict|alcool|drogue"
    r"|violen|dette|surendet|crise|urgence|dossier|projet|travail|emploi|salari|rqth|\brsa\b|\bcdd\b|licenci"
    r"|amarre(?!\.example)|health|disab|sick|illness|doctor|debt|abuse|\bjob\b|\bwork|employ|\bcase\b|file\b"
    r"|صح|اجتماع|إعاق|عمل|ملف|مرض|طبيب|دين|عنف",
    re.I,
)
"""Words that would tell somebody who looks over a shoulder what this is about, or which service writes."""


class Says(models.TextChoices):
    """What a notice says. `PASSED_ON…` goes to who asked for somebody, or for advice."""

    WAITING = "waiting", "un message vous attend"
    PASSED_ON = "passed_on", "votre demande est transmise"
    PASSED_ON_ADVICE = "passed_on_advice", "votre question est transmise"


SMS: dict[str, dict[str, str]] = {
    Says.WAITING: {
        "fr": "Un message vous attend.",
        "en": "A message is waiting for you.",
        "ar": "رسالة في انتظارك.",
    },
}
SUBJECTS: dict[str, dict[str, str]] = {
    Says.WAITING: {
        "fr": "Un message vous attend",
        "en": "A message is waiting for you",
        "ar": "رسالة في انتظارك",
    },
    Says.PASSED_ON: {"fr": "Votre demande est transmise"},
    Says.PASSED_ON_ADVICE: {"fr": "Votre demande est transmise"},
}
BODIES: dict[str, dict[str, str]] = {
    Says.WAITING: {
        "fr": "Bonjour,\n\nUn message vous attend ici\u00a0:\n\n{door}\n\n"
        "Vous recevrez un code pour entrer. Ce courriel ne contient rien d’autre.\n",
        "en": "Hello,\n\nA message is waiting for you here:\n\n{door}\n\n"
        "You will receive a code to come in. There is nothing else in this e-mail.\n",
        "ar": "مرحبا،\n\nرسالة في انتظارك هنا:\n\n{door}\n\nسيصلك رمز للدخول. لا يحتوي هذا البريد على أي شيء آخر.\n",
    },
    Says.PASSED_ON: {
        "fr": "Bonjour,\n\nVotre demande a été transmise. Sa référence\u00a0: {reference}.\n\n"
        "Nous ne vous dirons rien de plus, quelle que soit la suite. C’est ainsi pour tous.\n\n"
        "Pour toute question, appelez le {phone}.\n",
    },
    Says.PASSED_ON_ADVICE: {
        "fr": "Bonjour,\n\nVotre demande a été transmise. Sa référence\u00a0: {reference}.\n\n"
        "Nous vous répondrons au sujet de votre question.\n\n"
        "Pour toute question, appelez le {phone}.\n",
    },
}


def in_language(texts: dict[str, str], language: str) -> str:
    """The text in that language, in French where there is none."""
    return texts.get(language, texts[FRENCH])
