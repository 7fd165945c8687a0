"""A scope as one page: whole, harmless, without what was forgotten, and searchable."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from memkit import MemoryStore, Scope
from memkit.cli.app import app
from memkit.embed.hashing import HashingEmbedder
from memkit.html.memories import page

_EVIL = "<script>alert('x')</script></div></details><img src=x onerror=alert(1)> & \"q\""
_BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def told(ana: Scope) -> Scope:
    """Four sessions; a home that changed, a forgotten secret, an erased one."""
    said = [
        ("I live in Porto.", "s1", "2023-01-10T10:00"),
        ("My cat is called Bica.", "s1", "2023-01-10T10:05"),
        ("I moved to Lisbon.", "s2", "2024-03-02T09:00"),
        ("The anchor is lost.", "s3", "2024-04-02T09:00"),
        ("My brother Zacarias works at Forgotwell.", "s4", "2024-04-03T09:00"),
        ("My sister Quiteria lives in Erasedville.", "s4", "2024-04-03T09:01"),
    ]
    ana.add([{"content": text, "id": f"m{n}", "session": session, "timestamp": when, "name": "Ana"}
             for n, (text, session, when) in enumerate(said, 1)])  # fmt: skip
    ana.maintain()
    ana.forget(["m5"], reason="a wish")
    ana.erase(["m6"])
    return ana


def shown(text: str) -> str:
    """The text of a page without its elements, style and script."""
    bare = re.sub(r"<(style|script).*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())


def test_people_sessions_and_the_timeline_are_there(told: Scope) -> None:
    text = page(told)
    words = shown(text)
    for part in ("memkit: user ana", "4 turns", "3 sessions", "2023-01", "2024-03 1",
                 "I live in Porto.", "home Lisbon 2024-03-02", "Earlier and planned: 1",
                 "home Porto 2023-01-10 2024-03-02 superseded"):  # fmt: skip
        assert part in re.sub(r"(\d) (turns|sessions|people)", r"\1 \2", words), part
    links = set(re.findall(r'href="#([^"]+)"', text))
    assert links <= set(re.findall(r'id="([^"]+)"', text))


def test_what_was_forgotten_or_erased_is_not_in_it(told: Scope) -> None:
    text = page(told)
    for word in ("Zacarias", "Forgotwell", "Quiteria", "Erasedville", "a wish"):
        assert word not in text
    (entry,) = [entry for entry in told.journal() if entry.action == "forget"]
    told.undo(entry.id)
    assert "Forgotwell" in page(told)


def test_a_fact_stays_while_live_words_say_it(ana: Scope) -> None:
    ana.add({"content": "I live in Lisbon.", "id": "a"}, now="2024-01-10")
    ana.add({"content": "As I said, I live in Lisbon.", "id": "b"}, now="2024-02-10")
    ana.forget(["a"])
    assert "home Lisbon" in shown(page(ana))
    ana.forget(["b"])
    assert "Lisbon" not in page(ana)


def test_nothing_of_another_scope_is_in_it(store: MemoryStore, told: Scope) -> None:
    store.scope(user="rui").add("The vault code is 77-19.")
    assert "77-19" not in page(told)


def test_what_people_wrote_is_text_and_nothing_else(store: MemoryStore) -> None:
    evil = store.scope(user=_EVIL)
    evil.add([{"content": _EVIL, "id": _EVIL, "session": _EVIL, "name": _EVIL},
              {"content": f"I live in {_EVIL}.", "name": _EVIL}])  # fmt: skip
    text = page(evil)
    assert text.count("<script") == 1 and "<img" not in text
    assert "&lt;script&gt;alert(&#x27;x&#x27;)" in text
    assert text.count("<details") == text.count("</details>")


def test_it_fetches_nothing_and_only_its_own_script_runs(told: Scope) -> None:
    text = page(told)
    (script,) = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
    allowed = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src &#x27;sha256-{allowed}&#x27;" in text
    assert not re.search(r"url\(|@import|https?://|src=|innerHTML|eval\(|fetch\(", text)


def test_the_same_store_gives_the_same_bytes(told: Scope) -> None:
    assert page(told) == page(told)


def test_an_empty_scope_is_a_page_too(store: MemoryStore) -> None:
    assert "0 turns" in shown(page(store.scope(user="new")))


# The command


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "notes.mem"
    with MemoryStore(file, embedder=HashingEmbedder(32)) as store:
        store.scope(user="ana").add("I moved to Lisbon.", now="2024-03-02")
    yield file
    with MemoryStore(file, embedder=None) as store:
        assert store.check().ok


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["export", *map(str, words)], env={"NO_COLOR": "1"})
    assert result.exit_code == code, (result.output, result.stderr, result.exception)
    return result


def test_export_writes_the_page_of_the_only_scope(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "notes.html"
    assert "kB to" in run(path, "--html", out).stdout
    assert "I moved to Lisbon." in out.read_text("utf-8")
    assert "exists already" in run(path, "--html", out, code=2).stderr
    found = json.loads(run(path, out, "--html", "--force", "--json").stdout)
    assert found == {"path": str(out), "bytes": out.stat().st_size}
    assert run(path, "--html", "-").stdout == out.read_text("utf-8")
    assert "store itself" in run(path, "--html", path, "--force", code=2).stderr
    assert "cannot be written" in run(path, "--html", tmp_path / "no" / "x.html", code=2).stderr


def test_of_several_scopes_one_must_be_named(path: Path, tmp_path: Path) -> None:
    with MemoryStore(path, embedder=HashingEmbedder(32)) as store:
        store.scope(user="rui").add("A secret of his own.")
    out = tmp_path / "ana.html"
    assert "Name one" in run(path, "--html", out, code=2).stderr
    assert not out.exists()
    run(path, "--html", out, "--user", "ana")
    assert "secret" not in out.read_text("utf-8")


# In a browser


@pytest.fixture
def browsed(tmp_path: Path) -> Callable[[str], str]:
    """The document of an address after its scripts have run, from Chromium."""
    if _BROWSER is None:
        pytest.skip("Chromium is not installed")

    def dumped(address: str) -> str:
        words = [
            str(_BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}",
            "--virtual-time-budget=2000", "--dump-dom", address,
        ]  # fmt: skip
        done = subprocess.run(words, capture_output=True, timeout=300, check=True)
        return done.stdout.decode("utf-8")

    return dumped


def test_in_a_browser_the_script_runs_and_opens_what_is_linked_to(
    told: Scope, tmp_path: Path, browsed: Callable[[str], str]
) -> None:
    file = tmp_path / "page.html"
    file.write_text(page(told), "utf-8")
    document = browsed(f"{file.as_uri()}#t3")
    assert re.search(r'<section id="search">', document)
    opened = re.findall(r'<details id="(s\d)" open', document)
    assert opened == ["s2"]


def test_in_a_browser_a_search_finds_by_beginnings_of_words(
    told: Scope, tmp_path: Path, browsed: Callable[[str], str]
) -> None:
    def hits(query: str) -> list[str]:
        # The policy is left out for the line that types; the page's own script is as it is.
        text = re.sub(r"<meta http-equiv[^>]*>", "", page(told))
        typed = f"query.value = {json.dumps(query)}; query.dispatchEvent(new Event('input'));"
        file = tmp_path / "typed.html"
        file.write_text(text.replace("</body>", f"<script>{typed}</script></body>"), "utf-8")
        (found,) = re.findall(r'<ul id="hits".*?</ul>', browsed(file.as_uri()), flags=re.DOTALL)
        return re.findall(r'<div class="words">(.*?)</div>', found)

    assert hits("liv por") == ["I <mark>liv</mark>e in <mark>Por</mark>to."]
    assert hits("chor") == []
