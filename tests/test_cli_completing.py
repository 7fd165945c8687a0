"""What the shell is offered at Tab."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from memkit import MemoryStore
from memkit.cli.app import app


def offered(line: str, store: str | None = None) -> set[str]:
    words = line.split(" ")
    env = {
        "_MEMKIT_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1),
        "MEMKIT_STORE": store,
    }  # fmt: skip
    result = CliRunner().invoke(app, [], env=env, prog_name="memkit")
    assert result.exit_code == 0, (result.output, result.stderr)
    return set(result.stdout.split())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with MemoryStore(tmp_path / "notes.mem", embedder=None) as store:
        store.scope(user="ana", app="chat").add("Hello.")
        store.scope(user="rui").add("Hi.")
        assert store.check().ok
    return tmp_path / "notes.mem"


def test_commands_and_options() -> None:
    assert {"search", "sessions"} <= offered("memkit se")
    assert "--retriever" in offered("memkit search x y --r")
    assert "week" in offered("memkit timeline x --by w")


def test_names_of_plug_ins() -> None:
    assert offered("memkit search x y --retriever fu") == {"fused"}
    assert "hashing" in offered("memkit reembed x ")
    assert "facts" in offered("memkit maintain x --extractor f")
    assert "never" in offered("memkit maintain x --forgetting n")
    assert "embedders" in offered("memkit plugins --kind e")
    assert "static" in offered("memkit ls x --embedder s")


def test_names_of_data_sets_and_recipes() -> None:
    assert offered("memkit eval run har") == {"harbour"}
    assert "locomo" in offered("memkit eval ablate lo")
    assert "recency" in offered("memkit eval run harbour --retriever rec")
    assert "memgas" in offered("memkit recipes memg")
    assert "lru" in offered("memkit policy try l")


def test_scopes_and_users_of_the_store_on_the_line(path: Path) -> None:
    assert offered(f"memkit ls {path} --scope ") == {"user=ana", "app=chat", "user=rui"}
    assert offered(f"memkit search {path} x --user a") == {"ana"}
    assert offered("memkit ls --user ", store=str(path)) == {"ana", "rui"}
    assert offered(f"memkit ls --store {path} --user r") == {"rui"}


def test_where_there_is_no_store_nothing_is_offered(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no store")
    assert offered(f"memkit ls {tmp_path / 'none'} --user ") == set()
    assert offered(f"memkit ls {tmp_path / 'text'} --user ") == set()
    assert offered("memkit ls --user ") == set()
