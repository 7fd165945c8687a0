"""Commands for what is known: facts, profiles, queries, SQL, the quarantine, and models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from llm_server import ModelServer, model_server, says
from test_cli_commands import asked, run

from memkit import MemoryStore

__all__ = ["model_server"]
SAID = [
    {"content": "I live in Porto.", "name": "Ana", "timestamp": "2024-01-10"},
    {"content": "I moved to Lisbon.", "name": "Ana", "timestamp": "2024-03-02"},
    {"content": "I'm allergic to peanuts.", "name": "Ana", "timestamp": "2024-03-03"},
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "notes.mem"
    with MemoryStore(file, embedder=None) as store:
        store.scope(user="ana").add(SAID)
    return file


def test_facts_as_they_stand_and_as_they_stood(path: Path) -> None:
    home = ("facts", path, "--subject", "ana", "--attribute", "home")
    (now,) = asked(*home)
    assert (now["value"], now["status"], now["sources"][0]["turn"]) == ("Lisbon", "current", "t2")
    (then,) = asked(*home, "--at", "2024-02-01")
    assert then["value"] == "Porto"
    history = asked(*home, "--history")
    assert [(one["value"], one["status"]) for one in history] == [
        ("Porto", "superseded"), ("Lisbon", "current"),
    ]  # fmt: skip
    shown = run("facts", path, env={"COLUMNS": "60"}).stdout
    assert "Lisbon" in shown
    assert max(map(len, shown.splitlines())) <= 60


def test_a_profile_is_printed_as_it_goes_into_a_prompt(path: Path) -> None:
    shown = run("profile", path, "--person", "Ana").stdout
    assert shown.startswith("<memories>\nWhat is known of Ana now")
    assert "- home: Lisbon" in shown
    narrow = run("profile", path, "--person", "Ana", env={"COLUMNS": "20"}).stdout
    assert narrow == shown, "a prompt is not broken into lines"
    assert asked("profile", path, "--person", "Ana")["person"] == "Ana"


def test_a_chain_that_leads_nowhere_is_no_table(path: Path) -> None:
    shown = run("chain", path, "Where was the boss of Rui born?")
    assert shown.stdout == ""
    assert "leads to an answer" in shown.stderr


def test_sql_and_closed_queries(path: Path) -> None:
    query = "select value from facts where attribute = ? and status = 'current'"
    found: Any = asked("sql", path, query, "--parameter", "home")
    assert found == {"columns": ["value"], "rows": [["Lisbon"]], "cut": False}
    assert "Lisbon" in run("sql", path, query, "-p", "home").stdout
    fields = ("--field", "subject=ana", "--field", "attribute=allergy")
    assert asked("query", path, "count", *fields)["rows"] == [[1]]
    refused = run("sql", path, "select * from records", code=2)
    assert "it may read facts" in refused.stderr


def test_a_model_proposes_and_what_does_not_hold_is_quarantined(
    path: Path, model_server: ModelServer
) -> None:
    quote = [{"turn": 1, "quote": "I live in Porto"}]
    texts = ("Ana lives in Porto.", "Ana owns a castle.")
    model_server.default = says([{"text": text, "evidence": quote} for text in texts])
    report = asked(
        "maintain", path, "--extractor", "llm-facts", "--model", "tiny",
        "--base-url", model_server.url, code=1,
    )  # fmt: skip
    assert report["extracted"] == {"llm-facts": 1}, report["errors"]
    refused = {item["text"] for item in asked("ls", path, "--quarantined")}
    assert "Ana owns a castle." in refused
    assert "Ana owns a castle." in run("ls", path, "--quarantined").stdout
