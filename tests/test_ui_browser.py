"""The local page in headless Chromium: every view, the keys, an undo, nothing from elsewhere."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import memkit
from memkit import MemoryStore
from memkit.embed.hashing import HashingEmbedder
from memkit.extract.triples import TripleExtractor

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed: the page is not looked at"),
    pytest.mark.timeout(180),
]

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --host-resolver-rules=MAP,*,~NOTFOUND"
).split()
PATIENCE = 20_000
"""Milliseconds until something that does not come is an error."""
SCRIPT = "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
WIDE, PHONE = {"width": 1200, "height": 900}, {"width": 390, "height": 844}
VIEWS = ("search", "timeline", "sessions", "people", "graph", "forgetting", "journal", "reports")
SAID = [
    ("Ana", "I live in Porto.", "s1"),
    ("Rui", "My sister is called Bea.", "s1"),
    ("Ana", "I moved to Lisbon yesterday.", "s2"),
    ("Rui", f"My dog is called Rex. Look: {SCRIPT}", "s2"),
    ("Ana", "I bought a bicycle in Lisbon.", "s2"),
]


@dataclass
class Seen:
    """A browser with what it complained of and what it asked for."""

    context: Any
    address: str
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return self.address.partition("/?")[0]

    def watch(self) -> None:
        def said(message: Any) -> None:
            if message.type in ("error", "warning"):
                self.complaints.append(message.text)

        self.context.on("console", said)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.set_default_timeout(PATIENCE)

    def enter(self) -> Any:
        """Open the page, and wait until its first view is drawn and has taken the focus."""
        page = self.context.new_page()
        page.goto(self.address)
        page.wait_for_selector("main[data-view]:not([aria-busy])")
        return page

    def show(self, page: Any, where: str) -> None:
        """Go to a view and wait until it is drawn."""
        page.evaluate("where => { location.hash = where; }", where)
        view = where.removeprefix("#/").partition("?")[0]
        page.wait_for_selector(f"main[data-view={view}]:not([aria-busy]) h1")
        assert page.locator("[role=alert]").count() == 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with facts, a link, a forgotten turn and words of a script; and two reports."""
    made = tmp_path_factory.mktemp("ui")
    noon = datetime(2024, 5, 1, 12, tzinfo=UTC)
    embedder = HashingEmbedder(32)
    with MemoryStore(made / "ui.mem", embedder=embedder, extractors=[TripleExtractor()]) as store:
        scope = store.scope(user="ana")
        scope.add(
            [{"content": text, "name": name, "session": session,
              "timestamp": noon + timedelta(days=40 * n)}
             for n, (name, text, session) in enumerate(SAID)],
        )  # fmt: skip
        scope.maintain()
        scope.forget("t2", reason="a slip of the tongue")
    (made / "reports").mkdir()
    page = "<!doctype html><p>Recall</p><script>document.body.dataset.origin = origin;</script>"
    (made / "reports" / "run.html").write_text(page)
    lines = [
        {"type": "run", "dataset": "demo", "main": "turn.recall@10", "retrievers": {"fused": "x"}},
        {"type": "question", "conversation": "c", "question": "q", "text": "Who?", "gold": "Ana",
         "category": "one", "evidence": [{"id": "t1", "text": "I am Ana."}],
         "results": {"fused": {"measures": {"turn.recall@10": 0.0}, "hits": []}}},
    ]  # fmt: skip
    (made / "reports" / "run.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The command itself, ended by Ctrl-C."""
    root = Path(memkit.__file__).parents[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "memkit.cli", "ui", str(folder / "ui.mem"), "--write", "--json",
         "--reports", str(folder / "reports")],
        env={**os.environ, "PYTHONPATH": str(root)}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        printed = ""
        for line in process.stdout:
            printed += line
            if line.startswith("}"):
                break
        try:
            yield json.loads(printed)["address"]
        finally:
            process.send_signal(signal.SIGINT)
            _, complaint = process.communicate(timeout=30)
    assert (process.returncode, complaint) == (0, "")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=60_000)
        yield browser
        browser.close()


@pytest.fixture
def seen(chromium: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Seen]:
    """A browser of its own for a test: no complaint, and no request beyond the page's origin."""
    options = getattr(request, "param", {"viewport": WIDE})
    found = Seen(chromium.new_context(**options), address)
    found.watch()
    yield found
    found.context.close()
    assert found.complaints == []
    assert [url for url in found.asked if not url.startswith(f"{found.origin}/")] == []


@pytest.mark.parametrize(
    "seen",
    [{"viewport": WIDE, "color_scheme": "light"}, {"viewport": PHONE, "color_scheme": "dark"}],
    ids=["wide-light", "phone-dark"],
    indirect=True,
)
def test_every_view_opens_and_fits(seen: Seen, tmp_path: Path) -> None:
    page = seen.enter()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert (sum(map(int, ground.strip("rgb()").split(","))) < 150) == dark
    inside = {
        "#/search?q=Lisbon", "#/sessions?session=s2", "#/record?id=t3", "#/graph?focus=t3",
        "#/graph?of=records", "#/timeline?by=year", "#/people?name=Ana",
        "#/forgetting?policy=lru&at=2030-01-01", "#/reports?name=run.jsonl",
    }  # fmt: skip
    for where in [*(f"#/{view}" for view in VIEWS), *sorted(inside)]:
        seen.show(page, where)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], where
        picture = tmp_path / f"{len(list(tmp_path.iterdir()))}.png"
        assert page.screenshot(path=picture)


def test_a_search_is_answered_while_it_is_typed_and_moved_through_by_keys(seen: Seen) -> None:
    page = seen.enter()
    seen.show(page, "#/journal")
    page.keyboard.press("/")
    page.wait_for_selector("#query:focus")
    page.keyboard.type("bicycle", delay=10)
    page.wait_for_selector(".hits mark")
    assert page.locator(".hits mark").first.text_content() == "bicycle"
    assert "q=bicycle" in page.url
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.hits li') !== null")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits details[open] .bars dt")
    signals = page.locator(".hits details[open] .bars dt").all_text_contents()
    assert "keyword.turn" in signals
    widths = page.eval_on_selector_all(
        ".hits details[open] .bars .track i", "bars => bars.map(bar => bar.offsetWidth)"
    )
    assert widths == sorted(widths, reverse=True)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "query"


def test_an_entry_of_the_journal_is_undone_by_a_click(seen: Seen) -> None:
    page = seen.enter()
    seen.show(page, "#/record?id=t2")
    assert page.get_by_text("forgotten", exact=True).count()
    seen.show(page, "#/journal")
    newest = page.locator(".entry").first
    assert "a slip of the tongue" in newest.text_content()
    newest.get_by_role("button", name="Undo entry").click()
    page.wait_for_selector(".entry.undone")
    assert "was undone by" in page.locator("#told").text_content()
    assert "undoes" in page.locator(".entry").first.text_content()
    seen.show(page, "#/record?id=t2")
    assert not page.get_by_text("forgotten", exact=True).count()


def test_words_are_shown_as_words(seen: Seen) -> None:
    page = seen.enter()
    for where in ("#/search?q=My dog", "#/sessions?session=s2", "#/record?id=t4",
                  "#/graph?focus=t4", "#/timeline?by=year&period=2024"):  # fmt: skip
        seen.show(page, where)
        page.locator("main", has_text="Look: <script>").wait_for()
        assert page.evaluate("window.ran") is None
        assert page.locator("main img, main script").count() == 0
    seen.show(page, "#/record?id=t4")
    assert SCRIPT in page.locator("main").text_content()


def test_facts_lead_to_the_words_they_rest_on(seen: Seen) -> None:
    page = seen.enter()
    seen.show(page, "#/people")
    ana = page.locator("section.person", has_text="home").first
    assert "Lisbon" in ana.locator(".fact.current .value").all_text_contents()
    ana.get_by_text("earlier").first.click()
    assert "Porto" in ana.locator(".fact.superseded .value").all_text_contents()
    ana.locator(".fact.current", has_text="Lisbon").get_by_role("link", name="t3").first.click()
    page.wait_for_selector("main[data-view=record]")
    assert "I moved to Lisbon yesterday." in page.locator("main").text_content()


def test_a_column_of_the_timeline_opens_and_a_node_of_the_graph_leads_on(seen: Seen) -> None:
    page = seen.enter()
    seen.show(page, "#/timeline?by=month")
    page.locator(".columns button").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector("#said article")
    assert page.locator("#said h2").text_content() == "2024-06"
    seen.show(page, "#/graph")
    page.locator("svg a.node", has_text="Ana").focus()
    page.set_viewport_size({"width": 800, "height": 900})
    page.wait_for_function("document.querySelector('.drawing svg').clientWidth < 800")
    page.keyboard.press("Enter")
    page.wait_for_selector("main[data-view=people]")


def test_a_drawing_that_is_drawn_again_keeps_the_node_in_focus(seen: Seen) -> None:
    """The box's own new height had it drawn a second time, and Enter went nowhere."""
    page = seen.enter()
    for _ in range(5):
        seen.show(page, "#/graph")
        page.locator("svg a.node", has_text="Ana").focus()
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        assert page.evaluate("document.activeElement.dataset.id") == "Ana"
        seen.show(page, "#/people")


def test_a_policy_is_previewed(seen: Seen) -> None:
    page = seen.enter()
    seen.show(page, "#/forgetting")
    page.select_option("#policy", "lru")
    page.fill("#at", "2030-01-01")
    page.fill("#options", "days=30")
    page.get_by_role("button", name="Preview").click()
    page.wait_for_selector(".planned li")
    assert "would archive" in page.locator(".figures").text_content()


def test_the_focus_is_seen_and_begins_at_the_way_past_the_navigation(seen: Seen) -> None:
    page = seen.enter()
    page.locator("#views a").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.view") == "timeline"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_report_opens_as_a_site_of_its_own(seen: Seen) -> None:
    page = seen.enter()
    seen.show(page, "#/reports")
    with seen.context.expect_page() as opened:
        page.get_by_role("link", name="run.html").click()
    report = opened.value
    report.wait_for_selector("body[data-origin]")
    assert report.evaluate("document.body.dataset.origin") == "null"


def test_what_another_site_sends_with_the_readers_own_browser_is_refused(seen: Seen) -> None:
    """The browser holds the cookie; the site that uses it is not the page."""
    page = seen.enter()
    home = page.url.partition("#")[0]
    seen.show(page, "#/journal")
    before = page.locator(".entry").count()
    other = seen.context.new_page()
    sent = """async ([home, how]) => {
        try { const reply = await fetch(home + "api/undo", how); return reply.type; }
        catch (error) { return "refused"; }
    }"""
    plain = {"method": "POST", "body": '{"entry": 1}', "credentials": "include"}
    for how in (plain, {**plain, "mode": "no-cors"}):
        assert other.evaluate(sent, [home, how]) == "refused"
    other.set_content(f'<form method="post" action="{home}api/undo"><input name="x"></form>')
    with other.expect_navigation():
        other.evaluate("document.forms[0].submit()")
    assert "Another site asked" in other.content()
    other.set_content(f'<iframe src="{home}"></iframe>')
    other.wait_for_timeout(300)
    assert "Search" not in other.frames[-1].content()
    seen.show(page, "#/search")
    seen.show(page, "#/journal")
    assert page.locator(".entry").count() == before
    seen.complaints.clear()  # what the other site's console says of its failures
