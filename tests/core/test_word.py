"""Word templates that somebody sends: what acts is refused with a sentence, marks may name, test and repeat."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from jinja2 import TemplateError

from amarre.core import word, word_child, word_marks
from amarre.core.commands import Refused
from amarre.core.word import Template
from amarre.core.word_reasons import Bad, Reason
from tests.core.hostile_docx import HUGE, REFUSED, related, run, table, template
from tests.core.hostile_marks import INJECTIONS

ROOT = Path(word.__file__).resolve().parents[2]
SENTENCES = r"[A-ZD’].+[.:] .+\."


def test_there_are_enough_hostile_templates() -> None:
    assert len(REFUSED) >= 25
    assert len(INJECTIONS) >= 25


IN_A_CHILD = ("vide.docx", "bombe.docx", "bombe-menteuse.docx", "rires.docx", "macro.docx", "champ-dde.docx")


@pytest.mark.parametrize("name", IN_A_CHILD)
def test_a_hostile_template_is_refused_by_a_child(name: str) -> None:
    said, made = REFUSED[name]
    with pytest.raises(Refused, match=said) as refusal:
        word.inspect(made())
    assert re.fullmatch(SENTENCES, str(refusal.value))


@pytest.mark.parametrize("name", sorted(set(REFUSED) - {"vide.docx"}))
def test_a_hostile_template_is_refused_with_a_sentence(name: str) -> None:
    """As the child does it, in this process: it takes a tenth of the time."""
    said, made = REFUSED[name]
    for task in ("inspect", "fill"):
        with pytest.raises(Bad) as bad:
            word_child.answer(task, made(), {"nom": "x", "a": "", "l": ["x"]})
        sentence = str(word.refusal(bad.value.reason, bad.value.about))
        assert re.search(said, sentence)
        assert re.fullmatch(SENTENCES, sentence), "what is wrong, and how to mend it"


@pytest.mark.parametrize("mark", INJECTIONS)
def test_a_mark_that_does_more_than_name_is_refused_wherever_it_stands(mark: str) -> None:
    for made in (template(mark), template("Bonjour", header=mark), template("Bonjour", footer=mark)):
        with pytest.raises(Bad) as refusal:
            word_child.answer("inspect", made, {})
        assert refusal.value.reason in (Reason.MARK, Reason.HEAVY)
        with pytest.raises(Bad):
            word_child.answer("fill", made, {"nom": "x"})


def test_the_sentence_quotes_the_mark_at_fault() -> None:
    with pytest.raises(Refused, match=re.escape("« {{ nom.upper() }} »")):
        word.inspect(template("{{ bon }}", "Voici {{ nom.upper() }} et {{ autre }}"))


def test_a_usual_template_says_what_it_asks_for() -> None:
    made = template(
        "Bonjour {{ personne.nom|upper }},", "{%p if tuteur %}", "Tuteur\u202f: {{ tuteur }}", "{%p endif %}",
        "{%p for d in demarches %}", "{{ loop.index }}. {{ d.quoi }} {{ personne.nom }}", "{%p endfor %}",
        "{{ salut|default('Cordialement') }}", header="{{ maison }}",
    )  # fmt: skip
    optional = ("salut", "tuteur")
    wanted = ("demarches[]", "demarches[].quoi", "maison", "personne.nom", *optional)
    assert word.inspect(made) == Template(wanted, optional)


def test_a_template_without_any_mark_is_taken() -> None:
    assert word.inspect(template("Bonjour")) == Template((), ())
    assert word.inspect(related("hyperlink", "https://maison.example/", "External")) == Template((), ())


@pytest.mark.parametrize(
    "field", ["PAGE", " NUMPAGES ", 'DATE \\@ "d MMMM yyyy"', 'HYPERLINK "https://maison.example"']
)
def test_fields_that_number_and_date_are_kept(field: str) -> None:
    made = run(
        '<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>' + field + "</w:instrText></w:r><w:r>"
        '<w:fldChar w:fldCharType="end"/>'
    )
    assert word.inspect(made) == Template((), ())


def test_a_mark_that_word_has_cut_in_pieces_is_read() -> None:
    cut = "<w:t>{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{ no</w:t></w:r><w:r><w:t>m }</w:t></w:r><w:r><w:t>}</w:t>"
    assert word.inspect(run(cut)).variables == ("nom",)


def test_what_is_missing_can_be_shown_before_printing() -> None:
    asked = Template(("a", "b.c", "l[]", "l[].d", "o"), ("o",))
    assert word.gaps(asked, {}) == ("a", "b.c", "l[]", "l[].d")
    assert word.gaps(asked, {"a": " \n", "b": {"c": None}, "l": [{"d": "x"}, {"d": ""}]}) == ("a", "b.c", "l[].d")
    assert word.gaps(asked, {"a": 0, "b": {"c": "x"}, "l": [{"d": 1}]}) == ()


def test_loops_in_loops_are_stopped_by_what_they_would_write() -> None:
    two = table(
        "{%tr for a in l %}", "{%tr for b in l %}", "{{ b }}" * 40, "{%tr endfor %}", "{%tr endfor %}", cells=60
    )
    assert word.inspect(two).variables == ("l[]",)
    with pytest.raises(Refused, match="trop de travail"):
        word.fill(two, {"l": ["x"] * 2_000})
    with pytest.raises(Refused, match="pas comprise"):
        word.fill(table(*HUGE), {"l": ["x"] * 10})


def test_values_without_bounds_are_refused() -> None:
    with pytest.raises(Refused, match="trop de travail"):
        word.fill(template("{{ nom }}"), {"nom": "x" * 1_100_000})
    with pytest.raises(Refused, match="trop de travail"):
        word.inspect(template("x") + bytes(word.MOST))


@pytest.mark.parametrize(
    ("tried", "said"),
    [
        ("bytearray(word_child.MOST_MEMORY)", "MemoryError"),
        ("open('kept-in-clear', 'wb', buffering=0).write(bytes(9))", "File too large"),
        ("import os; print(sorted(set(os.environ) - {'LC_CTYPE'}))", "['PYTHONPATH']"),
    ],
)
def test_the_child_has_little_memory_and_writes_nothing(tmp_path: Path, tried: str, said: str) -> None:
    script = f"from amarre.core import child, word_child\nchild.confine(word_child.MOST_MEMORY)\n{tried}"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)}
    )
    assert said in done.stdout + done.stderr


MEASURED = """
import resource, sys, django
django.setup()
from amarre.core import word
from amarre.core.commands import Refused
try:
    word.fill(sys.stdin.buffer.read(), {"l": ["x" * 500] * 1500})
except Refused as refused:
    print(refused)
sys.stderr.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""


LONG = table("{%tr for a in l %}", "{{ a }}" * 3, "{%tr endfor %}")


@pytest.mark.parametrize("made", [lambda: LONG, REFUSED["bombe.docx"][1]], ids=["long", "bomb"])
def test_memory_stays_within_bounds(made: Callable[[], bytes]) -> None:
    """A long letter and a bomb; kilobytes, in a process that has no other child."""
    done = subprocess.run([sys.executable, "-c", MEASURED], input=made(), capture_output=True, check=True)
    assert 20_000 < int(done.stderr) < 300_000


@hypothesis_settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_template_altered_anywhere_is_taken_or_refused(data: st.DataObject) -> None:
    altered = bytearray(data.draw(st.sampled_from([template("Bonjour {{ nom }}"), table("{{ nom }}")])))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(altered) - 1))
        altered[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        said, _ = word_child.answer("inspect", bytes(altered), {})
    except Bad:
        return
    assert set(said["variables"]) <= {"nom"}


@hypothesis_settings(max_examples=50, deadline=None)
@given(text=st.text(alphabet=st.sampled_from(list("{%}#-+ ab._|'\"()[]*~=if for in endnormacrpt")), max_size=40))
def test_whatever_stands_between_braces_is_names_or_is_refused(text: str) -> None:
    for mark in (f"{{{{ {text} }}}}", f"{{% {text} %}} {text}"):
        try:
            said, _ = word_child.answer("inspect", template(mark), {})
        except Bad:
            continue
        assert all(not name.startswith("_") and "._" not in name for name in said["variables"])


@pytest.mark.parametrize(
    "mark",
    ["{{ ''.__class__ }}", "{{ nom.upper }}", "{{ nom['a'] }}", "{{ l.append }}", "{{ g.__class__ }}", "{{ g.keys }}"],
)
def test_the_second_fence_holds_without_the_first(mark: str) -> None:
    """Rendered without having been looked at: nothing comes out but the sign of a value."""
    assert word_marks.rendered(mark, {"nom": "x", "l": ["y"], "g": {"a": "z"}}, 1_000) == word_marks.VALUE


@pytest.mark.parametrize(
    "mark", ["{{ nom.upper() }}", "{{ range(3) }}", "{{ nom|safe }}", "{{ l.append(1) }}", "{{ l }}"]
)
def test_the_second_fence_lets_nothing_be_called(mark: str) -> None:
    with pytest.raises((Bad, TemplateError)):
        word_marks.rendered(mark, {"nom": "x", "l": ["y"]}, 1_000)
