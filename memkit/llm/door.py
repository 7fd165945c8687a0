"""`LLM`: prompts in, checked items out; patient, bounded, and never above its budget."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property, partial
from typing import Any, Final

from memkit.contracts import Ledger
from memkit.dates import utc_now
from memkit.errors import BudgetSpent, InvalidInput, ModelUnavailable, UnusableReply
from memkit.llm.budget import Budget, Estimate, cost_of
from memkit.llm.exchange import Answer, CallFailed, ItemT, Line, Prompt, Reply, Request
from memkit.llm.foreign import CallableLine, LitellmLine
from memkit.llm.ledger import MemoryLedger
from memkit.llm.parsing import BROKEN_OFF, clean, parse
from memkit.llm.schema import list_schema
from memkit.llm.wire import PlainLine
from memkit.models import Spending
from memkit.storage.forking import at_rest_in_forks
from memkit.tokens import default_counter
from memkit.types import Clock

_OVERHEAD_TOKENS: Final = 16
"""Of a chat's markup, above the tokens of its texts."""
_SHOWN: Final = 80
_REMINDER: Final = (
    "Your last reply could not be read as JSON. Reply with the JSON object alone: no prose, no "
    "code fence, and closed to the last bracket."
)


class LLM:
    """One language model, reached by one of three ways.

    With `base_url`: a server that speaks OpenAI's protocol, with nothing to install. A callable
    from prompt to reply. Any other name is litellm's (extra `llm`).

    Every call ends within `timeout` seconds, however slowly the answer drips. What may pass is
    tried again, `retries` times, after `first_wait` seconds, doubled each time up to
    `longest_wait`, and shortened by chance (`jitter`, 0..1), so that clients that failed together
    do not come back together. A server that asks for a longer wait than `longest_wait` gets none:
    the call is given up.

    `max_tokens_spent` and `max_cost` (US dollars) bound everything recorded in the ledger, which
    is the store's: no call is made that could pass them. `price` is in US dollars for a million
    tokens of prompt and of reply; litellm's own table where it is left out.

    Safe for threads; `concurrency` calls at most run at once.
    """

    def __init__(
        self, model: str | Callable[[str], str], *,
        base_url: str | None = None, api_key: str | None = None,
        timeout: float = 60.0, retries: int = 3, concurrency: int = 4,
        max_tokens_spent: int | None = None, max_cost: float | None = None,
        price: tuple[float, float] | None = None,
        temperature: float = 0.0, max_reply_tokens: int = 2048,
        options: Mapping[str, Any] | None = None,
        first_wait: float = 0.5, longest_wait: float = 60.0,
        sleep: Callable[[float], object] = time.sleep, jitter: Callable[[], float] = random.random,
        clock: Clock = utc_now,
    ) -> None:  # fmt: skip
        """`options` go into the request as they are; None takes one of ours out.

        `clock` tells how far off the moment is that a server names in `Retry-After`.
        """
        if retries < 0 or concurrency < 1 or not timeout > 0 or max_reply_tokens < 1:
            raise InvalidInput(
                f"retries={retries} must not be below 0, concurrency={concurrency} and "
                f"max_reply_tokens={max_reply_tokens} not below 1, timeout={timeout} above 0."
            )
        self._line = _line(model, base_url, api_key, price, clock)
        self._budget = Budget(max_tokens_spent, max_cost)
        if max_cost is not None and price is None and not isinstance(self._line, LitellmLine):
            raise InvalidInput("max_cost needs price=, US dollars for a million tokens, here.")
        self._blank = Request(
            Prompt("", ""), {}, timeout, temperature, max_reply_tokens, dict(options or {})
        )
        self._retries, self._concurrency = retries, concurrency
        self._first_wait, self._longest_wait = first_wait, longest_wait
        self._sleep, self._jitter = sleep, jitter
        self._gate = _Gate(concurrency)
        self._own = MemoryLedger()

    def __repr__(self) -> str:
        return f"LLM({self.identity!r})"

    @property
    def identity(self) -> str:
        """The model and where it is reached, under which spending is counted; never a key."""
        return self._line.identity

    def ask(
        self, prompt: Prompt, item: type[ItemT], *, ledger: Ledger | None = None
    ) -> Reply[ItemT]:
        """The items of one answer; raises what `ask_all` returns or raises."""
        [reply] = self.ask_all([prompt], item, ledger=ledger)
        if isinstance(reply, UnusableReply):
            raise reply
        return reply

    def ask_all(
        self, prompts: Sequence[Prompt], item: type[ItemT], *, ledger: Ledger | None = None
    ) -> list[Reply[ItemT] | UnusableReply]:
        """The items of the answer to each prompt, in order; an error for one nobody could read.

        Raises `ModelUnavailable` or `BudgetSpent` for the first prompt that could not be asked,
        once those under way have ended: their replies are in the ledger, and cost nothing when the
        same prompts are asked again.
        """
        stop = threading.Event()
        answer = partial(self._answer, item=item, ledger=self._kept(ledger), stop=stop)
        if len(prompts) < 2 or self._concurrency == 1:
            return [answer(prompt) for prompt in prompts]
        with ThreadPoolExecutor(min(self._concurrency, len(prompts)), "memkit-llm") as pool:
            futures = [pool.submit(answer, prompt) for prompt in prompts]
        for future in futures:
            error = future.exception()
            if error is not None and not isinstance(error, _Stopped):
                raise error
        return [future.result() for future in futures]

    def estimate(
        self, prompts: Sequence[Prompt], item: type[ItemT], *, ledger: Ledger | None = None
    ) -> Estimate:
        """What asking these prompts would cost at most, retries apart; asks nothing."""
        kept = self._kept(ledger)
        requests = [self._request(prompt, item) for prompt in prompts]
        new = [one for one in requests if kept.reply(self._key(one)) is None]
        told = sum(self._prompt_tokens(one) for one in new)
        replies = len(new) * self._blank.max_reply_tokens
        price = self._line.price()
        cost = None if price is None else cost_of(price, told, replies)
        return Estimate(len(new), len(requests) - len(new), told, replies, cost)

    def spent(self) -> Spending:
        """What was spent without a store; with one, its `stats` say it."""
        return self._own.spent()

    def _answer(
        self, prompt: Prompt, item: type[ItemT], ledger: Ledger, stop: threading.Event
    ) -> Reply[ItemT] | UnusableReply:
        request = self._request(prompt, item)
        key = self._key(request)
        kept = ledger.reply(key)
        if kept is not None:
            known = parse(kept, item)
            if known is not None:
                return replace(known, cached=True)
        try:
            return self._tried(request, item, ledger, key, stop)
        except (ModelUnavailable, BudgetSpent):
            stop.set()
            raise

    def _tried(
        self, request: Request, item: type[ItemT], ledger: Ledger, key: bytes, stop: threading.Event
    ) -> Reply[ItemT] | UnusableReply:
        """Attempts until one brings a whole reply; the best of the others if none does."""
        asked, failure, best, last = request, None, None, ""
        for attempt in range(self._retries + 1):
            if stop.is_set():
                raise _Stopped
            if attempt:
                self._wait(attempt, failure)
            try:
                answer = self._call(asked, ledger)
            except CallFailed as error:
                failure = error
                if not error.retry or (error.after or 0.0) > self._longest_wait:
                    break
                continue
            failure, last = None, clean(answer.text)
            reply = parse(last, item)
            if reply is not None and BROKEN_OFF not in reply.faults:
                ledger.keep(key, last)
                return reply
            best = _better(best, reply)
            if answer.cut and reply is not None:
                break  # out of tokens: it would be cut at the same place again
            asked = replace(request, prompt=request.prompt.followed_by(_REMINDER))
        if best is not None:
            return best
        if failure is None:
            return UnusableReply(
                f"{self.identity} replied {self._retries + 1} times without readable JSON; "
                f"last: {last[:_SHOWN]!r}."
            )
        raise self._unavailable(failure) from failure

    def _call(self, request: Request, ledger: Ledger) -> Answer:
        """One call, set aside in the ledger before and settled after."""
        price = self._line.price()
        if price is None and self._budget.max_cost is not None:
            raise InvalidInput(f"No price is known for {self.identity!r}: max_cost needs price=.")
        told = self._prompt_tokens(request)
        most = _spending(price, told, request.max_reply_tokens)
        with self._gate.entered():
            self._budget.reserve(ledger, self.identity, most)
            real = most
            try:
                answer = self._line.call(request)
                told = told if answer.prompt_tokens is None else answer.prompt_tokens
                written = answer.completion_tokens
                real = _spending(
                    price, told, self._count(answer.text) if written is None else written
                )
            except CallFailed as error:
                real = most if error.charged else Spending(calls=1)
                raise
            finally:
                self._budget.settle(ledger, self.identity, most, real)
        return answer

    def _wait(self, attempt: int, failure: CallFailed | None) -> None:
        """Exponential, with the whole of it left to chance ("full jitter", Brooker 2015)."""
        wait = min(self._longest_wait, self._first_wait * 2.0 ** (attempt - 1)) * self._jitter()
        if failure is not None and failure.after is not None:
            wait = min(self._longest_wait, failure.after + wait)
        self._sleep(wait)

    def _unavailable(self, failure: CallFailed) -> ModelUnavailable:
        asked = "" if failure.after is None else f" It asks to wait {failure.after:g} seconds."
        times = f", {self._retries + 1} times in a row" if failure.retry and self._retries else ""
        return ModelUnavailable(f"{self.identity} gave no answer{times}: {failure}.{asked}")

    def _kept(self, ledger: Ledger | None) -> Ledger:
        return self._own if ledger is None else ledger

    def _request(self, prompt: Prompt, item: type[ItemT]) -> Request:
        return replace(self._blank, prompt=prompt, schema=list_schema(item))

    def _key(self, request: Request) -> bytes:
        """A digest of everything that shapes the reply."""
        shaping = [
            self.identity, request.prompt.system, request.prompt.user, request.schema,
            request.temperature, request.max_reply_tokens, request.options,
        ]  # fmt: skip
        text = json.dumps(shaping, sort_keys=True, default=repr)
        return hashlib.blake2b(text.encode("utf-8"), digest_size=24).digest()

    def _prompt_tokens(self, request: Request) -> int:
        schema = json.dumps(request.schema)
        return self._count(request.prompt.text) + self._count(schema) + _OVERHEAD_TOKENS

    @cached_property
    def _count(self) -> Callable[[str], int]:
        return default_counter().count


class _Stopped(Exception):
    """Another prompt of the same batch could not be asked, so this one was not."""


class _Gate:
    """Lets so many calls through at once; a forked child finds it open."""

    def __init__(self, width: int) -> None:
        self._width = width
        self.after_fork()
        at_rest_in_forks(self)

    def entered(self) -> threading.BoundedSemaphore:
        """To be held during a call."""
        return self._semaphore

    def before_fork(self) -> None:
        """Nothing to wait for: calls of other threads are not the child's."""

    def after_fork_in_parent(self) -> None:
        """Nothing was held."""

    def after_fork(self) -> None:
        """Leave behind what other threads of the parent hold."""
        self._semaphore = threading.BoundedSemaphore(self._width)


def _line(
    model: str | Callable[[str], str], base_url: str | None, api_key: str | None,
    price: tuple[float, float] | None, clock: Clock,
) -> Line:  # fmt: skip
    if not isinstance(model, str):
        if not callable(model):
            raise TypeError(f"model must be a name or a callable; found {type(model).__name__}.")
        if base_url or api_key:
            raise InvalidInput("A callable model takes no base_url and no api_key.")
        return CallableLine(model, price)
    if not model.strip():
        raise InvalidInput("model is empty; name one, such as 'openai/gpt-5-mini'.")
    if base_url is not None:
        return PlainLine(model, base_url, api_key, price, clock)
    return LitellmLine(model, api_key, price)


def _spending(price: tuple[float, float] | None, told: int, written: int) -> Spending:
    return Spending(1, told, written, cost_of(price, told, written))


def _better(one: Reply[ItemT] | None, other: Reply[ItemT] | None) -> Reply[ItemT] | None:
    if one is None or other is None:
        return one or other
    return other if len(other.items) > len(one.items) else one
