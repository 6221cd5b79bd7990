"""SIREN, SIRET, NAF and postcodes: read as people write them, kept in one shape, refused with a reason.

Read by the commands and the import of this room, and by the forms. Sources: INSEE; domain reference § 7.2.
"""

from __future__ import annotations

import re

from stdnum import luhn

LA_POSTE = "356000000"
SIRET_EXAMPLE, NAF_EXAMPLE, POSTCODE_EXAMPLE = "732 829 320 00074", "56.21Z", "93100"
_NOISE = re.compile(r"[\s.'’\u00a0\u202f-]+")
_ROUNDED = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_NAF = re.compile(r"(\d{2})\.?(\d{2}[A-Z])")


class BadValue(ValueError):
    """A value that cannot be kept; the message says why, in French."""


def clean_siren(text: str) -> str:
    """Nine digits whose key is right. Raises `BadValue`."""
    found = _NOISE.sub("", text)
    if not re.fullmatch(r"[0-9]{9}", found):
        raise BadValue(f"Un SIREN a 9 chiffres\u202f; celui-ci en a {len(re.sub('[^0-9]', '', text))}.")
    if not luhn.is_valid(found):
        raise BadValue("La clé de ce SIREN n’est pas bonne\u202f: un chiffre est faux.")
    return found


def clean_siret(text: str) -> str:
    """Fourteen digits whose key is right, lost leading zeros given back. Raises `BadValue`.

    La Poste's establishments follow a rule of their own: the sum of their digits is a multiple of five.
    """
    if _ROUNDED.search(text):
        raise BadValue("Le tableur a arrondi ce numéro\u202f: mettez la colonne au format texte, puis ressaisissez-le.")
    found = _NOISE.sub("", text)
    if not found:
        raise BadValue("Le SIRET manque.")
    if not re.fullmatch(r"[0-9]+", found):
        raise BadValue("Un SIRET ne contient que des chiffres.")
    if len(found) == 9:
        raise BadValue("Il y a 9 chiffres\u202f: c’est un SIREN. Le SIRET en a 14.")
    if 11 <= len(found) <= 13 and _right(found.zfill(14)):
        return found.zfill(14)
    if len(found) != 14:
        raise BadValue(f"Un SIRET a 14 chiffres\u202f; celui-ci en a {len(found)}.")
    if not _right(found):
        raise BadValue("La clé de ce SIRET n’est pas bonne\u202f: un chiffre est faux.")
    return found


def _right(siret: str) -> bool:
    if siret.startswith(LA_POSTE):
        return luhn.is_valid(siret) or sum(map(int, siret)) % 5 == 0
    return bool(luhn.is_valid(siret) and luhn.is_valid(siret[:9]))


def clean_naf(text: str) -> str:
    """`56.21z` gives `5621Z`; nothing gives nothing. Raises `BadValue`."""
    found = text.replace(" ", "").upper()
    if not found:
        return ""
    shape = _NAF.fullmatch(found)
    if shape is None:
        raise BadValue("Un code NAF a quatre chiffres et une lettre.")
    return "".join(shape.groups())


def clean_postcode(text: str) -> str:
    """Five digits; a lost leading zero is given back; nothing gives nothing. Raises `BadValue`."""
    found = _NOISE.sub("", text)
    if not found:
        return ""
    if not re.fullmatch(r"[0-9]{4,5}", found):
        raise BadValue("Un code postal a cinq chiffres.")
    return found.zfill(5)


def spaced_siret(siret: str) -> str:
    """`732 829 320 00074`, as people read it; a SIREN is spaced likewise."""
    return "\u202f".join(filter(None, (siret[:3], siret[3:6], siret[6:9], siret[9:])))
