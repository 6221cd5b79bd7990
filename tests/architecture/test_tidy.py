"""What is written stays readable: short files and functions, said purposes, nothing put off, no trace of a machine."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable

import pytest

from tests.architecture.source import ROOMS, ROOT, Module, functions, modules, parse

LONGEST_FILE, LONGEST_FUNCTION = 350, 40
NOT_OURS = re.compile(
    r"^(LICENSE|requirements\.lock|package-lock\.json|tests/data/|bench/data/|amarre/\w+/migrations/)|\.(png|csv)$"
)
HARD_WORDS = {
    "put off": r"\b(TODO|FIXME|XXX|HACK)\b",
    "a checker silenced": r"#\s*(noqa|type:\s*ignore|nosec|pragma: no cover)",
    "filler": r"(?i)\b(lorem ipsum|coming soon|à venir prochainement)\b",
    "a path of somebody's machine": r"(?<![\w/.])/(?:root|work|home)/\w",
    "a test passed over": r"pytest\.mark\.(skip|xfail)\b|pytest\.skip\(",
    # Names are in clear, so such a name on the disk reads as a leak.
    "a name that looks like a canary": r"[Cc]anari(?!es\b|s?\b)[a-z]",
    "a claim that is not ours to make": r"(?i)\b(conforme (au )?RGAA|hébergé HDS|chiffré de bout en bout|relu FALC)\b",
}
SAMPLES = {
    "put off": "# TODO: later",
    "a checker silenced": "x = y  # type: ignore[misc]",
    "filler": "Lorem ipsum dolor",
    "a path of somebody's machine": 'open("/home/somebody/x")',
    "a test passed over": "@pytest.mark.skip(reason)",
    "a name that looks like a canary": "Canarival",
    "a claim that is not ours to make": "Un service conforme RGAA",
}
ALLOWED = {
    ("tests/architecture/test_tidy.py", what): "says what it looks for" for what in HARD_WORDS
} | {
    ("tests/conftest.py", "a test passed over"): "no browser: skipped loudly",
    ("scripts/install", "a path of somebody's machine"): "an example in a sentence",
}  # fmt: skip


def tracked() -> list[str]:
    """Every file of ours that git follows, or would."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    names = listed.stdout.split("\n") if listed.returncode == 0 else [str(p.relative_to(ROOT)) for p in walk()]
    return sorted(n for n in names if n and (ROOT / n).is_file() and not NOT_OURS.search(n))


def walk() -> Iterable:
    """The same from a copy without git."""
    for top in ("amarre", "tests", "bench", "docs", "scripts"):
        yield from (p for p in (ROOT / top).rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    yield from (p for p in ROOT.iterdir() if p.is_file() and not p.name.startswith("."))


def text_of(name: str) -> str:
    return (ROOT / name).read_bytes().decode("utf-8", "replace")


def long_functions(found: Iterable[Module]) -> list[str]:
    """Functions whose body (without its docstring) is longer than a screen."""
    return [
        f"{m.at(f)} {f.name}: {length} lines"
        for m in found
        for f in functions(m.tree)
        for first in [f.body[1] if ast.get_docstring(f) and len(f.body) > 1 else f.body[0]]
        if (length := (f.end_lineno or 0) - first.lineno + 1) > LONGEST_FUNCTION
    ]


def test_files_are_short() -> None:
    suffixes = (".py", ".html", ".css", ".js", ".sql", ".md")
    long = {n: len(text_of(n).splitlines()) for n in tracked() if n.endswith(suffixes)}
    assert {n: lines for n, lines in long.items() if lines > LONGEST_FILE} == {}
    assert len(long) > 150


def test_functions_fit_on_a_screen() -> None:
    assert long_functions(modules()) == []
    assert long_functions([parse("def f():\n" + "    x = 1\n" * 41)])
    assert not long_functions([parse("def f():\n    '''Says.'''\n" + "    x = 1\n" * 40)])


def test_every_module_says_what_it_is_for() -> None:
    assert [m.path for m in modules() if not ast.get_docstring(m.tree)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_who_reads_it_and_what_it_must_not_know(room: str) -> None:
    (front,) = modules(f"amarre/{room}/__init__.py")
    said = ast.get_docstring(front.tree) or ""
    assert "Readers:" in said
    assert "Must not know" in said
    assert len(said.splitlines()) <= 8


@pytest.mark.parametrize("what", HARD_WORDS)
def test_nothing_is_put_off_or_silenced(what: str) -> None:
    words = re.compile(HARD_WORDS[what])
    found = [
        f"{name}:{number}: {line.strip()[:90]}"
        for name in tracked()
        if (name, what) not in ALLOWED
        for number, line in enumerate(text_of(name).splitlines(), 1)
        if words.search(line)
    ]
    assert found == []
    assert words.search(SAMPLES[what])


def test_lock_files_pin_by_hash_and_name_no_host() -> None:
    python = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = re.findall(r"^[A-Za-z0-9_.\-\[\]]+==\S+", python, re.M)
    blocks = re.split(r"^(?=[A-Za-z0-9])", python, flags=re.M)
    assert len(pinned) > 30
    assert [
        b.split("\n", 1)[0] for b in blocks if b.strip() and not b.startswith("#") and "--hash=sha256:" not in b
    ] == []
    node = (ROOT / "package-lock.json").read_text("utf-8")
    assert node.count('"integrity": "sha512-') >= node.count('"version"') - 2  # the project's own two have none
    for text in (python, node):
        assert not re.search(
            r"https?://(?!opencollective|github\.com/sponsors|www\.patreon)", text.split('"funding"')[0]
        )
        assert '"resolved"' not in text


def test_the_product_fetches_from_nobody_else() -> None:
    """No page, style or script of ours names another host (what a person may follow is a link, said below)."""
    links = re.compile(r"https?://(?!(?:www\.)?(?:w3\.org)|(?:localhost|127\.0\.0\.1|testserver))")
    files = [n for n in tracked() if n.startswith("amarre/web/") and n.endswith((".css", ".js"))]
    assert [n for n in files if links.search(text_of(n))] == []
    loading = re.compile(r'(?:src|action|data-\w+)="https?://|<link[^>]+href="https?://')
    pages = [n for n in tracked() if n.endswith(".html")]
    assert [n for n in pages if loading.search(text_of(n))] == []
