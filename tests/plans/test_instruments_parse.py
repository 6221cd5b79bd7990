"""Definitions: a service may write its own grid, and whatever is wrong in it is said in French."""

from __future__ import annotations

import copy
import json
import tomllib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amarre.plans.instruments import DATA, Grid, ItemKind, Malformed, asked, parse, score

GOOD = {
    "code": "budget_du_mois",
    "version": "1",
    "title": "Le budget du mois",
    "short": "Budget",
    "sections": [{"code": "now", "title": "Ce mois-ci"}, {"code": "after", "title": "Ensuite"}],
    "choices": [{"points": 0, "label": "Ça va"}, {"points": 1, "label": "C’est juste"}],
    "items": [
        {"number": 1, "label": "Le loyer", "kind": "choice", "section": "now"},
        {"number": 2, "label": "Des dettes ?", "kind": "yes_no", "section": "now"},
        {
            "number": 3,
            "label": "Combien pèsent-elles ?",
            "kind": "scale",
            "section": "now",
            "low": 0,
            "high": 4,
            "choices": [{"points": 0, "label": "rien"}, {"points": 4, "label": "beaucoup"}],
            "shown_if": {"item": 2, "values": [True]},
        },
        {"number": 4, "label": "Combien d’enfants ?", "kind": "number", "section": "after", "low": 0, "high": 20},
        {"number": 5, "label": "Autre chose ?", "kind": "text", "section": "after"},
        {"number": 6, "label": "Qui vous aide ?", "kind": "multiple", "section": "after"},
    ],
    "scoring": {
        "kind": "sum",
        "items": [1, 3],
        "subscales": [{"code": "now", "label": "Ce mois-ci", "items": [1], "counts": 1}],
    },
    "bands": [
        {"code": "light", "low": 0, "high": 2, "label": "Léger"},
        {"code": "heavy", "low": 3, "high": 5, "label": "Lourd", "advice": "En parler."},
    ],
}


def broken(*path: object, value: object = None, drop: bool = False) -> dict[str, object]:
    """The good definition with one thing changed."""
    made = copy.deepcopy(GOOD)
    target = made
    for step in path[:-1]:
        target = target[step]
    if drop:
        del target[path[-1]]
    else:
        target[path[-1]] = value
    return made


def test_a_good_definition_is_a_grid_of_the_service():
    grid = parse(GOOD, own=True)
    assert grid.own
    assert (grid.language, grid.source, grid.checked_on) == ("fr", "Grille écrite par le service", None)
    assert [item.kind for item in grid.items] == [
        ItemKind.CHOICE, ItemKind.YES_NO, ItemKind.SCALE, ItemKind.NUMBER, ItemKind.TEXT, ItemKind.MULTIPLE,
    ]  # fmt: skip
    assert [choice.label for choice in grid.item(2).choices] == ["Oui", "Non"]
    assert grid.item(3).shown_if == (2, (1,))
    assert grid.item(6).choices == grid.item(1).choices, "the choices of the whole grid"
    assert grid.item(5).optional
    assert (grid.bands[1].low, grid.bands[1].high) == (Decimal(3), Decimal(5))
    result = score(grid, {1: 1, 2: True, 3: 2})
    assert (result.score, result.band, result.band_label, result.subscores) == (3, "heavy", "Lourd", {"now": 1})


def test_a_definition_out_of_json_is_the_same_as_out_of_toml():
    text = (DATA / "epices-1.toml").read_text("utf-8")
    again = json.loads(json.dumps(tomllib.loads(text), default=date.isoformat))
    assert parse(again) == parse(tomllib.loads(text))


def test_what_we_ship_says_more_than_what_a_service_writes():
    with pytest.raises(Malformed, match="but"):
        parse(GOOD)


TABLE = {"kind": "table", "table": {"1": {"0": "0", "1": "1"}, "2": {"yes": "2", "no": "0"}}}
FAULTS = [
    (broken("code", drop=True), "« code » manque"),
    (broken("code", value="Mon code"), "exemple"),
    (broken("version", value=1), "doit être un texte"),
    (broken("version", value="0"), "exemple"),
    (broken("title", value="  "), "« titre » manque"),
    (broken("title", value="x" * 161), "dépasse 160"),
    (broken("title", value="a\x00b"), "ne s’écrit pas"),
    (broken("title", value="a\ud800b"), "ne s’écrit pas"),
    (broken("titel", value="Titre"), "« titel » n’existe pas"),
    (broken("items", value=[]), "au moins une question"),
    (broken("items", value="beaucoup"), "doit être une liste"),
    (broken("items", value=[GOOD["items"][1]] * 201), "dépasser 200"),
    (broken("items", 0, value="Le loyer"), "question n° 1 : il faut un groupe de champs"),
    (broken("items", 1, "number", value=1), "« numéro » 1 est déjà celui d’une autre question"),
    (broken("items", 1, "number", value=True), "nombre entier"),
    (broken("items", 1, "number", drop=True), "« numéro » manque"),
    (broken("items", 1, "label", drop=True), "question n° 2 : « libellé » manque"),
    (broken("items", 1, "kind", value="oui_non"), "l’un de ces mots"),
    (broken("items", 1, "section", value="elsewhere"), "sections de la grille"),
    (broken("items", 1, "section", drop=True), "« section » manque"),
    (broken("items", 1, "code", value="1"), "numéro d’une autre question"),
    (broken("items", 1, "labell", value="x"), "« labell » n’existe pas"),
    (broken("items", 1, "choices", value=[{"points": 2, "label": "Oui"}, {"points": 0, "label": "Non"}]), "valeur 1"),
    (broken("items", 0, "choices", value=[{"points": 0}]), "choix n° 1 : « libellé » manque"),
    (broken("items", 0, "choices", value=[{"points": 0, "label": "Seul"}]), "au moins deux"),
    (broken("choices", drop=True), "au moins deux"),
    (broken("choices", 1, "points", value=0), "déjà celle d’un autre choix"),
    (broken("choices", 1, "label", value="Ça va"), "deux fois le même libellé"),
    (broken("items", 4, "choices", value=GOOD["choices"]), "question libre"),
    (broken("items", 2, "shown_if", "item", value=9), "posée plus haut"),
    (broken("items", 2, "shown_if", "item", value=3), "posée plus haut"),
    (broken("items", 2, "shown_if", "item", value=4), "posée plus haut"),
    (broken("items", 5, "shown_if", value={"item": 5, "values": ["x"]}), "question libre"),
    (broken("items", 2, "shown_if", "values", value=[2]), "n’offre pas"),
    (broken("items", 2, "shown_if", "values", value=[]), "manque"),
    (broken("items", 2, "shown_if", "values", value=[[1]]), "nombre entier"),
    (broken("items", 2, "high", drop=True), "deux bouts"),
    (broken("items", 2, "high", value=0), "plus grand"),
    (broken("items", 2, "high", value=200), "plus de 100 pas"),
    (broken("items", 2, "choices", 0, "points", value=1), "deux bouts"),
    (broken("items", 0, "low", value=1), "échelle ou un nombre"),
    (broken("items", 1, "urgent_from", value=2), "aucune réponse"),
    (broken("items", 1, "sensitive", value="oui"), "vrai ou faux"),
    (broken("scoring", "kind", value="moyenne"), "l’un de ces mots"),
    (broken("scoring", "items", value=[1, 9]), "n’existe pas"),
    (broken("scoring", "items", value=[5]), "ne se compte pas"),
    (broken("scoring", "items", value=[1, 1]), "deux fois"),
    (broken("scoring", "constant", value=0.5), "nombre exact"),
    (broken("scoring", "constant", value="NaN"), "nombre exact"),
    (broken("scoring", "constant", value="9999999"), "nombre exact"),
    (broken("scoring", "decimals", value=9), "entre 0 et 4"),
    (broken("scoring", "table", value={}), "sorte « table »"),
    (broken("scoring", "subscales", 0, "items", value=[9]), "questions de la grille"),
    (broken("scoring", "subscales", 0, "items", value=[5]), "ne se compte pas"),
    (broken("scoring", "subscales", 0, "counts", value=7), "n’est pas une réponse"),
    (broken("scoring", value={**TABLE, "table": {}}), "manque"),
    (broken("scoring", value={**TABLE, "table": {"9": {}}}), "n’existe pas"),
    (broken("scoring", value={**TABLE, "table": {"2": {"yes": "2"}}}), "« no » doit être un nombre exact"),
    (broken("scoring", value={**TABLE, "table": {2: {"yes": "2", "no": "0"}}}), "n’est pas un texte"),
    (broken("bands", 1, "low", value=2), "chevauchent"),
    (broken("bands", 1, "low", value=4), "trou"),
    (broken("bands", 1, "low", value="3.5"), "décimales"),
    (broken("bands", 1, "high", value=4), "tous les scores possibles, de 0 à 5"),
    (broken("bands", 0, "low", value=1), "tous les scores possibles"),
    (broken("bands", 1, "high", value=1), "au moins égal"),
    (broken("bands", 1, "code", value="light"), "deux fois le même code"),
    (broken("bands", 1, "label", drop=True), "tranche n° 2 : « libellé » manque"),
    (broken("scoring", value={"kind": "none"}), "sans score"),
    (broken("checked_on", value="hier"), "date"),
    ([], "groupe de champs"),
    (None, "groupe de champs"),
]


@pytest.mark.parametrize(("definition", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_faulty_definition_is_refused_with_its_reason(definition, said):
    with pytest.raises(Malformed) as refused:
        parse(definition, own=True)
    words = str(refused.value)
    assert said in words.replace("\u202f", " ").replace("\u00a0", " ")
    assert words.endswith(".")


def test_bands_follow_the_decimals_of_the_score():
    bands = [
        {"code": "a", "low": "0", "high": "1.99", "label": "A"},
        {"code": "b", "low": "2.00", "high": "5", "label": "B"},
    ]
    scoring = {"kind": "sum", "items": [1, 3], "decimals": 2}
    grid = parse({**GOOD, "scoring": scoring, "bands": bands}, own=True)
    assert score(grid, {1: 1, 2: False}).score == Decimal("1.00")
    with pytest.raises(Malformed, match="trou"):
        parse({**GOOD, "scoring": scoring, "bands": [bands[0], {**bands[1], "low": "2.01"}]}, own=True)


def test_a_table_counts_what_it_names():
    grid = parse({**GOOD, "scoring": TABLE, "bands": []}, own=True)
    assert grid.scoring.items == (1, 2)
    assert score(grid, {1: 1, 2: True}).score == 3
    assert score(grid, {1: 1}).score is None


PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is not a fault of the grids."""

KEYS = [
    "code", "version", "title", "short", "items", "number", "label", "kind", "choices", "points", "scoring", "table",
    "bands", "low", "high", "shown_if", "item", "values", "sections", "subscales", "urgent_from", "constant", "counts",
]  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.decimals()
    | st.text(max_size=10)
    | st.binary(max_size=4)
    | st.dates()
    | st.sampled_from(["yes_no", "choice", "scale", "sum", "table", "1", "a", "\ud800"])
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4) | st.integers(), inner, max_size=6)
    ),
    max_leaves=20,
)


def places(node: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Every place of the good definition where something else could be written."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [deeper for key, value in inside for deeper in [(*path, key), *places(value, (*path, key))]]


def refusal_of(definition: object) -> str:
    """The sentence that refuses it; empty when it is a grid, which then scores the nothing it was answered."""
    try:
        grid = parse(definition, own=True)
    except Malformed as refused:
        return str(refused)
    assert isinstance(grid, Grid)
    assert asked(grid, {})
    assert score(grid, {}).score is None
    return ""


def parsed_or_refused(definition: object) -> None:
    said = refusal_of(definition)
    assert not said or said.endswith(".")
    assert said.encode("utf-8").decode("utf-8") == said


def test_a_number_too_long_to_be_written_is_refused_like_another():
    for path in (
        ("version",),
        ("items", 0, "number"),
        ("items", 2, "high"),
        ("scoring", "constant"),
        ("bands", 0, "low"),
    ):
        assert refusal_of(broken(*path, value=10**5000))
    assert refusal_of({**GOOD, 10**5000: "x"})


@given(ANYTHING)
@settings(PATIENT, max_examples=200)
def test_anything_at_all_is_a_grid_or_malformed(definition):
    parsed_or_refused(definition)


@given(st.sampled_from(places(GOOD)), ANYTHING)
@settings(PATIENT, max_examples=400)
def test_anything_in_place_of_anything_is_a_grid_or_malformed(path, value):
    parsed_or_refused(broken(*path, value=value))


@given(st.sampled_from([path for path in places(GOOD) if isinstance(path[-1], str)]), ANYTHING)
@settings(PATIENT, max_examples=200)
def test_anything_added_anywhere_is_a_grid_or_malformed(path, value):
    parsed_or_refused(broken(*path[:-1], "urgent_from", value=value))
    parsed_or_refused(broken(*path[:-1], "table", value=value))
