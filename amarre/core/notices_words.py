"""Every sentence that leaves to say that something happened: fixed, neutral, in the languages of the space.

Read by `core.notices_text`. No name, no reason, no place, no service: `docs/decisions/0017-carriers.md`, and a test.
What stands between [ and ] is said only where its holes are filled.
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
    INVITED = "invited", "choisissez un rendez-vous"
    BOOKED = "booked", "votre rendez-vous est confirmé"
    MOVED = "moved", "votre rendez-vous est déplacé"
    CANCELLED = "cancelled", "votre rendez-vous est annulé"
    REMINDER = "reminder", "rappel de votre rendez-vous"
    SOON = "soon", "votre rendez-vous approche"
    FREED = "freed", "une place s’est libérée"
    OVERDUE = "overdue", "un retour n’est pas confirmé"
    EXPECTED = "expected", "une personne d’ailleurs est attendue à un rendez-vous"
    EXPECTED_MOVED = "expected_moved", "le rendez-vous auquel elle est attendue est déplacé"
    EXPECTED_OFF = "expected_off", "le rendez-vous auquel elle était attendue est annulé"
    SEAT_TAKEN = "seat_taken", "votre place est notée"
    SEAT_WAITING = "seat_waiting", "vous êtes sur la liste d’attente"
    SEAT_FREED = "seat_freed", "une place s’est libérée, elle est à vous"
    SEAT_MOVED = "seat_moved", "la réunion est déplacée"
    SEAT_OFF = "seat_off", "la réunion est annulée"
    SEAT_REMINDER = "seat_reminder", "rappel de votre réunion"


SMS: dict[str, dict[str, str]] = {
    Says.WAITING: {
        "fr": "Un message vous attend.",
        "en": "A message is waiting for you.",
        "ar": "رسالة في انتظارك.",
    },
    Says.INVITED: {
        "fr": "Choisissez votre rendez-vous.[ Tél. {phone}]",
        "en": "Choose your appointment.[ Tel. {phone}]",
        "ar": "اختر موعدك.",
    },
    Says.BOOKED: {
        "fr": "Votre rendez-vous est confirmé[ : {when}].[ Tél. {phone}]",
        "en": "Your appointment is confirmed[: {when}].[ Tel. {phone}]",
        "ar": "تم تأكيد موعدك[: {when}].",
    },
    Says.MOVED: {
        "fr": "Votre rendez-vous est déplacé[ : {when}].[ Tél. {phone}]",
        "en": "Your appointment has moved[: {when}].[ Tel. {phone}]",
        "ar": "تم تغيير موعدك[: {when}].",
    },
    Says.CANCELLED: {
        "fr": "Votre rendez-vous est annulé[ : {when}].[ Tél. {phone}]",
        "en": "Your appointment is cancelled[: {when}].[ Tel. {phone}]",
        "ar": "تم إلغاء موعدك[: {when}].",
    },
    Says.REMINDER: {
        "fr": "Rappel de votre rendez-vous[ : {when}].[ Tél. {phone}]",
        "en": "A reminder of your appointment[: {when}].[ Tel. {phone}]",
        "ar": "تذكير بموعدك[: {when}].",
    },
    Says.SOON: {
        "fr": "Votre rendez-vous approche[ : {when}].[ Tél. {phone}]",
        "en": "Your appointment is soon[: {when}].[ Tel. {phone}]",
        "ar": "موعدك قريب[: {when}].",
    },
    Says.FREED: {
        "fr": "Une place s'est libérée[ : {when}].[ Tél. {phone}]",
        "en": "A place is free[: {when}].[ Tel. {phone}]",
        "ar": "هناك مكان متاح[: {when}].",
    },
    Says.SEAT_TAKEN: {"fr": "Votre place est notée[ : {when}].[ Tél. {phone}]"},
    Says.SEAT_WAITING: {"fr": "Votre attente est notée[ : {when}].[ Tél. {phone}]"},
    Says.SEAT_FREED: {"fr": "Une place s'est libérée, elle est à vous[ : {when}].[ Tél. {phone}]"},
    Says.SEAT_MOVED: {"fr": "La réunion est déplacée[ : {when}].[ Tél. {phone}]"},
    Says.SEAT_OFF: {"fr": "La réunion est annulée[ : {when}].[ Tél. {phone}]"},
    Says.SEAT_REMINDER: {"fr": "Rappel de votre réunion[ : {when}].[ Tél. {phone}]"},
}
SUBJECTS: dict[str, dict[str, str]] = {
    Says.WAITING: {
        "fr": "Un message vous attend",
        "en": "A message is waiting for you",
        "ar": "رسالة في انتظارك",
    },
    Says.PASSED_ON: {"fr": "Votre demande est transmise"},
    Says.PASSED_ON_ADVICE: {"fr": "Votre demande est transmise"},
    Says.INVITED: {"fr": "Choisissez votre rendez-vous", "en": "Choose your appointment", "ar": "اختر موعدك"},
    Says.BOOKED: {
        "fr": "Votre rendez-vous est confirmé",
        "en": "Your appointment is confirmed",
        "ar": "تم تأكيد موعدك",
    },
    Says.MOVED: {"fr": "Votre rendez-vous est déplacé", "en": "Your appointment has moved", "ar": "تم تغيير موعدك"},
    Says.CANCELLED: {
        "fr": "Votre rendez-vous est annulé",
        "en": "Your appointment is cancelled",
        "ar": "تم إلغاء موعدك",
    },
    Says.REMINDER: {
        "fr": "Rappel de votre rendez-vous",
        "en": "A reminder of your appointment",
        "ar": "تذكير بموعدك",
    },
    Says.SOON: {"fr": "Votre rendez-vous approche", "en": "Your appointment is soon", "ar": "موعدك قريب"},
    Says.EXPECTED: {"fr": "Un rendez-vous où vous êtes attendu(e)"},
    Says.EXPECTED_MOVED: {"fr": "Le rendez-vous où vous êtes attendu(e) est déplacé"},
    Says.EXPECTED_OFF: {"fr": "Le rendez-vous où vous étiez attendu(e) est annulé"},
    Says.FREED: {"fr": "Une place s’est libérée", "en": "A place is free", "ar": "هناك مكان متاح"},
    Says.OVERDUE: {"fr": "Un retour n’est pas confirmé"},
    Says.SEAT_TAKEN: {"fr": "Votre place est notée"},
    Says.SEAT_WAITING: {"fr": "Vous êtes sur la liste d’attente"},
    Says.SEAT_FREED: {"fr": "Une place est à vous"},
    Says.SEAT_MOVED: {"fr": "La réunion est déplacée"},
    Says.SEAT_OFF: {"fr": "La réunion est annulée"},
    Says.SEAT_REMINDER: {"fr": "Rappel de votre réunion"},
}
_HELLO = {"fr": "Bonjour,\n\n", "en": "Hello,\n\n", "ar": "مرحبا،\n\n"}
_WHEN = "[{when}\n\n]"
_CALL = {
    "fr": "[Pour nous joindre\u00a0: {phone}\n\n]Ce lien est à vous seul\u00a0: ne le transmettez pas.\n",
    "en": "[To reach us: {phone}\n\n]This link is yours alone: do not pass it on.\n",
    "ar": "[للاتصال بنا: {phone}\n\n]هذا الرابط لك وحدك: لا ترسله إلى أحد.\n",
}
_CHANGE = {
    "fr": "[Pour le voir, le changer ou l’annuler\u00a0:\n\n{door}\n\n]",
    "en": "[To see it, change it or cancel it:\n\n{door}\n\n]",
    "ar": "[لرؤيته أو تغييره أو إلغائه:\n\n{door}\n\n]",
}
_ANOTHER = {
    "fr": "[Pour en choisir un autre\u00a0:\n\n{door}\n\n]",
    "en": "[To choose another one:\n\n{door}\n\n]",
    "ar": "[لاختيار موعد آخر:\n\n{door}\n\n]",
}


_GIVE_UP = {"fr": "[Pour la voir, ou la rendre si vous ne venez pas\u00a0:\n\n{door}\n\n]"}
_SEE = {"fr": "[Pour voir\u00a0:\n\n{door}\n\n]"}


def _body(said: dict[str, str], then: dict[str, str]) -> dict[str, str]:
    """One body for each language, of an appointment: what is said, when, what the link is for, whom to call."""
    return {code: f"{_HELLO[code]}{text}\n\n{_WHEN}{then[code]}{_CALL[code]}" for code, text in said.items()}


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
        "[Pour toute question, appelez le {phone}.\n]",
    },
    Says.PASSED_ON_ADVICE: {
        "fr": "Bonjour,\n\nVotre demande a été transmise. Sa référence\u00a0: {reference}.\n\n"
        "Nous vous répondrons au sujet de votre question.\n\n"
        "[Pour toute question, appelez le {phone}.\n]",
    },
    Says.EXPECTED: {
        "fr": "Bonjour,\n\nVous êtes attendu(e) à un rendez-vous.\n\n[{when}\n\n]"
        "[Si vous ne pouvez pas venir, ou pour toute question, appelez le {phone}.\n]",
    },
    Says.EXPECTED_MOVED: {
        "fr": "Bonjour,\n\nLe rendez-vous où vous êtes attendu(e) est déplacé. Voici le nouveau.\n\n[{when}\n\n]"
        "[Si vous ne pouvez pas venir, ou pour toute question, appelez le {phone}.\n]",
    },
    Says.EXPECTED_OFF: {
        "fr": "Bonjour,\n\nCe rendez-vous est annulé. Il n’a pas lieu.\n\n[{when}\n\n]"
        "[Pour toute question, appelez le {phone}.\n]",
    },
    Says.INVITED: _body(
        {
            "fr": "Vous pouvez choisir le jour et l’heure de votre rendez-vous.",
            "en": "You can choose the day and the time of your appointment.",
            "ar": "يمكنك اختيار يوم موعدك وساعته.",
        },
        {
            "fr": "[Pour choisir\u00a0:\n\n{door}\n\n]",
            "en": "[To choose:\n\n{door}\n\n]",
            "ar": "[للاختيار:\n\n{door}\n\n]",
        },
    ),
    Says.BOOKED: _body(
        {"fr": "Votre rendez-vous est confirmé.", "en": "Your appointment is confirmed.", "ar": "تم تأكيد موعدك."},
        _CHANGE,
    ),
    Says.MOVED: _body(
        {
            "fr": "Votre rendez-vous est déplacé. Voici le nouveau.",
            "en": "Your appointment has moved. Here is the new one.",
            "ar": "تم تغيير موعدك. هذا هو الموعد الجديد.",
        },
        _CHANGE,
    ),
    Says.CANCELLED: _body(
        {
            "fr": "Ce rendez-vous est annulé. Il n’a pas lieu.",
            "en": "This appointment is cancelled. It does not take place.",
            "ar": "تم إلغاء هذا الموعد.",
        },
        _ANOTHER,
    ),
    Says.REMINDER: _body(
        {"fr": "Vous avez un rendez-vous.", "en": "You have an appointment.", "ar": "لديك موعد."}, _CHANGE
    ),
    Says.SOON: _body(
        {"fr": "Votre rendez-vous approche.", "en": "Your appointment is soon.", "ar": "موعدك قريب."}, _CHANGE
    ),
    Says.FREED: _body(
        {
            "fr": "Une place s’est libérée. Elle est au premier qui la prend.",
            "en": "A place is free. It goes to whoever takes it first.",
            "ar": "هناك مكان متاح. هو لمن يحجزه أولا.",
        },
        {
            "fr": "[Pour la prendre\u00a0:\n\n{door}\n\n]",
            "en": "[To take it:\n\n{door}\n\n]",
            "ar": "[لحجزه:\n\n{door}\n\n]",
        },
    ),
    Says.SEAT_TAKEN: _body({"fr": "Votre place est notée."}, _GIVE_UP),
    Says.SEAT_WAITING: _body(
        {"fr": "Toutes les places sont prises. Vous êtes sur la liste d’attente. Nous vous écrivons si une se libère."},
        _SEE,
    ),
    Says.SEAT_FREED: _body({"fr": "Une place s’est libérée. Elle est à vous."}, _GIVE_UP),
    Says.SEAT_MOVED: _body({"fr": "La réunion où vous êtes inscrit(e) est déplacée. Voici le nouveau moment."}, _SEE),
    Says.SEAT_OFF: _body({"fr": "La réunion où vous êtes inscrit(e) est annulée. Elle n’a pas lieu."}, _SEE),
    Says.SEAT_REMINDER: _body({"fr": "Vous avez une place à cette réunion."}, _GIVE_UP),
    Says.OVERDUE: {
        "fr": "Bonjour,\n\nUn retour était prévu, et personne ne l’a confirmé. Ouvrez maintenant cette page\u00a0:"
        "\n\n{door}\n\nElle dit de qui il s’agit, et qui appeler.\n",
    },
}


def in_language(texts: dict[str, str], language: str) -> str:
    """The text in that language, in French where there is none."""
    return texts.get(language, texts[FRENCH])
