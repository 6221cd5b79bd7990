"""The half of a definition that counts: scoring, sub-scales, and bands that neither overlap nor leave a hole.

Read by `plans.instruments_parse`. Must not know where the definition comes from.
"""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

from amarre.plans.instruments_fields import Fields
from amarre.plans.instruments_model import Band, Item, ItemKind, Scoring, ScoringKind, Subscale

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_MOST_BANDS, _MOST_SUBSCALES, _MOST_ITEMS = 20, 40, 200
_COUNTABLE = {
    ScoringKind.NONE: (),
    ScoringKind.SUM: (ItemKind.YES_NO, ItemKind.CHOICE, ItemKind.SCALE),
    ScoringKind.TABLE: (ItemKind.YES_NO, ItemKind.CHOICE),
    ScoringKind.FLAGS: (ItemKind.YES_NO,),
}
_YES_NO = {"yes": 1, "no": 0}

Table = tuple[tuple[int, tuple[tuple[int, Decimal], ...]], ...]


def read_scoring(raw: object, items: tuple[Item, ...]) -> Scoring:
    """How the answers count; nothing said means no score."""
    if raw is None:
        return Scoring()
    fields = Fields(raw, "Le calcul")
    kind = ScoringKind(fields.one_of("kind", list(ScoringKind)))
    counted, table = _counted(fields, kind, items), _table(fields, kind, items)
    decimals = fields.integer("decimals", smallest=0, largest=4)
    scoring = Scoring(
        kind=kind,
        constant=fields.decimal("constant", default=Decimal(0)),
        multiplier=fields.decimal("multiplier", default=Decimal(1)),
        decimals=decimals or 0,
        complete_only=fields.yes("complete_only", default=True),
        subscales=_subscales(fields, items),
        items=tuple(number for number, _ in table) if table else counted,
        table=table,
    )
    fields.close()
    return scoring


def _counted(fields: Fields, kind: ScoringKind, items: tuple[Item, ...]) -> tuple[int, ...]:
    """The numbers that count: those that are named, else all that can."""
    countable = [item.number for item in items if item.kind in _COUNTABLE[kind]]
    named = fields.rows("items", most=_MOST_ITEMS)
    if named and kind in (ScoringKind.NONE, ScoringKind.TABLE):
        raise fields.fault("items", f"ne va pas avec la sorte « {kind} » ; retirez-les")
    numbers = tuple(fields.whole("items", number) for number in named) or tuple(countable)
    if len(set(numbers)) < len(numbers):
        raise fields.fault("items", "compte deux fois la même question")
    if not set(numbers) <= set(countable):
        raise fields.fault("items", "nomme une question qui n’existe pas ou qui ne se compte pas")
    if kind in (ScoringKind.SUM, ScoringKind.FLAGS) and not numbers:
        raise fields.fault("items", "manque : aucune question de la grille ne se compte")
    return numbers


def _table(fields: Fields, kind: ScoringKind, items: tuple[Item, ...]) -> Table:
    raw = fields.take("table")
    if kind is not ScoringKind.TABLE:
        if raw is not None:
            raise fields.fault("table", "ne va qu’avec la sorte « table »")
        return ()
    rows = Fields(raw, "Les coefficients")
    by_number = {str(item.number): item for item in items if item.kind in _COUNTABLE[kind]}
    found: dict[int, tuple[tuple[int, Decimal], ...]] = {}
    for name in rows.names():
        item = by_number.get(name)
        if item is None:
            raise fields.fault("table", "nomme une question qui n’existe pas ou qui ne se compte pas")
        found[item.number] = _coefficients(Fields(rows.take(name), f"Les coefficients de la question {name}"), item)
    if not found:
        raise fields.fault("table", "manque")
    return tuple(found.items())


def _coefficients(row: Fields, item: Item) -> tuple[tuple[int, Decimal], ...]:
    """What each answer of a question is worth; every answer has its coefficient."""
    yes_no = item.kind is ItemKind.YES_NO
    keys = _YES_NO if yes_no else {str(value): value for value in item.values}
    worth = tuple((value, row.decimal(key)) for key, value in keys.items())
    row.close()
    return worth


def _subscales(fields: Fields, items: tuple[Item, ...]) -> tuple[Subscale, ...]:
    by_number = {item.number: item for item in items}
    found: dict[str, Subscale] = {}
    for place, raw in enumerate(fields.rows("subscales", most=_MOST_SUBSCALES), 1):
        row = Fields(raw, f"La sous-échelle n° {place}")
        code = row.word("code", _CODE, "logement")
        if code in found:
            raise row.fault("code", "est déjà celui d’une autre sous-échelle")
        numbers = tuple(row.whole("items", number) for number in row.rows("items", most=_MOST_ITEMS))
        found[code] = Subscale(
            code=code,
            label=row.text("label", longest=160),
            items=numbers,
            counts=row.integer("counts"),
            positive_from=row.integer("positive_from"),
        )
        row.close()
        _check_subscale(row, found[code], [by_number[n] for n in numbers if n in by_number])
    return tuple(found.values())


def _check_subscale(row: Fields, subscale: Subscale, items: list[Item]) -> None:
    if not subscale.items or len(items) < len(subscale.items):
        raise row.fault("items", "doit nommer une ou plusieurs questions de la grille")
    if len(set(subscale.items)) < len(subscale.items):
        raise row.fault("items", "compte deux fois la même question")
    if any(item.kind not in _COUNTABLE[ScoringKind.SUM] for item in items):
        raise row.fault("items", "nomme une question qui ne se compte pas")
    if subscale.counts is not None and not all(subscale.counts in item.values for item in items):
        raise row.fault("counts", "n’est pas une réponse de chacune de ces questions")


def reach(scoring: Scoring, items: tuple[Item, ...]) -> tuple[Decimal, Decimal]:
    """The lowest and the highest score that answers can give."""
    worth = {number: [points for _, points in values] for number, values in scoring.table}
    low = high = Decimal(0)
    for item in items:
        if item.number not in scoring.items:
            continue
        points = worth.get(item.number) or [Decimal(value) for value in item.values]
        if item.shown_if or not scoring.complete_only:
            points = [*points, Decimal(0)]
        low, high = low + min(points), high + max(points)
    ends = sorted(scoring.constant + scoring.multiplier * end for end in (low, high))
    return ends[0], ends[1]


def read_bands(fields: Fields, scoring: Scoring, items: tuple[Item, ...]) -> tuple[Band, ...]:
    """What the scores mean, from the lowest to the highest."""
    rows = fields.rows("bands", most=_MOST_BANDS)
    if rows and scoring.kind not in (ScoringKind.SUM, ScoringKind.TABLE):
        raise fields.fault("bands", "ne va pas avec une grille sans score ; retirez-les")
    step = Decimal(1).scaleb(-scoring.decimals)
    bands = tuple(_band(Fields(raw, f"La tranche n° {place}"), step) for place, raw in enumerate(rows, 1))
    if len({band.code for band in bands}) < len(bands):
        raise fields.fault("bands", "donne deux fois le même code")
    for before, after in itertools.pairwise(bands):
        if after.low <= before.high:
            raise fields.fault("bands", f"se chevauchent entre « {before.label} » et « {after.label} »")
        if after.low != before.high + step:
            raise fields.fault("bands", f"laissent un trou entre « {before.label} » et « {after.label} »")
    if bands:
        low, high = reach(scoring, items)
        if low < bands[0].low or high > bands[-1].high:
            raise fields.fault("bands", f"doivent couvrir tous les scores possibles, de {low} à {high}")
    return bands


def _band(row: Fields, step: Decimal) -> Band:
    low, high = row.decimal("low"), row.decimal("high")
    for name, bound in (("low", low), ("high", high)):
        if bound != bound.quantize(step):
            raise row.fault(name, "a plus de décimales que le score")
    if low > high:
        raise row.fault("high", "doit être au moins égal au minimum")
    band = Band(
        code=row.word("code", _CODE, "severe"),
        low=low,
        high=high,
        label=row.text("label", longest=160),
        advice=row.text("advice", longest=600, required=False),
    )
    row.close()
    return band
