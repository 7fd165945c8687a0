"""The local page: what it answers, and what it refuses."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import NOON, MakeStore
from starlette.testclient import TestClient

from memkit import MemoryStore
from memkit.embed.hashing import HashingEmbedder
from memkit.errors import StorageFailure
from memkit.ui import guard, pages
from memkit.ui.graph import layout
from memkit.ui.pages import Site, application

TOKEN = "a-secret-of-this-test"
HOST = "127.0.0.1:8765"
HERE = f"http://{HOST}"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
STATIC = Path(pages.__file__).parent / "static"

Open = Callable[..., "Reader"]


class Reader:
    """A browser that came by the printed address."""

    def __init__(self, site: Site, *, enters: bool = True) -> None:
        self.guard = application(site, token=TOKEN, hosts=[HOST, "localhost:8765"])
        self.client = TestClient(self.guard, base_url=HERE)
        if enters:
            assert self.client.get(f"/?token={TOKEN}").status_code == 200

    def get(self, path: str = "", **more: Any) -> Any:
        return self.client.get(self.guard.home + path, **more)

    def ask(self, what: str, **given: Any) -> Any:
        reply = self.get(f"api/{what}", params=given)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def undo(self, entry: Any, **headers: str) -> Any:
        sent = {"origin": HERE, guard.SEAL_HEADER: self.guard.seal, **headers}
        return self.client.post(self.guard.home + "api/undo", json={"entry": entry}, headers=sent)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two sessions, with a fact that changed and a forgotten turn."""
    path = tmp_path_factory.mktemp("ui") / "ui.mem"
    with MemoryStore(path, embedder=HashingEmbedder(32), clock=lambda: NOON) as store:
        ana = store.scope(user="ana")
        said = [
            ("I live in Porto.", "2024-01-10T10:00", "s1"),
            ("My sister is called Bea.", "2024-01-10T10:01", "s1"),
            ("I moved to Lisbon yesterday.", "2024-03-02T09:00", "s2"),
            (f"Look: {SCRIPT}", "2024-03-02T09:01", "s2"),
        ]
        ana.add([{"content": text, "name": "Ana", "timestamp": when, "session": session}
                 for text, when, session in said])  # fmt: skip
        ana.maintain()
        ana.forget("t2", reason="a slip")
    return path


@pytest.fixture
def filled(original: Path, tmp_path: Path) -> Path:
    """A copy for one test."""
    return Path(shutil.copy(original, tmp_path))


@pytest.fixture
def opened(filled: Path, make_store: MakeStore) -> Open:
    """Opens the page over that store. Its extractors have read all, and take a while to make."""

    def make(*, write: bool = False, enters: bool = True, **more: Any) -> Reader:
        store = make_store("ui.mem", read_only=not write, extractors=[])
        site = Site(store, filled, writable=write, embedder=HashingEmbedder(32), **more)
        return Reader(site, enters=enters)

    return make


def test_a_search_tells_what_every_signal_gave(opened: Open) -> None:
    trace = opened().ask("search", q="Lisbon", k=3)
    assert trace["hits"][0]["sources"] == ["t3"]
    assert trace["hits"][0]["why"]["keyword.turn"] > 0
    assert trace["terms"] == ["lisbon"]
    assert opened().ask("search", q="  ") is None
    assert opened().ask("search", q="Lisbon", as_of="2024-02-01")["hits"][0]["id"] != "t3"


def test_looking_is_no_use(opened: Open, filled: Path, make_store: MakeStore) -> None:
    """What is looked at in the page must not look needed to a policy."""
    reader = opened(write=True)
    reader.ask("search", q="Lisbon")
    reader.ask("record", id="t3")
    store = make_store("ui.mem")
    with store._storage.query_only() as db:
        assert db.execute("SELECT count(*) FROM uses").fetchone() == (0,)


def test_why_a_record_is_not_found(opened: Open) -> None:
    assert opened().ask("why-not", q="Lisbon", id="t2")["stage"] == "forgotten"


def test_the_timeline_counts_turns_by_period(opened: Open) -> None:
    reader = opened()
    assert reader.ask("timeline", by="month") == {
        "by": "month",
        "periods": [
            {"period": "2024-01", "turns": 2, "archived": 1},
            {"period": "2024-03", "turns": 2, "archived": 0},
        ],
    }
    assert reader.ask("timeline")["by"] == "day"
    for period, ids in (("2024", 4), ("2024-01", 2), ("2024-03-02", 2), ("2024-12-31", 0)):
        assert len(reader.ask("turns", period=period)["turns"]) == ids
    assert "no period" in reader.get("api/timeline?by=week").json()["error"]
    for wrong in ("May", "9999", "2024-1", "2024-13-01"):
        assert reader.get(f"api/turns?period={wrong}").status_code == 400


def test_sessions_open_to_their_turns(opened: Open) -> None:
    reader = opened()
    assert [(one["id"], one["turns"]) for one in reader.ask("sessions")] == [("s1", 2), ("s2", 2)]
    found = reader.ask("turns", session="s1")
    assert [(one["id"], one["archived"]) for one in found["turns"]] == [("t1", False), ("t2", True)]
    assert not found["more"]
    assert [one["id"] for one in reader.ask("turns", session="s1", after=1)["turns"]] == ["t2"]


def test_turns_without_a_session_are_found_by_an_empty_one(make_store: MakeStore) -> None:
    store = make_store(extractors=[])
    store.scope(user="ana").add(["one", {"content": "two", "session": "s"}])
    reader = Reader(Site(store, Path("store.mem")))
    assert [one["text"] for one in reader.ask("turns", session="")["turns"]] == ["one"]


def test_people_have_what_holds_and_what_did(opened: Open) -> None:
    (person, *_) = opened().ask("people")
    (home,) = [one for one in person["attributes"] if one["name"] == "home"]
    assert [fact["value"] for fact in home["now"]] == ["Lisbon"]
    assert [fact["value"] for fact in home["then"]] == ["Porto"]


def test_a_record_opens_to_what_it_rests_on_and_what_rests_on_it(opened: Open) -> None:
    reader = opened()
    (person, *_) = reader.ask("people")
    (home,) = [one for one in person["attributes"] if one["name"] == "home"]
    fact = reader.ask("record", id=home["now"][0]["id"])
    assert [turn["id"] for turn in fact["rests_on"]] == ["t3"]
    turn = reader.ask("record", id="t3")
    assert fact["record"]["id"] in [one["id"] for one in turn["resting"]]
    assert not turn["archived"]
    assert reader.ask("record", id="t2")["archived"]
    assert [one["action"] for one in reader.ask("record", id="t2")["history"]][-1] == "forget"
    assert reader.get("api/record?id=nobody").status_code == 404


def test_the_graph_of_things_is_drawn_from_facts(opened: Open) -> None:
    found = opened().ask("graph")
    edges = {(one["source"], one["kind"], one["target"]) for one in found["edges"]}
    assert ("Ana", "home", "Lisbon") in edges
    assert all(0 <= one[axis] <= 1 for one in found["nodes"] for axis in "xy")
    assert found == opened().ask("graph")


def test_the_graph_around_a_record_goes_by_what_rests_on_it(opened: Open) -> None:
    found = opened().ask("graph", focus="t3")
    assert found["of"] == "around"
    assert found["nodes"][0]["id"] == "t3"
    assert {one["kind"] for one in found["edges"]} == {"rests on", "calls up"}
    called = {one["target"] for one in found["edges"] if one["kind"] == "calls up"}
    assert "t1" in called
    assert not {"t2", "t3"} & called  # what was forgotten, and itself
    assert opened().ask("graph", of="records")["edges"] == []
    alone = opened().ask("graph", focus="t2")
    assert "t2" in [one["id"] for one in alone["nodes"]]
    assert opened().get("api/graph?focus=nobody").status_code == 404


def test_a_graph_of_many_keeps_the_busiest_and_says_how_many_are_left_out(
    make_store: MakeStore,
) -> None:
    store = make_store()
    store.scope(user="ana").add([f"My friend Bo{n} lives in Rome." for n in range(30)])
    found = Reader(Site(store, Path("store.mem"))).ask("graph", most=8)
    assert len(found["nodes"]) == 8
    assert found["left_out"] > 0
    assert {end for one in found["edges"] for end in (one["source"], one["target"])} <= {
        node["id"] for node in found["nodes"]
    }


def test_places_in_a_drawing_are_apart_and_the_same_every_time() -> None:
    edges = [(0, 1), (1, 2), (2, 0), (3, 4), (5, 5)]
    at = layout(7, edges)
    assert at.shape == (7, 2)
    assert ((at >= 0) & (at <= 1)).all()
    apart = np.linalg.norm(at[:, None] - at[None], axis=2)[np.triu_indices(7, 1)]
    assert apart.min() > 0.02
    assert (at == layout(7, edges)).all()
    assert layout(0, []).shape == (0, 2)


def test_a_policy_is_tried_on_a_copy(opened: Open, filled: Path) -> None:
    reader, before = opened(), filled.read_bytes()
    names = {one["name"] for one in reader.ask("policies")}
    assert {"ttl", "lru", "heat"} <= names
    assert not {"all", "any"} & names  # they need others to combine
    found = reader.ask("preview", policy="lru", at="2026-01-01", options="days=30")
    assert found["left"] < found["live"]
    assert found["planned"][0]["reason"]
    assert found["planned"][0]["text"]
    assert found["acts"]["archive"] == sum(one["touched"] for one in found["planned"])
    assert filled.read_bytes() == before


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"policy": "os:system"}, "no policy"),
        ({"policy": "tests.evil:Policy"}, "no policy"),
        ({"policy": "lru", "options": "days"}, "name=value"),
        ({"policy": "lru", "options": "moon=1"}, "does not take"),
        ({"policy": "activation", "options": "threshold=x"}, "does not take"),
        ({"policy": "lru", "at": "soon"}, "soon"),
        ({}, "policy is missing"),
    ],
)
def test_only_policies_of_the_list_are_loaded(
    opened: Open, asked: dict[str, str], told: str
) -> None:
    reply = opened().get("api/preview", params=asked)
    assert reply.status_code in (400, 404)
    assert told in reply.json()["error"]


def test_the_journal_is_newest_first_and_can_be_undone(opened: Open) -> None:
    reader = opened(write=True)
    newest = reader.ask("journal")["entries"][0]
    assert (newest["action"], newest["reason"]) == ("forget", "a slip")
    made = reader.undo(newest["id"]).json()
    assert made["undoes"] == newest["id"]
    assert not reader.ask("record", id="t2")["archived"]
    entries = reader.ask("journal", limit=2)
    assert entries["more"]
    assert entries["entries"][1]["undone_by"] == made["id"]
    for entry, status in ((10_000, 404), ("1", 400), (True, 400), (None, 400)):
        assert reader.undo(entry).status_code == status


@pytest.mark.parametrize("entries", [0, 1, 2, 5, 13])
def test_the_latest_entries_are_found_among_those_of_other_scopes(
    make_store: MakeStore, entries: int
) -> None:
    store = make_store(":memory:", extractors=[])
    for number in range(entries):
        store.scope(user="ana").add(f"word {number}")
        for _ in range(number % 4):
            store.scope(user="bo").add("between")
    store.scope(user="bo").add("last")
    page = Reader(Site(store, Path("x"), keys={"user": "ana"}))
    there = [one.id for one in store.scope(user="ana").journal()][::-1]
    for limit in (1, 3, 200):
        found = page.ask("journal", limit=limit)
        assert [one["id"] for one in found["entries"]] == there[:limit]
        assert found["more"] == (entries > limit)


def test_a_page_that_only_reads_cannot_write_even_where_it_would(
    opened: Open, filled: Path, make_store: MakeStore
) -> None:
    reader, before = opened(), filled.read_bytes()
    assert "only reads" in reader.undo(1).json()["error"]
    store = make_store("ui.mem", read_only=True)
    wrongly = Reader(Site(store, filled, writable=True))
    assert "read-only" in wrongly.undo(1).json()["error"]
    with pytest.raises(StorageFailure, match="read-only"):
        store.scope(user="ana").add("x")
    assert filled.read_bytes() == before


def test_one_page_shows_the_scopes_it_was_opened_for(make_store: MakeStore) -> None:
    store = make_store(extractors=[])
    for user in ("ana", "bo"):
        store.scope(user=user).add(f"I am {user}.")
    both, one = Reader(Site(store, Path("x"))), Reader(Site(store, Path("x"), keys={"user": "bo"}))
    assert both.ask("store")["scopes"] == [{"user": "ana"}, {"user": "bo"}]
    assert both.get("api/sessions").status_code == 404  # which?
    for asked in ('{"user": "ana"}', '{"user": "bo"}'):
        assert both.ask("turns", scope=asked)["turns"]
    assert one.ask("turns")["turns"][0]["text"] == "I am bo."
    assert one.get("api/turns", params={"scope": '{"user": "ana"}'}).status_code == 404
    assert one.ask("store")["stats"] is None
    for wrong in ("{", "7", '{"user": "eve"}'):
        assert both.get("api/turns", params={"scope": wrong}).status_code in (400, 404)


@pytest.mark.parametrize("what", ["search?q=x&k=many", "record", "turns?after=-1", "graph?most=x"])
def test_what_cannot_be_used_is_told_in_one_line(opened: Open, what: str) -> None:
    reply = opened().get(f"api/{what}")
    assert reply.status_code == 400
    assert reply.json()["error"]


# Reports


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "run.html").write_text("<!doctype html><style>p{}</style><p>Recall</p>")
    lines = [
        {"type": "run", "format": 2, "dataset": "demo", "questions": 2, "main": "turn.recall@10",
         "retrievers": {"fused": "x"}, "embedder": "static", "memkit": "0.1.0"},
        {"type": "question", "conversation": "c", "question": "q1", "text": "Who?", "gold": "Ana",
         "category": "one", "evidence": [{"id": "t1", "text": "I am Ana."}],
         "results": {"fused": {"measures": {"turn.recall@10": 1.0}, "hits": []}}},
        {"type": "question", "conversation": "c", "question": "q2", "text": "When?", "gold": "May",
         "category": "two", "evidence": [],
         "results": {"fused": {"measures": {"turn.recall@10": 0.0}}}},
    ]  # fmt: skip
    (folder / "run.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "wrong.jsonl").write_text('{"a": 1}\n')
    (folder / "key.txt").write_text("private")
    (tmp_path / "outside.html").write_text("private")
    (folder / "link.html").symlink_to(tmp_path / "outside.html")
    return folder


def test_reports_of_a_folder_are_listed_and_opened(opened: Open, reports: Path) -> None:
    reader = opened(reports=reports)
    names = [one["name"] for one in reader.ask("reports")["files"]]
    assert names == ["run.html", "run.jsonl", "wrong.jsonl"]
    found = reader.ask("questions", name="run.jsonl")
    assert found["means"] == {"fused": 0.5}
    assert [one["text"] for one in found["questions"]] == ["Who?", "When?"]
    assert "no header" in reader.get("api/questions?name=wrong.jsonl").json()["error"]
    assert opened().ask("reports") == {"folder": None, "files": []}


def test_a_report_runs_as_a_site_of_its_own(opened: Open, reports: Path) -> None:
    reply = opened(reports=reports).get("reports/run.html")
    assert "Recall" in reply.text
    policy = reply.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts;")
    assert "connect-src" not in policy  # so default-src 'none' holds
    assert "allow-same-origin" not in policy


@pytest.mark.parametrize(
    "name",
    ["../ui.mem", "..%2Fui.mem", "%2e%2e/ui.mem", "..%5Cui.mem", "key.txt", "link.html",
     "run.jsonl", "%2Fetc%2Fpasswd", "run.html%00", ".", "....//ui.mem"],
)  # fmt: skip
def test_no_path_leads_out_of_the_reports(opened: Open, reports: Path, name: str) -> None:
    reply = opened(reports=reports).get(f"reports/{name}")
    assert reply.status_code in (403, 404)
    assert "private" not in reply.text


@pytest.mark.parametrize(
    "name", ["../guard.py", "..%2Fguard.py", "%2e%2e%2fguard.py", "/etc/passwd", "index.html/../x"]
)
def test_no_path_leads_out_of_the_pages_own_files(opened: Open, name: str) -> None:
    reply = opened().get(f"static/{name}")
    assert reply.status_code in (403, 404)
    assert "import" not in reply.text


# Attacks


def test_without_the_secret_there_is_nothing(opened: Open) -> None:
    reader = opened(enters=False)
    for path in (
        "/",
        "/?token=",
        "/?token=wrong",
        f"/?token={TOKEN}x",
        "/api/store",
        "/favicon.ico",
    ):
        assert reader.client.get(path).status_code == 403
    assert not reader.client.cookies
    for path in ("", "api/store", "static/main.js", "reports/run.html"):
        assert reader.get(path).status_code == 403
        assert reader.get(path, headers={"cookie": f"{guard.COOKIE}=wrong"}).status_code == 403
        assert reader.get(f"{path}?token={TOKEN}").status_code == 403  # the address is for entering


def test_the_secret_becomes_a_cookie_that_scripts_and_other_sites_do_not_get(opened: Open) -> None:
    reader = opened(enters=False)
    reply = reader.client.get(f"/?token={TOKEN}")
    cookie = reply.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert f"path={reader.guard.home}".lower() in cookie
    assert "max-age" not in cookie  # it goes with the browser
    assert TOKEN not in reply.text
    assert reader.get("api/store").json()["file"] == "ui.mem"
    assert reader.client.get("/api/store").status_code == 403  # outside of its path


def test_every_start_has_another_place_and_another_seal(opened: Open) -> None:
    one, other = opened(), opened()
    assert one.guard.home != other.guard.home
    assert one.guard.seal != other.guard.seal


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80", "", "[::1]:8765",
     "127.0.0.1.evil.example:8765"],
)  # fmt: skip
def test_another_name_that_leads_here_is_refused(opened: Open, host: str) -> None:
    """DNS rebinding: the site's own name, pointed at loopback once its page has loaded."""
    reader = opened()
    assert reader.get("api/store", headers={"host": host}).status_code == 421
    entering = reader.client.get(f"/?token={TOKEN}", headers={"host": host})
    assert entering.status_code == 421
    assert "set-cookie" not in entering.headers
    assert reader.get("api/store", headers={"host": "localhost:8765"}).status_code != 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": HERE.replace("8765", "9999")},
        {"origin": HERE.replace("http", "https")},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_another_site_asks_is_refused(opened: Open, headers: dict[str, str]) -> None:
    """Another port of this machine is another site, although cookies do not think so."""
    reader = opened(write=True)
    entries = reader.ask("journal")["entries"]
    assert reader.get("api/store", headers=headers).status_code == 403
    assert reader.undo(entries[0]["id"], **headers).status_code == 403
    assert reader.ask("journal")["entries"] == entries


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({guard.SEAL_HEADER: ""}, 403),
        ({guard.SEAL_HEADER: "wrong"}, 403),
        ({guard.SEAL_HEADER: TOKEN}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_a_change_needs_what_the_page_alone_can_send(
    opened: Open, headers: dict[str, str], status: int
) -> None:
    reader = opened(write=True)
    assert reader.undo(1, **headers).status_code == status
    bare = reader.client.post(reader.guard.home + "api/undo", json={"entry": 1})
    assert bare.status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(opened: Open, method: str) -> None:
    reader = opened(write=True)
    assert reader.client.request(method, reader.guard.home + "api/undo").status_code == 405


def test_getting_changes_nothing(opened: Open) -> None:
    assert opened(write=True).get("api/undo?entry=1").status_code == 405


@pytest.mark.parametrize("body", [b"x" * 20_000, b"{", b"[]", b""])
def test_a_body_that_is_no_change_is_refused(opened: Open, body: bytes) -> None:
    reader = opened(write=True)
    sent = {
        "origin": HERE,
        guard.SEAL_HEADER: reader.guard.seal,
        "content-type": "application/json",
    }
    reply = reader.client.post(reader.guard.home + "api/undo", content=body, headers=sent)
    assert reply.status_code == 400


def test_every_answer_is_confined(opened: Open, reports: Path) -> None:
    reader = opened(reports=reports)
    for path in (
        "",
        "api/store",
        "static/main.js",
        "reports/run.html",
        "nowhere",
        "api/record?id=x",
    ):
        headers = reader.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers
    policy = reader.get("").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    refused = reader.client.get("/", headers={"host": "evil.example"})
    assert "frame-ancestors 'none'" in refused.headers["content-security-policy"]


def test_words_are_sent_as_data_and_drawn_as_text(opened: Open) -> None:
    reply = opened().get("api/turns?session=s2")
    assert reply.headers["content-type"] == "application/json"
    assert SCRIPT in reply.json()["turns"][1]["text"]
    for script in STATIC.glob("*.js"):
        code = script.read_text("utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in code, f"{script.name} writes markup by {way}"


def test_the_page_fetches_nothing_from_elsewhere() -> None:
    for path in STATIC.iterdir():
        text = path.read_text("utf-8").replace("http://www.w3.org/", "")
        assert "http://" not in text, path.name
        assert "https://" not in text, path.name
        assert " style=" not in text, path.name
        assert path.suffix != ".html" or " on" not in text.replace(" one", "")
