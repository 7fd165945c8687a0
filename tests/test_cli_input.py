"""What the command line makes of where the store is, whose memory is meant, and wrong input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from memkit import MemoryStore
from memkit.cli import arguments
from memkit.cli.app import app
from memkit.errors import CorruptStore, InvalidInput


def run(*words: object, code: int = 0, store: object = None, **options: Any) -> Result:
    env = {"COLUMNS": "100", "MEMKIT_STORE": str(store) if store else None}
    result = CliRunner().invoke(app, [str(word) for word in words], env=env, **options)
    assert result.exit_code == code, (result.output, result.stderr, result.exception)
    return result


def refused(*words: object, code: int = 2, **options: Any) -> str:
    """The one line that a command ends with when it is given what it cannot use."""
    result = run(*words, code=code, **options)
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr.removeprefix("memkit: ")


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store of two scopes."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "two.mem"
    with MemoryStore(path) as store:
        store.scope(user="ana").add({"content": "Ana likes plums.", "id": "a"})
        store.scope(user="bob", app="notes").add({"content": "Bob likes pears.", "id": "b"})
    yield path
    with MemoryStore(path, embedder=None) as store:
        assert store.check().ok


# --- the store


def test_the_store_may_be_the_first_argument_an_option_or_in_the_environment(two: Path) -> None:
    words = ("-u", "ana", "--json")
    expected = json.loads(run("search", two, "plums", *words).stdout)
    assert expected[0]["id"] == "a"
    for given, store in (
        (("search", "plums"), two),
        (("search", "plums", "--store", two), None),
        (("search", "plums", "--store", two), "other.mem"),
        (("search", two, "plums"), "other.mem"),
    ):
        assert json.loads(run(*given, *words, store=store).stdout) == expected


def test_commands_without_further_arguments_take_the_environment_s_store(two: Path) -> None:
    assert run("stats", "--json", store=two).stdout == run("stats", two, "--json").stdout
    assert "other.mem does not exist" in refused("stats", "other.mem", store=two)


def test_ids_are_not_taken_for_the_environment_s_store(two: Path) -> None:
    words = ("-u", "ana", "--json")
    assert json.loads(run("erase", "a", *words, store=two).stdout)["ids"] == ["a"]
    assert json.loads(run("erase", two, "a", *words, store="other.mem").stdout)["ids"] == ["a"]
    assert json.loads(run("erase", "a", "--store", two, *words).stdout)["ids"] == ["a"]
    assert json.loads(run("erase", two, "a", *words).stdout)["ids"] == ["a"]


def test_a_command_without_a_store_says_how_to_name_one() -> None:
    assert "No store was named: give its file first" in refused("stats")
    assert "QUERY is missing: 'plums' was taken for the store" in refused("search", "plums")


def test_too_many_arguments(two: Path) -> None:
    assert "unexpected extra argument" in refused("search", two, "a", "b")
    assert "one argument too many" in refused("search", "a", "b", "--store", two)


@pytest.mark.parametrize(
    "words",
    [
        ["search", "x"], ["context", "x"], ["why", "x"], ["why-not", "x", "y"], ["ls"],
        ["show", "x"], ["sessions"], ["timeline"], ["stats"], ["history", "x"], ["journal"],
        ["forget", "x"], ["undo", "1"], ["erase", "x"], ["check"], ["export", "out"], ["maintain"],
        ["reembed", "hashing"],
    ],
)  # fmt: skip
def test_a_missing_store_is_an_error_and_is_not_created(tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "none.mem"
    said = refused(words[0], path, *words[1:])
    assert "does not exist; make one with `memkit add" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["policy", "try", "ttl"], ["eval", "own"]])
def test_what_looks_at_a_copy_makes_no_store_where_none_is(
    tmp_path: Path, words: list[str]
) -> None:
    """`policy try` used to make one, and to say that it had no scopes."""
    assert "does not exist" in refused(*words, tmp_path / "none.mem")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_no_store_to_read(tmp_path: Path) -> None:
    (tmp_path / "empty.mem").touch()
    assert "is empty; make one" in refused("ls", tmp_path / "empty.mem")
    assert (tmp_path / "empty.mem").stat().st_size == 0


def test_what_is_no_store_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Ana: hello\n" * 20)
    assert "is not a memkit store" in refused("ls", tmp_path / "notes.txt", code=1)
    assert "is a folder" in refused("ls", tmp_path, code=1)
    assert "folder exists" in refused("add", tmp_path / "no" / "x.mem", "hi", "-u", "a", code=1)


def test_a_damaged_store_is_a_store_error(two: Path) -> None:
    data = two.read_bytes()
    damaged = two.with_name("damaged.mem")
    damaged.write_bytes(data[: len(data) // 2])
    assert "cut off" in refused("ls", damaged, code=1)


# --- the scope


def test_one_scope_is_the_default_and_of_several_one_must_be_named(
    two: Path, tmp_path: Path
) -> None:
    said = refused("search", two, "likes")
    assert "two.mem has 2 scopes: user=ana, app=notes user=bob. Name one" in said
    words = ("search", two, "pears", "--json")
    assert json.loads(run(*words, "-s", "user=bob", "-s", "app=notes").stdout)[0]["id"] == "b"
    assert json.loads(run(*words, "-u", "bob", "-s", "app=notes").stdout)[0]["id"] == "b"


def test_a_scope_that_holds_nothing_finds_nothing_and_says_so(two: Path) -> None:
    result = run("search", two, "pears", "-u", "eve", "--json")
    assert json.loads(result.stdout) == []
    assert "nothing is stored in scope user=eve" in result.stderr
    assert "user=ana" in result.stderr
    assert "was ever stored" in run("erase", two, "x", "-u", "eve", code=2).stderr


def test_a_new_store_needs_a_scope_and_is_not_created_without(tmp_path: Path) -> None:
    assert "say whose memory this is" in refused("add", tmp_path / "new.mem", "Hello.")
    assert "say whose memory this is" in refused(
        "import", tmp_path / "new.mem", "-", input="Ana: Hello.\n"
    )
    assert "is empty" in refused("add", tmp_path / "new.mem", "Hello.", "-u", "")
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_time_makes_no_store(tmp_path: Path) -> None:
    path, chat = tmp_path / "new.mem", tmp_path / "chat.jsonl"
    chat.write_text('{"content": "a", "timestamp": "2024-02-30"}\n', "utf-8")
    assert "--when='2024-02-30'" in refused("add", path, "x", "-u", "a", "--when", "2024-02-30")
    assert "message 0='2024-02-30'" in refused("import", path, chat, "-u", "a")
    assert not path.exists()


def test_a_store_without_memory_says_how_to_begin(tmp_path: Path) -> None:
    MemoryStore(tmp_path / "new.mem", embedder=None).close()
    assert "holds no memory yet" in refused("search", tmp_path / "new.mem", "x")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-s", "ana"], "is not key=value"),
        (["-s", "=ana"], "is not key=value"),
        (["-s", "user=a", "-u", "b"], "given twice"),
        (["-u", " "], "is empty"),
    ],
)
def test_wrong_scope_keys(two: Path, words: list[str], said: str) -> None:
    assert said in refused("search", two, "x", *words)


# --- wrong input, one line each


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["search", "F", ""], "query is empty"),
        (["search", "F", "x", "-k", "0"], "Invalid value for '--k'"),
        (["search", "F", "x", "-k", "many"], "Invalid value for '--k'"),
        (["search", "F", "x", "-f", "speaker"], "is not understood"),
        (["search", "F", "x", "-f", "{1"], "is not JSON"),
        (["search", "F", "x", "-f", "colour=red"], "Unknown field 'colour'"),
        (["search", "F", "x", "-f", "when>yesterday"], "not an ISO 8601"),
        (["search", "F", "x", "--as-of", "soon"], "not an ISO 8601"),
        (["search", "F", "x", "--now", "soon"], "not an ISO 8601"),
        (["search", "F", "x", "--retriever", "fusd"], "Did you mean 'fused'?"),
        (["search", "F", "x", "--embedder", "no:Such"], "Loading no:Such failed"),
        (["search", "F", "x", "--bogus"], "No such option: --bogus"),
        (["serch", "F", "x"], "serch"),
        (["--bogus"], "No such option: --bogus"),
        (["ls", "F", "--what", "everything"], "everything"),
        (["ls", "F", "--since", "soon"], "since='soon' is not an ISO 8601"),
        (["show", "F", "zz"], "No record 'zz'"),
        (["history", "F", "zz"], "No record 'zz'"),
        (["timeline", "F", "--by", "century"], "century"),
        (["forget", "F"], "either ids or --filter"),
        (["forget", "F", "a", "-f", "id=a"], "either ids or --filter"),
        (["forget", "F", "zz"], "No record with id 'zz'"),
        (["undo", "F", "99"], "No journal entry 99"),
        (["undo", "F", "last"], "must be a whole number"),
        (["erase", "F"], "Name what to erase"),
        (["erase", "F", "a", "--all"], "goes without ids"),
        (["erase", "F", "zz", "--yes"], "No record with id 'zz'"),
        (["add", "F", " "], "nothing to remember"),
        (["add", "F", "x", "--when", "soon"], "not an ISO 8601"),
        (["add", "F", "other words", "--id", "a"], "already stored with another content"),
        (["import", "F", "none.txt"], "There is no file none.txt"),
        (["import", "F", "none.txt", "--format", "word"], "There is no format 'word'"),
        (["import", "F", "none.txt", "--from", "word"], "claude, transcript, memkit, chroma, mem0"),
        (["import", "F", "."], "is a folder that holds nothing to import"),
        (["export", "F", "no/where.jsonl"], "failed"),
        (["bench", "--runs", "3"], "--runs is of races"),
        (["bench", "--plot", "."], "--plot '.' is a folder"),
        (["eval", "run", "harbour", "--json", "--no-budgets"], "found '--no-budgets'"),
        (["eval", "compare", "harbour", "--plot", "a.svg"], "--plot draws recipes"),
        (["eval", "forget", "harbour", "--plot", "no/where.svg"], "a folder that does not exist"),
        (["reembed", "F", "statc"], "Did you mean 'static'?"),
        (["maintain", "F", "--extractor", "none"], "No extractors named 'none'"),
        (["plugins", "--kind", "toys"], "there is no kind 'toys'"),
    ],
)
def test_wrong_input_is_one_line(two: Path, words: list[str], said: str) -> None:
    given = [two if word == "F" else word for word in words]
    at = ["-u", "ana"] if two in given else []
    code = 1 if words[0] == "export" else 2
    assert said in refused(*given, *at, code=code)


def test_a_record_s_text_cannot_break_the_error_line(two: Path) -> None:
    said = refused("show", two, "a\nb\x1b[31m", "-u", "ana")
    assert "\x1b" not in said


def test_debug_adds_the_traceback_wherever_it_stands(two: Path) -> None:
    for words in (["--debug", "show", two, "zz", "-u", "ana"],
                  ["show", two, "zz", "-u", "ana", "--debug"]):  # fmt: skip
        shown = run(*words, code=2).stderr
        assert "Traceback" in shown
        assert "NotFound" in shown
    assert "--debug" in run("add", two, "-u", "ana", "--", "--debug").stdout


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "stopped by Ctrl-C"),
        (CorruptStore("The file is damaged."), 1, "The file is damaged."),
        (InvalidInput("No."), 2, "No."),
        (ZeroDivisionError("by zero"), 1, "unexpected ZeroDivisionError: by zero. Add --debug"),
        (OSError(30, "Read-only file system", "a"), 1, "writing a failed: Read-only file system."),
        (OSError(28, "No space left on device"), 1, "writing failed: No space left on device."),
    ],
)
def test_whatever_happens_is_one_line_and_a_code(
    two: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    def fail(self: object) -> None:
        raise error

    monkeypatch.setattr(MemoryStore, "stats", fail)
    assert said in refused("stats", two, code=code)


def test_a_reader_who_leaves_is_no_error(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(MemoryStore, "stats", fail)
    result = run("stats", two)
    assert (result.stdout, result.stderr) == ("", "")


def test_without_a_command_there_is_help() -> None:
    shown = run().stdout
    assert "Usage" in shown
    for name in ("search", "why-not", "plugins"):
        assert name in shown


@pytest.mark.parametrize("group", ["eval", "policy"])
def test_a_group_without_a_command_is_helped(group: str) -> None:
    """It used to end in `memkit: . See ...`."""
    shown = run(group, code=2)
    assert (shown.stderr, "Usage: " in shown.stdout) == ("", True)


def test_version() -> None:
    assert run("--version").stdout.startswith("memkit ")


def test_standard_input_that_is_no_text(two: Path) -> None:
    assert "not UTF-8" in refused("add", two, "-", "-u", "ana", input=b"\xff\xfe\x00")


# --- filters


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([], None),
        (["speaker=Ana"], {"speaker": {"eq": "Ana"}}),
        (["speaker = Ana Lima "], {"speaker": {"eq": "Ana Lima"}}),
        (["when>=2024"], {"when": {"gte": "2024"}}),
        (["meta.n<=3"], {"meta.n": {"lte": 3}}),
        (["meta.topic!=a=b"], {"meta.topic": {"ne": "a=b"}}),
        (["meta.done=true"], {"meta.done": {"eq": True}}),
        (["meta.list=[1]"], {"meta.list": {"eq": "[1]"}}),
        (['{"role": "user"}'], {"role": "user"}),
        (["id=1", "role<z"], {"and": [{"id": {"eq": "1"}}, {"role": {"lt": "z"}}]}),
    ],
)
def test_filters_are_read(terms: list[str], expected: Any) -> None:
    assert arguments.filter_of(terms) == expected
