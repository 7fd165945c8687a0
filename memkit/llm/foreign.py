"""Models reached through other people's code: litellm, or any callable.

Such code may raise anything and may never return. So each call runs in a thread of its own, which
is left behind when the time is over; its late answer is dropped.
"""

from __future__ import annotations

import contextvars
import os
import threading
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from memkit.errors import PluginError
from memkit.llm.exchange import RETRIED, Answer, CallFailed, Request

T = TypeVar("T")
_MILLION: Final = 1_000_000
_SHOWN: Final = 200


class CallableLine:
    """A function from a prompt to a reply; tokens are counted by the door."""

    def __init__(self, function: Callable[[str], str], price: tuple[float, float] | None) -> None:
        self._function, self._price = function, price
        owner = function if hasattr(function, "__qualname__") else type(function)
        self.identity = f"callable:{owner.__module__}.{owner.__qualname__}"

    def price(self) -> tuple[float, float] | None:
        """As given."""
        return self._price

    def call(self, request: Request) -> Answer:
        """What the function returns for the prompt, with the schema as text."""
        prompt = request.with_schema_text().prompt.text
        text = within(request.timeout, lambda: self._function(prompt))
        if not isinstance(text, str):
            raise CallFailed(f"it returned {type(text).__name__}, not text", retry=False)
        return Answer(text)


class LitellmLine:
    """Any model that litellm knows by name, with the key that litellm finds for it.

    litellm is imported at the first call: that takes two seconds, and would reach for the network
    if its price table were not switched to the one that it ships.
    """

    def __init__(self, model: str, api_key: str | None, price: tuple[float, float] | None) -> None:
        self.identity = model
        self._api_key, self._price = api_key, price

    def price(self) -> tuple[float, float] | None:
        """As given, else by litellm's table."""
        if self._price is not None:
            return self._price
        known = self._known()
        told, written = known.get("input_cost_per_token"), known.get("output_cost_per_token")
        if told is None or written is None:
            return None
        return float(told) * _MILLION, float(written) * _MILLION

    def call(self, request: Request) -> Answer:
        """One completion; litellm's own retries are off."""
        litellm, takes_schema = _litellm(), bool(self._known().get("supports_response_schema"))
        asked = request if takes_schema else request.with_schema_text()
        options: dict[str, Any] = {
            "temperature": request.temperature, "max_tokens": request.max_reply_tokens,
            "timeout": request.timeout, "num_retries": 0, "max_retries": 0, "drop_params": True,
            "api_key": self._api_key,
        }  # fmt: skip
        if takes_schema:
            options["response_format"] = request.response_format()
        options.update(request.options)
        options = {name: value for name, value in options.items() if value is not None}
        reply = within(
            request.timeout,
            lambda: litellm.completion(model=self.identity, messages=asked.messages(), **options),
        )
        return _completion(reply)

    def _known(self) -> Mapping[str, Any]:
        """litellm's table entry. Its functions for this ask a server on the machine, for some."""
        table = _litellm().model_cost
        found = table.get(self.identity) or table.get(self.identity.partition("/")[2])
        return found if isinstance(found, dict) else {}


def within(seconds: float, call: Callable[[], T]) -> T:
    """What the call returns in that time; raises `CallFailed` for whatever else it does."""
    done: list[T] = []
    failed: list[Exception] = []
    context = contextvars.copy_context()

    def run() -> None:
        try:
            done.append(context.run(_raised_anew, call, failed))
        except CallFailed:
            return  # told by `failed`

    thread = threading.Thread(target=run, name="memkit-model", daemon=True)
    thread.start()
    thread.join(seconds)
    if done:
        return done[0]
    if failed:
        raise _call_failed(failed[0]) from failed[0]
    raise CallFailed("it did not answer in time", charged=True)


def _raised_anew(call: Callable[[], T], failed: list[Exception]) -> T:
    try:
        return call()
    except Exception as error:  # other people's code may raise anything
        failed.append(error)
        raise CallFailed(str(error)) from error


def _call_failed(error: Exception) -> CallFailed:
    if isinstance(error, CallFailed):
        return error
    status = getattr(error, "status_code", None)
    headers = getattr(getattr(error, "response", None), "headers", None)
    text = " ".join(str(error).split())[:_SHOWN]
    return CallFailed(
        f"{type(error).__name__}: {text}",
        retry=status in RETRIED if isinstance(status, int) else not isinstance(error, TypeError),
        after=_retry_after(headers), status=status if isinstance(status, int) else None,
        charged="timeout" in type(error).__name__.lower(),
    )  # fmt: skip


def _retry_after(headers: Any) -> float | None:
    value = headers.get("retry-after") if isinstance(headers, Mapping) else None
    try:
        return max(0.0, float(value)) if value is not None else None
    except ValueError:
        return None


def _litellm() -> Any:
    """The package, without a network look-up of prices, without telemetry, and quiet."""
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    try:
        import litellm
    except ImportError as error:
        raise PluginError(
            "Models are reached by name through litellm, which is not installed. Run "
            "`pip install 'memkit-sdk[llm]'`, or give base_url= or a callable, which need nothing."
        ) from error
    litellm.telemetry = False
    litellm.suppress_debug_info = True
    return litellm


def _completion(reply: Any) -> Answer:
    try:
        choice = reply.choices[0]
        content, usage = choice.message.content, getattr(reply, "usage", None)
        return Answer(
            content if isinstance(content, str) else "",
            _tokens(usage, "prompt_tokens"), _tokens(usage, "completion_tokens"),
            choice.finish_reason == "length",
        )  # fmt: skip
    except (LookupError, AttributeError, TypeError) as error:
        raise CallFailed(f"no chat completion: {reply!r:.200}", charged=True) from error


def _tokens(usage: Any, name: str) -> int | None:
    value = getattr(usage, name, None)
    return value if isinstance(value, int) else None
