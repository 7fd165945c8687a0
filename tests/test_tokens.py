"""Counting tokens: the best counter that is on this machine, never the network."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from memkit import tokens
from memkit.tokens import default_counter, estimate


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No table anywhere, and no way out."""

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
    monkeypatch.delenv("DATA_GYM_CACHE_DIR", raising=False)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "nowhere"))
    tokens._encoding.cache_clear()
    _hide(monkeypatch, "litellm")


def _hide(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    original = find_spec
    monkeypatch.setattr(tokens, "find_spec", lambda name: None if name in names else original(name))


def _table(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds what passes for tiktoken's table."""
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / tokens._TABLE
    table.write_bytes(b"stand-in")
    monkeypatch.setattr(
        tokens, "_is_table", lambda path: path.is_file() and path.read_bytes() == b"stand-in"
    )
    return table


def _fake_tiktoken(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """A tiktoken that counts words; the folders it was pointed to."""
    seen: list[str | None] = []

    def get_encoding(name: str) -> Any:
        seen.append(os.environ.get("TIKTOKEN_CACHE_DIR"))
        return SimpleNamespace(encode_ordinary=str.split, name=name)

    module = ModuleType("tiktoken")
    module.get_encoding = get_encoding  # type: ignore[attr-defined]
    module.__spec__ = ModuleSpec("tiktoken", None)
    monkeypatch.setitem(sys.modules, "tiktoken", module)
    return seen


def test_without_a_table_the_default_embedders_tokenizer_counts() -> None:
    counter = default_counter()
    assert counter.name == "llama2"
    assert counter.count("") == 0
    assert counter.count("The cat sleeps.") in (4, 5, 6)
    assert counter.count("word " * 4000) >= 4000


@pytest.mark.parametrize("variable", ["TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"])
def test_a_table_in_tiktokens_own_cache_comes_first(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _table(tmp_path / "cache", monkeypatch)
    monkeypatch.setenv(variable, str(tmp_path / "cache"))
    pointed = _fake_tiktoken(monkeypatch)
    counter = default_counter()
    assert counter.name == "tiktoken:o200k_base"
    assert counter.count("one two three") == 3
    assert pointed == [str(tmp_path / "cache")]


def test_a_table_in_the_temporary_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _table(tmp_path / "nowhere" / "data-gym-cache", monkeypatch)
    _fake_tiktoken(monkeypatch)
    assert default_counter().name == "tiktoken:o200k_base"


def test_the_table_inside_an_installed_litellm_is_used_without_importing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _table(tmp_path / "litellm" / "litellm_core_utils" / "tokenizers", monkeypatch)
    original = find_spec
    spec = SimpleNamespace(origin=str(tmp_path / "litellm" / "__init__.py"))
    monkeypatch.setattr(
        tokens, "find_spec", lambda name: spec if name == "litellm" else original(name)
    )
    pointed = _fake_tiktoken(monkeypatch)
    assert default_counter().count("a b") == 2
    assert pointed == [str(tmp_path / "litellm" / "litellm_core_utils" / "tokenizers")]
    assert "litellm" not in sys.modules


def test_the_environment_is_as_it_was_after_loading_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _table(tmp_path / "nowhere" / "data-gym-cache", monkeypatch)
    _fake_tiktoken(monkeypatch)
    default_counter().count("a")
    assert "TIKTOKEN_CACHE_DIR" not in os.environ
    tokens._encoding.cache_clear()
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "elsewhere")
    default_counter().count("a")
    assert os.environ["TIKTOKEN_CACHE_DIR"] == "elsewhere"


def test_a_table_that_is_not_tiktokens_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "cache" / tokens._TABLE
    table.parent.mkdir()
    table.write_bytes(b"half a download")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(table.parent))
    assert default_counter().name == "llama2"
    assert table.read_bytes() == b"half a download"


def test_a_table_without_tiktoken_is_of_no_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _table(tmp_path / "nowhere" / "data-gym-cache", monkeypatch)
    _hide(monkeypatch, "tiktoken", "litellm")
    assert default_counter().name == "llama2"


@pytest.mark.parametrize("missing", ["wordllama", "tokenizers"])
def test_with_nothing_installed_tokens_are_estimated(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _hide(monkeypatch, missing, "litellm")
    counter = default_counter()
    assert counter.name == "estimate"
    assert counter.count("12345678") == 2


@pytest.mark.parametrize(
    ("text", "expected"), [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2), ("東京", 2), ("😀", 1)]
)
def test_the_estimate_is_a_token_per_four_bytes(text: str, expected: int) -> None:
    assert estimate(text) == expected


def test_the_estimate_bears_a_lone_surrogate() -> None:
    assert estimate("\ud800") == 1
