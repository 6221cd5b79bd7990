"""`amarre grids`: JSON in, JSON out, without a database; what cannot be read is said in French."""

import json

import pytest

from amarre.config.cli import main
from amarre.plans.instruments import codes, newest
from tests.launcher.running import amarre

WORST = {str(number): number in (1, 5) for number in range(1, 12)}
BEST = {str(number): number not in (1, 5) for number in range(1, 12)}


@pytest.fixture
def attempt(tmp_path, capsys):
    """Try a grid, in this process: the code, what is printed, what is said aside."""

    def begin(code, answers, *words):
        file = tmp_path / "réponses.json"
        if isinstance(answers, bytes):
            file.write_bytes(answers)
        else:
            file.write_text(answers if isinstance(answers, str) else json.dumps(answers), "utf-8")
        returned = main(["grids", "try", code, "--answers", str(file), *words])
        said = capsys.readouterr()
        return returned, said.out, said.err.replace("\u202f", " ").replace("\u00a0", " ")

    return begin


def test_it_runs_alone_without_data_and_leaves_none(tmp_path):
    answers, data = tmp_path / "a.json", tmp_path / "var"
    answers.write_text(json.dumps(WORST), "utf-8")
    done = amarre("grids", "try", "epices", "--answers", str(answers), data=data)
    assert done.returncode == 0, done.stderr
    assert done.stdout == '{"score": 100.0, "band": "Q5", "complete": true, "subscores": {}}\n'
    assert done.stderr == ""
    assert not data.exists()
    refused = amarre("grids", "try", "epicea", "--answers", str(answers), data=data)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "n’existe pas" in refused.stderr
    assert ", ".join(codes()) in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("code", "answers", "told"),
    [
        ("epices", BEST, {"score": 0.0, "band": "Q1", "complete": True, "subscores": {}}),
        ("epices", {**BEST, "7": None}, {"score": None, "band": None, "complete": False, "subscores": {}}),
        ("epices", {**BEST, "7": "refused"}, {"score": None, "band": None, "complete": False, "subscores": {}}),
        ("epices", {}, {"score": None, "band": None, "complete": False, "subscores": {}}),
        ("who5", dict.fromkeys("12345", 3), {"score": 60, "band": "good", "complete": True, "subscores": {}}),
        (
            "phq4",
            {"1": 3, "2": 0, "3": 1, "4": 2},
            {"score": 6, "band": "moderate", "complete": True, "subscores": {"anxiety": 3, "depression": 3}},
        ),
        (
            "pdp",
            {"1": True, "F14": True},
            {"score": None, "band": None, "complete": False, "subscores": {}, "flags": ["F01", "F14"]},
        ),
        ("serafin", {"1.3.2.1": 2}, {"score": None, "band": None, "complete": False, "subscores": {}}),
    ],
)
def test_answers_are_scored(attempt, code, answers, told):
    returned, out, err = attempt(code, answers)
    assert (returned, json.loads(out), err) == (0, told, "")
    assert "-0" not in out


def test_a_version_may_be_asked_for(attempt):
    assert attempt("epices", WORST, "--version", "1")[0] == 0
    returned, out, err = attempt("epices", WORST, "--version", "7")
    assert (returned, out) == (1, "")
    assert "la plus récente est la version 1" in err


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("{", "n’est pas du JSON (ligne 1)"),
        ("", "n’est pas du JSON"),
        ("[" * 100_000, "n’est pas du JSON"),
        ('{"1": ' + "9" * 5000 + "}", "n’est pas du JSON"),
        (b"\xff\xfe{}", "UTF-8"),
        ("[true]", "doit contenir un objet"),
        ('{"1": true, "1": false}', "La question 1 a deux réponses"),
        ({"12": True}, "La question « 12 » n’existe pas"),
        ({"un": True}, "La question « un » n’existe pas"),
        ({"1": 3}, "Question 1 : il faut répondre par oui ou par non"),
        ('{"1": NaN}', "Question 1 :"),
        ({"1": {"a": 1}}, "Question 1 :"),
    ],
)
def test_what_cannot_be_read_is_1_and_said_in_french(attempt, answers, said):
    returned, out, err = attempt("epices", answers)
    assert (returned, out) == (1, "")
    assert said in err


def test_a_value_out_of_range_is_refused(attempt):
    returned, out, err = attempt("phq9", {"1": 4})
    assert (returned, out) == (1, "")
    assert "Question 1 : cette réponse n’est pas proposée ; au choix : 0, 1, 2, 3." in err


def test_a_file_that_is_not_there_is_named(capsys, tmp_path):
    assert main(["grids", "try", "epices", "--answers", str(tmp_path / "nowhere.json")]) == 1
    assert "nowhere.json ne peut pas être lu" in capsys.readouterr().err


def test_a_file_of_windows_is_read(attempt):
    assert attempt("epices", b"\xef\xbb\xbf" + json.dumps(WORST).encode())[0] == 0


def test_the_list_says_what_is_given_and_what_is_not(capsys):
    assert main(["grids", "list"]) == 0
    said = capsys.readouterr().out
    for code in codes():
        assert f"  {code} " in said
        assert newest(code).licence in said
    assert "MBI" in said
    assert "Licence commerciale." in said


def test_the_list_in_json(capsys):
    assert main(["grids", "list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [grid["code"] for grid in told["grids"]] == list(codes())
    assert {"code": "epices", "version": "1", "items": 11}.items() <= told["grids"][0].items()
    assert any(row["name"].startswith("COPSOQ") and row["reason"] for row in told["not_shipped"])
