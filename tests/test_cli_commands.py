"""Every command that works on a store: what it prints for people and as JSON."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from memkit import MemoryStore, registry
from memkit.cli.app import app
from memkit.models import CheckReport

NOW = "2024-06-01T12:00:00+00:00"
TURN_KEYS = {"id", "text", "speaker", "role", "session", "when", "metadata", "origin"}
HIT_KEYS = {
    "id", "text", "score", "sources", "session", "speaker", "when", "kind", "why", "turns",
    "archived",
}  # fmt: skip
ENTRY_KEYS = {"id", "when", "action", "reason", "records", "undoes", "undone_by"}
SAID: list[dict[str, Any]] = [
    {"content": "I moved from Porto to Lisbon in March.", "name": "Ana", "id": "a", "session": "s1",
     "timestamp": "2024-03-02T10:00:00", "metadata": {"topic": "home"}},
    {"content": "My cat is called Bica.", "name": "Ana", "id": "b", "session": "s1",
     "timestamp": "2024-03-02T10:01:00"},
    {"content": "The sun was out all day.", "name": "Rui", "id": "c", "session": "s2",
     "timestamp": "2024-05-04T09:00:00"},
    {"content": "We should plant tomatoes.", "name": "Rui", "id": "d", "session": "s2",
     "timestamp": "2024-05-04T09:01:00"},
]  # fmt: skip


def run(*words: object, code: int = 0, **options: Any) -> Result:
    env = {"COLUMNS": "100", "MEMKIT_STORE": None, "NO_COLOR": "1"} | options.pop("env", {})
    result = CliRunner().invoke(app, [str(word) for word in words], env=env, **options)
    assert result.exit_code == code, (result.output, result.stderr, result.exception)
    return result


def asked(*words: object, **options: Any) -> Any:
    return json.loads(run(*words, "--json", "--now", NOW, **options).stdout)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "notes.mem"
    with MemoryStore(file) as store:
        store.scope(user="ana").add(SAID, now=NOW)
    yield file
    with MemoryStore(file, embedder=None) as store:
        assert store.check().ok


def test_add_makes_a_store_and_a_turn(path: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.mem"
    (turn,) = asked("add", new, "Hello.", "-u", "ana", "-n", "Ana", "--session", "s",
                    "--when", "2024-01-02", "--id", "x", "--role", "user")  # fmt: skip
    assert set(turn) == TURN_KEYS
    assert (turn["id"], turn["speaker"], turn["role"], turn["session"]) == ("x", "Ana", "user", "s")
    assert turn["when"] == "2024-01-02T00:00:00+00:00"
    assert "Hello again." in run("add", new, "Hello again.").stdout
    with MemoryStore(new) as store:
        assert store.scopes() == [{"user": "ana"}]
        assert store.check().ok


def test_add_reads_standard_input(path: Path) -> None:
    (turn,) = asked("add", path, "-", input="First line.\nSecond line.\n")
    assert turn["text"] == "First line.\nSecond line.\n"


def test_search_gives_hits(path: Path) -> None:
    hits = asked("search", path, "Where does Ana live, Lisbon or Porto?", "-k", 2)
    assert [set(hit) for hit in hits] == [HIT_KEYS] * 2
    assert hits[0]["id"] == "a"
    assert 0 <= hits[1]["score"] <= hits[0]["score"] <= 1
    shown = run("search", path, "Lisbon Porto", "-k", 1).stdout
    assert "Ana · 2024-03-02 10:00 · s1" in shown
    assert "    I moved from Porto to Lisbon in March." in shown


def test_search_takes_filters_a_moment_and_a_retriever(path: Path) -> None:
    def found(*more: str) -> set[str]:
        return {hit["id"] for hit in asked("search", path, "tomatoes cat Lisbon sun", *more)}

    assert found("--filter", "speaker=Rui") == {"c", "d"}
    assert found("-f", "when<2024-05-01", "-f", "speaker!=Rui") == {"a", "b"}
    assert found("-f", "meta.topic=home") == {"a"}
    assert found("-f", '{"id": {"in": ["a", "d"]}}') == {"a", "d"}
    assert found("--as-of", "2024-04-01", "--retriever", "recency") == {"a", "b"}


def test_search_that_finds_nothing_says_so(path: Path) -> None:
    assert run("search", path, "x", "-f", "speaker=Nobody").stdout == "Nothing was found.\n"
    assert asked("search", path, "x", "-f", "speaker=Nobody") == []


def test_long_hits_are_cut_unless_asked_for_in_full(path: Path) -> None:
    run("add", path, "zebra " * 200)
    assert "…" in run("search", path, "zebra", "-k", 1).stdout
    full = run("search", path, "zebra", "-k", 1, "--full").stdout
    assert full.count("zebra") == 200


def test_context_prints_the_block_and_nothing_else(path: Path) -> None:
    block = asked("context", path, "Lisbon", "--budget", 200)
    assert set(block) == {"text", "tokens", "budget", "hits", "counter"}
    assert block["tokens"] <= 200
    assert run("context", path, "Lisbon", "-b", 200).stdout == block["text"] + "\n"


def test_why_draws_the_signals_of_hits(path: Path) -> None:
    trace = asked("why", path, "Lisbon", "-k", 1)
    assert set(trace) == {"query", "now", "retriever", "terms", "stages", "hits", "milliseconds"}
    assert trace["now"] == NOW
    assert {"name", "entered", "kept", "note"} == set(trace["stages"][0])
    shown = run("why", path, "Lisbon", "-k", 1).stdout
    assert "terms      lisbon" in shown
    assert "█" in shown
    assert "Nothing was found." in run("why", path, "x", "-f", "speaker=Nobody").stdout


def test_why_not_names_the_stage(path: Path) -> None:
    keys = {"id", "query", "stage", "reason", "rank", "score", "needed", "why"}
    found = asked("why-not", path, "Lisbon", "d", "-k", 1)
    assert set(found) == keys
    assert found["stage"] == "rank"
    assert asked("why-not", path, "Lisbon", "nothing")["stage"] == "missing"
    assert run("why-not", path, "Lisbon", "a", "-k", 1).stdout.startswith("a: returned")


def test_ls_lists_turns(path: Path) -> None:
    assert [turn["id"] for turn in asked("ls", path)] == ["a", "b", "c", "d"]
    assert set(asked("ls", path)[0]) == TURN_KEYS
    assert [t["id"] for t in asked("ls", path, "--since", "2024-05-01", "-n", 1)] == ["c"]
    assert [t["id"] for t in asked("ls", path, "--until", "2024-05-01", "-f", "session=s1")] == [
        "a", "b",
    ]  # fmt: skip
    limited = run("ls", path, "--limit", 3)
    assert "We should plant" not in limited.stdout
    assert limited.stderr == "memkit: these are the first 3; --limit 0 lists all.\n"
    assert "We should plant" in run("ls", path, "--limit", 0).stdout
    assert asked("ls", path, "--what", "memories") == []


def test_ls_leaves_forgotten_turns_to_all(path: Path) -> None:
    run("forget", path, "a")
    assert [turn["id"] for turn in asked("ls", path)] == ["b", "c", "d"]
    assert len(asked("ls", path, "--what", "all")) == 4


@pytest.mark.parametrize("width", [60, 100])
def test_tables_fit_the_terminal(path: Path, width: int) -> None:
    env = {"COLUMNS": str(width)}
    run("add", path, "w" * 500, "--id", "i" * 90, "--session", "s" * 90, "-n", "n" * 90)
    for words in (
        ["ls"], ["search", "Lisbon w"], ["sessions"], ["timeline"], ["timeline", "--by", "session"],
        ["stats"], ["journal"], ["why", "Lisbon"], ["show", "a"], ["erase", "a"],
    ):  # fmt: skip
        lines = run(words[0], path, *words[1:], env=env).stdout.splitlines()
        assert max(map(len, lines)) <= width, words


def test_show_tells_all_of_a_record(path: Path) -> None:
    found = asked("show", path, "a")
    assert set(found) == {"kind", "record", "history"}
    assert found["kind"] == "turn"
    assert set(found["record"]) == TURN_KEYS
    assert found["history"][0]["action"] == "add"
    shown = run("show", path, "a").stdout
    assert "I moved from Porto" in shown
    assert "topic" in shown


def test_sessions(path: Path) -> None:
    found = asked("sessions", path)
    assert set(found[0]) == {"id", "turns", "speakers", "first", "last"}
    assert [(one["id"], one["turns"]) for one in found] == [("s1", 2), ("s2", 2)]
    assert "Rui" in run("sessions", path).stdout


def test_timeline_counts_turns_per_period(path: Path) -> None:
    assert asked("timeline", path, "--by", "month") == [
        {"period": "2024-03", "turns": 2},
        {"period": "2024-05", "turns": 2},
    ]
    assert asked("timeline", path, "--by", "year") == [{"period": "2024", "turns": 4}]
    assert asked("timeline", path, "--by", "session", "-f", "speaker=Rui") == [
        {"period": "s2", "turns": 2}
    ]
    weeks = asked("timeline", path)
    assert [one["period"] for one in weeks] == ["2024-02-26", "2024-04-29"]  # Mondays
    for by, gaps in (("month", 0), ("week", 1), ("day", 1), ("year", 0), ("session", 0)):
        shown = run("timeline", path, "--by", by).stdout
        assert "█" in shown
        assert shown.count("·") == gaps
    assert "2024-04 0" in run("timeline", path, "--by", "month").stdout
    assert "no turn for 62 days" in run("timeline", path, "--by", "day").stdout
    assert "4 turns in 2 weeks; 2.0 a week" in run("timeline", path).stdout
    assert run("timeline", path, "-f", "speaker=Nobody").stdout == "There are no turns to chart.\n"


def test_stats_counts_all_scopes(path: Path) -> None:
    found = asked("stats", path)
    assert found["turns"] == 4
    assert found["scopes"][0]["keys"] == {"user": "ana"}
    assert found["mode"] == "hybrid"
    shown = run("stats", path).stdout
    assert "user=ana" in shown
    assert "hybrid" in shown


def test_forget_undo_history_and_journal(path: Path) -> None:
    entry = asked("forget", path, "a", "b", "--reason", "old")
    assert set(entry) == ENTRY_KEYS
    assert entry["records"] == ["a", "b"]
    undone = asked("undo", path, entry["id"])
    assert (undone["action"], undone["undoes"]) == ("undo", entry["id"])
    assert [one["action"] for one in asked("history", path, "a")] == ["add", "forget", "undo"]
    assert [one["action"] for one in asked("journal", path, "-n", 2)] == ["forget", "undo"]
    assert len(asked("journal", path, "-n", 0)) == 3
    shown = run("journal", path).stdout
    assert "old (a, b) [undone by 3]" in shown
    told = run("forget", path, "--filter", "speaker=Rui").stdout
    assert told.startswith("Forgot 2 records. To take it back: memkit undo ")
    assert "forget" in run("history", path, "c").stdout
    assert "undoes 4" in run("undo", path, 4).stdout


def test_erase_only_lists_until_yes(path: Path) -> None:
    found = asked("erase", path, "a", "b")
    assert found == {"erased": False, "ids": ["a", "b"], "receipt": None}
    shown = run("erase", path, "-f", "speaker=Ana").stdout
    assert "2 records would be erased for good" in shown
    assert "I moved from Porto" in shown
    assert len(asked("ls", path)) == 4
    found = asked("erase", path, "a", "--yes")
    assert (found["erased"], found["ids"]) == (True, ["a"])
    assert found["receipt"]["verified"]
    assert b"Porto" not in path.read_bytes()
    assert "Erased 1 turn." in run("erase", path, "b", "--yes").stdout


def test_erase_of_a_whole_scope(path: Path) -> None:
    run("add", path, "Another.", "-u", "bob")
    assert len(asked("erase", path, "--all", "-u", "ana")["ids"]) == 4
    assert asked("erase", path, "--all", "-u", "ana", "--yes")["receipt"]["turns"] == 4
    assert [scope["keys"] for scope in asked("stats", path)["scopes"]] == [{"user": "bob"}]


def test_check_fixes_and_says_ok(path: Path) -> None:
    assert asked("check", path) == {"ok": True, "problems": [], "fixed": []}
    assert run("check", path, "--fix").stdout == "ok\n"


def test_check_exits_with_1_while_problems_remain(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = iter([CheckReport(("a row is odd",)), CheckReport((), ("a row was odd",))])
    monkeypatch.setattr(MemoryStore, "check", lambda store, fix=False: next(reports))
    assert "problem: a row is odd" in run("check", path, code=1).stdout
    assert run("check", path, "--fix").stdout == "fixed: a row was odd\nok\n"
    monkeypatch.undo()


def test_export_and_import_lose_nothing(path: Path, tmp_path: Path) -> None:
    told = asked("export", path, tmp_path / "out.jsonl")
    assert set(told) == {"path", "lines"}
    other = tmp_path / "other.mem"
    report = asked("import", other, tmp_path / "out.jsonl")
    assert (report["format"], report["added"]) == ("memkit", 4)
    assert asked("ls", other) == asked("ls", path)
    piped = run("export", path, "-").stdout
    assert piped == (tmp_path / "out.jsonl").read_text()
    again = asked("import", other, "-", input=piped)
    assert (again["added"], again["present"]) == (0, 4)
    told = run("import", tmp_path / "none.mem", tmp_path / "out.jsonl", "--dry-run").stdout
    assert "4 messages; 4 would be added" in " ".join(told.split())
    with MemoryStore(other) as store:
        assert store.check().ok


def test_export_replaces_a_file_only_by_force_and_never_the_store(
    path: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("mine")
    assert "--force replaces it" in run("export", path, out, code=2).stderr
    assert out.read_text() == "mine"
    assert "Wrote" in run("export", path, out, "--force").stdout
    assert "is the store itself" in run("export", path, path, "--force", code=2).stderr


def test_import_adds_only_what_is_new(path: Path, tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("Ana: Hello.\nRui: Hi.\n")
    report = asked("import", path, chat)
    assert report == {
        "format": "transcript", "read": 2, "added": 2, "present": 0, "dropped": {},
        "sessions": 1, "dry_run": False,
    }  # fmt: skip
    chat.write_text("Ana: Hello.\nRui: Hi.\nAna: Bye.\n")
    assert asked("import", path, chat, "--dry-run")["added"] == 1
    told = run("import", path, chat, "--format", "transcript").stdout
    assert "3 messages in 1 session; 1 added, 2 were there already." in " ".join(told.split())
    assert len(asked("ls", path)) == 7


def test_import_reads_standard_input_as_one_source(path: Path) -> None:
    assert asked("import", path, "-", input="Ana: Hello.\n")["added"] == 1
    assert asked("import", path, "-", input="Ana: Hello.\n")["added"] == 0
    assert asked("import", path, "-", input="Ana: Hello.\nRui: Hi.\n")["added"] == 2
    assert asked("import", path, "-", "--source", "x", input="Ana: Hello.\n")["added"] == 1
    assert asked("import", path, "-", "--source", "x", input="Ana: Hello.\nB: 1\n")["added"] == 1


def test_a_renamed_conversation_is_no_conflict(path: Path, tmp_path: Path) -> None:
    message = {"content": "Hello.", "id": "x", "metadata": {"title": "Old"}}
    file = tmp_path / "n.jsonl"
    for title, added in (("Old", 1), ("New", 0)):
        file.write_text(json.dumps(message | {"metadata": {"title": title}}))
        assert asked("import", path, file)["added"] == added
    file.write_text(json.dumps(message | {"content": "Other words."}))
    assert "already stored with another content" in run("import", path, file, code=2).stderr


def test_import_of_an_unknown_sample_makes_no_store(tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("Ana: Hello.\n")
    run("import", tmp_path / "new.mem", chat, "-u", "ana", "--sample", "x", code=2)
    run("import", tmp_path / "new.mem", chat, "--dry-run")
    assert not (tmp_path / "new.mem").exists()


def test_maintain_reports(path: Path) -> None:
    report = asked("maintain", path, "--forgetting", "never")
    assert report["finished"] is True
    assert set(report) == {
        "finished", "extracted", "rejected", "consolidated", "archived", "expired", "errors",
        "milliseconds", "compressed", "planned",
    }  # fmt: skip
    assert "finished" in run("maintain", path, "--budget-ms", 50).stdout


def test_reembed_and_the_commands_after_it(path: Path) -> None:
    report = asked("reembed", path, "hashing")
    assert report["embedder"].startswith("hashing")
    assert report["embedded"] == 4
    after = run("search", path, "Lisbon", "--json")
    assert after.stderr == ""
    assert asked("stats", path)["mode"] == "hybrid"
    assert "0 records embedded, 4 had a vector" in run("reembed", path, "hashing").stdout


def test_another_embedder_warns_in_one_line(path: Path) -> None:
    result = run("search", path, "Lisbon", "--embedder", "hashing", "--json")
    assert "a" in {hit["id"] for hit in json.loads(result.stdout)}
    assert result.stderr.startswith("memkit: warning: This store's vectors were made by")
    assert result.stderr.count("\n") == 1
    assert run("search", path, "Lisbon", "--embedder", "none", "--json").stderr == ""


def test_looking_into_a_store_without_an_embedder_gives_it_none(tmp_path: Path) -> None:
    with MemoryStore(tmp_path / "k.mem", embedder=None) as store:
        store.scope(user="ana").add("Keywords alone.")
    run("search", tmp_path / "k.mem", "keywords")
    assert asked("stats", tmp_path / "k.mem")["embedder"] is None
    with MemoryStore(tmp_path / "k.mem", embedder=None) as store:
        assert store.check().ok


def test_plugins_lists_and_checks() -> None:
    found = json.loads(run("plugins", "--json").stdout)
    assert set(found[0]) == {"kind", "name", "distribution", "version", "target", "status"}
    assert {"static", "hashing"} <= {one["name"] for one in found if one["kind"] == "embedders"}
    only = json.loads(run("plugins", "--kind", "retrievers", "--check", "--json").stdout)
    assert {one["kind"] for one in only} == {"retrievers"}
    assert {one["status"] for one in only} == {"ok"}
    assert "fused" in run("plugins").stdout


def test_a_broken_plugin_shows_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {"hollow": "memkit.no_such_module:Hollow"}
    monkeypatch.setitem(registry.BUILT_IN, "rerankers", broken)
    result = run("plugins", "--check", code=1)
    assert "no_such_module" in result.stdout
    assert "fused" in result.stdout


def test_stored_text_cannot_command_the_terminal(path: Path) -> None:
    run("add", path, "red \x1b[31m alert \x9b bell \x07 \u202e", "--id", "x")
    for words in (["ls"], ["search", "alert"], ["show", "x"], ["context", "alert"]):
        shown = run(words[0], path, *words[1:]).stdout
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(shown), words


def test_markup_in_stored_text_is_only_text(path: Path) -> None:
    run("add", path, "[bold]loud[/bold] :smile: [link=x]", "--id", "x")
    assert "[bold]loud[/bold] :smile: [link=x]" in run("ls", path).stdout
    assert "[bold]loud[/bold] :smile: [link=x]" in run("search", path, "loud", "-k", 1).stdout


def test_every_command_has_help_that_ends_with_an_example() -> None:
    top: Any = typer.main.get_command(app)
    names = {
        "add", "import", "search", "context", "why", "why-not", "ls", "show", "sessions",
        "timeline", "stats", "history", "journal", "forget", "undo", "erase", "check", "export",
        "maintain", "reembed", "plugins", "eval", "demo",
    }  # fmt: skip
    assert names <= set(top.commands)
    for name in names - {"eval", "demo"}:
        last = top.commands[name].help.strip().splitlines()[-1]
        assert last.startswith(f"    memkit {name} "), name
        assert "Usage" in run(name, "--help").stdout


def test_the_examples_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("memkit.ui.serving.LocalPage.serve", lambda page: None)
    Path("chat.txt").write_text("Ana: Hello.\nRui: Hi.\n")
    top: Any = typer.main.get_command(app)
    for name, command in top.commands.items():
        if name in {"eval", "policy", "demo", "bench", "mcp"}:
            continue
        example = command.help.strip().splitlines()[-1].strip()
        run(*shlex.split(example)[1:])
    with MemoryStore("notes.mem", embedder=None) as store:
        assert store.check().ok
