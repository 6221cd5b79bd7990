"""Where something is: départements out of postcodes, and distances on the globe.

Read by the models, queries and imports of this room. Pure, but for the expression that PostgreSQL computes.
"""

from __future__ import annotations

from django.db.models import Case, F, FloatField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

EARTH_KM = 6371.0


def department_of(insee: str, postcode: str) -> str:
    """`93`, `2A`, `974`: by the commune's INSEE code, else by the postcode; nothing for nothing.

    A postcode says the département of the post office: for nearly every commune it is the same one.
    """
    code = insee.upper() or postcode
    if len(code) != 5:
        return ""
    if code.startswith(("97", "98")):
        return code[:3]
    if not insee and code.startswith("20"):
        return "2A" if code[:3] in ("200", "201") else "2B"
    return code[:2]


def distance_from(latitude: float, longitude: float) -> Combinable:
    """Kilometres as the crow flies (haversine), by PostgreSQL, from the row's own coordinates; null without them."""
    here = Radians(Value(latitude, FloatField()))
    there = Radians(F("latitude"))
    half_up = Sin((there - here) / 2.0)
    half_across = Sin((Radians(F("longitude")) - Radians(Value(longitude, FloatField()))) / 2.0)
    inside = Power(half_up, 2) + Cos(here) * Cos(there) * Power(half_across, 2)
    arc = Value(2 * EARTH_KM, FloatField()) * ASin(Sqrt(Least(Value(1.0, FloatField()), inside)))
    # LEAST passes over nulls: without this, a place without coordinates would be at the other end of the world.
    known = When(latitude__isnull=False, longitude__isnull=False, then=arc)
    return Case(known, default=None, output_field=FloatField(null=True))
