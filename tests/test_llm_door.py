"""The door to models: cache, budget, batches, and models that are plain functions."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from memkit.errors import BudgetSpent, InvalidInput, ModelUnavailable, PluginError, UnusableReply
from memkit.llm import LLM, MemoryLedger, Prompt, Reply
from memkit.models import Spending


class Colour(BaseModel):
    name: str


def prompts(*texts: str) -> list[Prompt]:
    return [Prompt("Name colours.", text) for text in texts]


class Echo:
    """A model that names the last word of the prompt before the schema, and counts its calls."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._mutex = threading.Lock()

    def __call__(self, prompt: str) -> str:
        name = prompt.partition("\n\nReply with JSON")[0].split()[-1]
        with self._mutex:
            self.asked.append(name)
        return json.dumps({"items": [{"name": name}]})


def door(model: Callable[[str], str], **options: Any) -> LLM:
    return LLM(model, **{"sleep": lambda seconds: None, "jitter": lambda: 1.0, **options})


def names(replies: list[Reply[Colour] | UnusableReply]) -> list[list[str]]:
    return [[i.name for i in reply.items] if isinstance(reply, Reply) else [] for reply in replies]


def test_any_function_from_a_prompt_to_a_reply_is_a_model() -> None:
    echo = Echo()
    llm = door(echo)
    assert names(llm.ask_all(prompts("red", "blue"), Colour)) == [["red"], ["blue"]]
    assert llm.identity == "callable:test_llm_door.Echo"


def test_the_same_prompt_is_asked_once() -> None:
    echo = Echo()
    llm, ledger = door(echo), MemoryLedger()
    first = llm.ask_all(prompts("red"), Colour, ledger=ledger)
    [again] = llm.ask_all(prompts("red"), Colour, ledger=ledger)
    assert isinstance(again, Reply)
    assert again.cached
    assert names([again]) == names(first)
    assert echo.asked == ["red"]
    assert ledger.spent().calls == 1


@pytest.mark.parametrize(
    "other",
    [{"temperature": 0.5}, {"max_reply_tokens": 99}, {"options": {"seed": 1}}],
    ids=str,
)
def test_a_kept_reply_is_for_the_same_settings_only(other: dict[str, Any]) -> None:
    echo, ledger = Echo(), MemoryLedger()
    door(echo).ask(prompts("red")[0], Colour, ledger=ledger)
    door(echo, **other).ask(prompts("red")[0], Colour, ledger=ledger)
    assert echo.asked == ["red", "red"]


def test_a_kept_reply_is_for_the_same_model_and_schema_only() -> None:
    class Shade(BaseModel):
        name: str
        depth: int = 0

    echo, ledger = Echo(), MemoryLedger()
    door(echo).ask(prompts("red")[0], Colour, ledger=ledger)
    door(echo).ask(prompts("red")[0], Shade, ledger=ledger)
    door(lambda prompt: echo(prompt)).ask(prompts("red")[0], Colour, ledger=ledger)
    assert echo.asked == ["red"] * 3


def test_a_kept_reply_that_cannot_be_read_any_more_is_asked_for_again() -> None:
    class Broken(MemoryLedger):
        def reply(self, key: bytes) -> str | None:
            return "lost"

    assert names(door(Echo()).ask_all(prompts("red"), Colour, ledger=Broken())) == [["red"]]


def test_spending_is_counted_by_model() -> None:
    ledger = MemoryLedger()
    llm = door(Echo(), price=(1.0, 10.0))
    llm.ask_all(prompts("red", "blue"), Colour, ledger=ledger)
    spent = ledger.by_model()[llm.identity]
    assert spent.calls == 2
    assert spent.prompt_tokens > 40
    assert spent.cost == pytest.approx(
        (spent.prompt_tokens + 10 * spent.completion_tokens) / 1_000_000
    )
    assert llm.spent() == Spending()


def test_an_estimate_asks_nothing_and_bounds_what_is_spent() -> None:
    echo, ledger = Echo(), MemoryLedger()
    llm = door(echo, price=(1.0, 10.0), max_reply_tokens=50)
    llm.ask_all(prompts("red"), Colour, ledger=ledger)
    before, asked = ledger.spent(), len(echo.asked)
    estimate = llm.estimate(prompts("red", "blue", "green"), Colour, ledger=ledger)
    assert (estimate.calls, estimate.cached, estimate.completion_tokens) == (2, 1, 100)
    assert len(echo.asked) == asked
    llm.ask_all(prompts("red", "blue", "green"), Colour, ledger=ledger)
    after = ledger.spent()
    assert after.prompt_tokens - before.prompt_tokens <= estimate.prompt_tokens
    assert after.completion_tokens - before.completion_tokens <= estimate.completion_tokens
    assert estimate.cost is not None
    assert after.cost - before.cost <= estimate.cost + 1e-12


def test_without_a_price_an_estimate_names_none() -> None:
    assert door(Echo()).estimate(prompts("red"), Colour).cost is None


def test_no_call_is_made_that_could_pass_the_limit_of_tokens() -> None:
    echo, ledger = Echo(), MemoryLedger()
    one = door(echo, max_reply_tokens=50).estimate(prompts("red"), Colour)
    limit = one.prompt_tokens + one.completion_tokens + 20
    llm = door(echo, max_reply_tokens=50, max_tokens_spent=limit)
    llm.ask_all(prompts("red"), Colour, ledger=ledger)
    before = ledger.spent()
    with pytest.raises(BudgetSpent, match="left of max_tokens_spent"):
        llm.ask_all(prompts("blue"), Colour, ledger=ledger)
    assert echo.asked == ["red"]
    assert ledger.spent() == before
    assert names(llm.ask_all(prompts("red"), Colour, ledger=ledger)) == [["red"]]  # costs nothing


def test_no_call_is_made_that_could_pass_the_limit_of_money() -> None:
    echo, ledger = Echo(), MemoryLedger()
    llm = door(echo, max_cost=0.001, price=(1.0, 2.0), max_reply_tokens=1000)
    with pytest.raises(BudgetSpent, match="US dollars"):
        llm.ask_all(prompts("red"), Colour, ledger=ledger)
    assert echo.asked == []


@given(st.integers(0, 2000), st.integers(1, 8), st.integers(1, 4))
def test_the_limit_holds_for_any_number_of_calls_at_once(
    limit: int, count: int, concurrency: int
) -> None:
    ledger = MemoryLedger()
    llm = door(Echo(), max_tokens_spent=limit, max_reply_tokens=60, concurrency=concurrency)
    with contextlib.suppress(BudgetSpent):
        llm.ask_all(prompts(*(f"colour{n}" for n in range(count))), Colour, ledger=ledger)
    spent = ledger.spent()
    assert spent.prompt_tokens + spent.completion_tokens <= limit


def test_the_limit_of_a_model_that_writes_more_than_it_may_stops_the_next_call() -> None:
    ledger = MemoryLedger()
    long = json.dumps({"items": [{"name": "red " * 500}]})
    llm = door(lambda prompt: long, max_tokens_spent=400, max_reply_tokens=10)
    llm.ask_all(prompts("one"), Colour, ledger=ledger)
    with pytest.raises(BudgetSpent):
        llm.ask_all(prompts("two"), Colour, ledger=ledger)


def test_money_needs_a_price() -> None:
    with pytest.raises(InvalidInput, match="price="):
        door(Echo(), max_cost=1.0)


def test_a_batch_keeps_what_was_answered_when_one_prompt_fails() -> None:
    echo, ledger = Echo(), MemoryLedger()

    def model(prompt: str) -> str:
        if "bad" in prompt:
            raise ConnectionError("gone")
        return echo(prompt)

    asked = prompts("red", "bad", "blue")
    with pytest.raises(ModelUnavailable, match="ConnectionError: gone"):
        door(model, concurrency=1, retries=0).ask_all(asked, Colour, ledger=ledger)
    assert echo.asked == ["red"]
    mended = lambda prompt: echo(prompt)  # noqa: E731
    mended.__qualname__ = model.__qualname__
    replies = door(mended, concurrency=2).ask_all(asked, Colour, ledger=ledger)
    assert names(replies) == [["red"], ["bad"], ["blue"]]
    assert sorted(echo.asked) == ["bad", "blue", "red"]


def test_after_a_failure_no_further_prompt_is_begun() -> None:
    asked: list[str] = []

    def model(prompt: str) -> str:
        asked.append(prompt)
        raise ConnectionError("gone")

    with pytest.raises(ModelUnavailable):
        door(model, concurrency=2, retries=0).ask_all(prompts(*"abcdefgh"), Colour)
    assert len(asked) <= 3


def test_one_unreadable_reply_does_not_cost_the_others() -> None:
    def model(prompt: str) -> str:
        return "no" if "bad" in prompt else Echo()(prompt)

    first, second, third = door(model, retries=1).ask_all(prompts("red", "bad", "blue"), Colour)
    assert isinstance(second, UnusableReply)
    assert names([first, third]) == [["red"], ["blue"]]


def test_a_function_that_never_returns_is_left_behind() -> None:
    done = threading.Event()

    def model(prompt: str) -> str:
        done.wait(30)
        return ""

    ledger = MemoryLedger()
    with pytest.raises(ModelUnavailable, match="did not answer in time"):
        door(model, timeout=0.05, retries=1).ask_all(prompts("red"), Colour, ledger=ledger)
    done.set()
    assert ledger.spent().completion_tokens == 2 * 2048, "it may be billed: counted in full"


def test_a_function_that_returns_no_text_is_refused() -> None:
    with pytest.raises(ModelUnavailable, match="returned dict, not text"):
        door(lambda prompt: {}).ask(prompts("red")[0], Colour)  # type: ignore[arg-type, return-value]


def test_errors_of_a_client_say_what_they_are() -> None:
    class RateLimit(Exception):
        status_code = 429

    slept: list[float] = []
    failures = [RateLimit("slow down"), RateLimit("slow down")]

    def model(prompt: str) -> str:
        if failures:
            raise failures.pop()
        return Echo()(prompt)

    assert names(door(model, sleep=slept.append).ask_all(prompts("red"), Colour)) == [["red"]]
    assert slept == [0.5, 1.0]


@pytest.mark.parametrize(
    "options",
    [{"retries": -1}, {"concurrency": 0}, {"timeout": 0}, {"max_reply_tokens": 0},
     {"max_tokens_spent": -1}, {"max_cost": -1.0, "price": (1, 1)}, {"base_url": "http://h/v1"},
     {"timeout": float("nan")}, {"api_key": "k"}],
    ids=str,
)  # fmt: skip
def test_settings_that_make_no_sense(options: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        door(Echo(), **options)


def test_a_model_is_a_name_or_a_function() -> None:
    with pytest.raises(TypeError):
        LLM(3)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput, match="empty"):
        LLM(" ")


def test_a_name_without_litellm_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "litellm", None)
    with pytest.raises(PluginError, match=r"memkit-sdk\[llm\]"):
        LLM("openai/gpt-5-mini").ask(prompts("red")[0], Colour)


def test_making_a_door_imports_nothing_heavy() -> None:
    before = "litellm" in sys.modules
    LLM("openai/gpt-5-mini")
    assert ("litellm" in sys.modules) == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_forked_child_does_not_wait_for_calls_of_its_parent() -> None:
    llm = door(Echo(), concurrency=1)
    with llm._gate.entered():
        child = os.fork()
        if not child:
            os._exit(0 if names(llm.ask_all(prompts("red"), Colour)) == [["red"]] else 1)
        assert os.waitpid(child, 0)[1] == 0
