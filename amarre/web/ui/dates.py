"""Dates, hours, amounts and phone numbers as French people write them; in another language, as Django does.

Readers: `templatetags/ui.py`, and any Python that composes a French sentence with a date in it.
Must not know: templates, requests, rooms.
"""

import datetime as dt
import re
from decimal import Decimal

from django.utils import formats, timezone, translation

NBSP = "\u00a0"
NNBSP = "\u202f"

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
SHORT_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
SHORT_MONTHS = (
    *("janv.", "févr.", "mars", "avr.", "mai", "juin"),
    *("juil.", "août", "sept.", "oct.", "nov.", "déc."),
)
PHONE = re.compile(r"(?:\+33|0033|0)([1-9])(\d{8})")


def local_date(moment: dt.date) -> dt.date:
    """The calendar day of a date or of a moment, in the service's time zone."""
    if isinstance(moment, dt.datetime):
        return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).date()
    return moment


def long_day(moment: dt.date) -> str:
    """« mardi 24 novembre », with the year when it is not the current one."""
    day = local_date(moment)
    if not _french():
        return formats.date_format(day, "l j F Y")
    return NBSP.join([DAYS[day.weekday()], _ordinal(day), MONTHS[day.month - 1], *_year(day)])


def short_day(moment: dt.date) -> str:
    """« ven. 27 nov. », with the year when it is not the current one."""
    day = local_date(moment)
    if not _french():
        return formats.date_format(day, "D j M Y")
    return NBSP.join([SHORT_DAYS[day.weekday()], _ordinal(day), SHORT_MONTHS[day.month - 1], *_year(day)])


def hour(moment: dt.datetime | dt.time) -> str:
    """« 14 h 32 », « 9 h » on the hour, with narrow no-break spaces."""
    if isinstance(moment, dt.datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    if not _french():
        return formats.time_format(moment, "H:i")
    minutes = f"{NNBSP}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{NNBSP}h{minutes}"


def moment(when: dt.datetime) -> str:
    """« mardi 24 novembre à 14 h 32 »."""
    return f"{long_day(when)} {'à' if _french() else '·'} {hour(when)}"


def from_today(when: dt.date) -> str:
    """« aujourd’hui », « hier », « il y a 34 jours », « il y a 5 mois », « dans 3 jours »."""
    days = (timezone.localdate() - local_date(when)).days
    words = {0: "aujourd’hui", 1: "hier", -1: "demain"}
    if days in words:
        return words[days]
    return f"{'il y a' if days > 0 else 'dans'} {_span(abs(days))}"


def phone_text(number: str) -> str:
    """« 01 23 45 67 89 » for a French number, the text as it came otherwise."""
    found = PHONE.fullmatch(re.sub(r"[\s.\-()]", "", number))
    if not found:
        return number
    digits = f"0{found[1]}{found[2]}"
    return " ".join(digits[at : at + 2] for at in range(0, 10, 2))


def phone_target(number: str) -> str:
    """What a `tel:` link dials: « +33123456789 », « 3114 »."""
    bare = re.sub(r"[^\d+]", "", number)
    found = PHONE.fullmatch(bare)
    return f"+33{found[1]}{found[2]}" if found else bare


def euros(amount: Decimal) -> str:
    """« 1 234,56 € »; no cents when there are none."""
    whole, _, cents = f"{abs(amount):,.2f}".partition(".")
    sign = "\u2212" if amount < 0 else ""
    return f"{sign}{whole.replace(',', NNBSP)}{'' if cents == '00' else f',{cents}'}{NBSP}€"


def _french() -> bool:
    return (translation.get_language() or "fr").startswith("fr")


def _ordinal(day: dt.date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _year(day: dt.date) -> list[str]:
    return [] if day.year == timezone.localdate().year else [str(day.year)]


def _span(days: int) -> str:
    if days <= 60:
        return f"{days}{NBSP}jours"
    if days < 730:
        return f"{round(days / 30.4)}{NBSP}mois"
    return f"{days // 365}{NBSP}ans"
