"""Memory as five plain functions that every agent framework can offer to its model.

The scope is closed over, so no model chooses whose memory it reads. Functions are plain, typed with
`str` and `int`, described by `Annotated[..., "text"]` and a Google docstring: fifteen frameworks
convert them as they are. What goes wrong comes back as a sentence that a model can act on.
"""

# No postponed annotations here: some frameworks read them without resolving names.

import functools
import inspect
import json
import logging
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal, NamedTuple, get_type_hints

from memkit.errors import MemkitError, NotFound
from memkit.models import Memory, Turn
from memkit.store import Scope

__all__ = ["Tools", "schemas", "tools"]

Style = Literal["openai", "anthropic"]

_LOG: Final = logging.getLogger("memkit.adapters")
_MOST_LISTED: Final = 100
_SHOWN: Final = 300
"""Characters of one memory in a list; `recall` shows more."""
_JSON_TYPES: Final = {str: "string", int: "integer"}


class Tools(NamedTuple):
    """The functions: a tuple for `tools=` of a framework, and each by its name."""

    remember: Callable[..., str]
    recall: Callable[..., str]
    update: Callable[..., str]
    forget: Callable[..., str]
    list: Callable[..., str]

    def call(self, name: str, arguments: Mapping[str, Any] | str | None = None) -> str:
        """Call one by name, as a model asks for it; the answer is text whatever happens.

        `arguments` is a dict, or JSON text as chat APIs give it.

        >>> from memkit import MemoryStore
        >>> own = tools(MemoryStore(":memory:").scope(user="ana"))
        >>> own.call("recall", '{"question": "tea"}')
        "Nothing was done: recall takes query; found question. Call it again with {'query': ...}."
        """
        found = {function.__name__: function for function in self}.get(name)
        if found is None:
            names = ", ".join(function.__name__ for function in self)
            return f"Nothing was done: there is no tool {name!r}. There are {names}."
        try:
            given = json.loads(arguments or "{}") if isinstance(arguments, str) else arguments or {}
        except ValueError as error:
            return f"Nothing was done: the arguments of {name} are not JSON ({error})."
        return _misfit(found, given) or found(**given)


def tools(scope: Scope, *, budget: int = 800, session: str | None = None) -> Tools:
    """The functions over one scope. `recall` answers within `budget` tokens.

    What a model notes down is stored as said by the assistant, in `session`: it is found like
    anything else, and never counts as the user's own words.

    >>> from memkit import MemoryStore
    >>> ana = MemoryStore(":memory:").scope(user="ana")
    >>> own = tools(ana)
    >>> own.remember("Ana is allergic to peanuts.")
    'Remembered as t1.'
    >>> own.forget("t9")
    'Nothing was changed: there is no memory with the id t9. Call recall or list to see the ids.'
    """

    remember, update, forget = _changing(scope, session)
    recall, listed = _reading(scope, budget)
    return Tools(remember, recall, update, forget, listed)


def schemas(scope: Scope, *, style: Style = "openai") -> list[dict[str, Any]]:
    """The functions as JSON schemas, for `tools=` of a chat API: OpenAI's or Anthropic's shape.

    >>> from memkit import MemoryStore
    >>> ana = MemoryStore(":memory:").scope(user="ana")
    >>> schemas(ana)[1]["function"]["parameters"]["required"]
    ['query']
    """
    if style not in ("openai", "anthropic"):
        raise ValueError(f"style must be 'openai' or 'anthropic'; found {style!r}.")
    return [_schema(function, style) for function in tools(scope)]


def _told(function: Callable[..., str]) -> Callable[..., str]:
    """The same function, signature and all, with errors as text."""

    @functools.wraps(function)
    def answered(*args: Any, **kwargs: Any) -> str:
        try:
            return function(*args, **kwargs)
        except NotFound as error:
            id = kwargs.get("id", args[0] if args else "?")
            _LOG.info("%s: %s", function.__name__, error)
            return (
                f"Nothing was changed: there is no memory with the id {id}. "
                "Call recall or list to see the ids."
            )
        except (MemkitError, TypeError, ValueError) as error:
            _LOG.info("%s: %s", function.__name__, error)
            return f"Nothing was done: {error}"

    return answered


def _changing(scope: Scope, session: str | None) -> tuple[Callable[..., str], ...]:
    @_told
    def remember(
        text: Annotated[str, "What to remember: one self-contained statement with names and dates"],
    ) -> str:
        """Store something worth knowing in later conversations.

        Args:
            text: What to remember: one self-contained statement with names and dates.
        """
        return f"Remembered as {_note(scope, text, session).id}."

    @_told
    def update(
        id: Annotated[str, "The id of the memory, as shown in brackets by recall or list"],
        text: Annotated[str, "What holds instead: one self-contained statement"],
    ) -> str:
        """Replace a memory that is wrong or out of date.

        Args:
            id: The id of the memory, as shown in brackets by recall or list.
            text: What holds instead: one self-contained statement.
        """
        old = scope.get(_bare(id))
        new = _note(scope, text, session, metadata={"updates": str(old.id)})
        scope.forget(old, reason=f"updated by {new.id}")
        return f"Updated: {new.id} stands in the place of {old.id}."

    @_told
    def forget(
        id: Annotated[str, "The id of the memory, as shown in brackets by recall or list"],
    ) -> str:
        """Forget a memory, so that it is no longer recalled. The owner can bring it back.

        Args:
            id: The id of the memory, as shown in brackets by recall or list.
        """
        old = scope.get(_bare(id))
        scope.forget(old, reason="forgotten by a tool call")
        return f"Forgot {old.id}: {_line(old)}"

    return remember, update, forget


def _reading(scope: Scope, budget: int) -> tuple[Callable[..., str], ...]:
    @_told
    def recall(
        query: Annotated[str, "What to look for: a question or a few words"],
    ) -> str:
        """Look up what is known from earlier conversations. Each line starts with its id.

        Args:
            query: What to look for: a question or a few words.
        """
        return str(scope.context(query, budget)) or "Nothing was found."

    @_told
    def list(
        limit: Annotated[int, "How many memories to show, at most 100"] = 20,
    ) -> str:
        """Show the newest memories, newest last. Each line starts with its id.

        Args:
            limit: How many memories to show, at most 100.
        """
        count = max(1, min(int(limit), _MOST_LISTED))
        newest = [*scope.turns(archived=False, last=count)]
        return "\n".join(f"[{turn.id}] {_line(turn)}" for turn in newest) or "Nothing is stored."

    return recall, list


def _note(
    scope: Scope, text: str, session: str | None, metadata: Mapping[str, Any] | None = None
) -> Turn:
    given: dict[str, Any] = {"content": text, "role": "assistant"}
    if session is not None:
        given["session"] = session
    if metadata is not None:
        given["metadata"] = dict(metadata)
    return scope.add(given)[0]


def _bare(id: str) -> str:
    """Models tend to copy the brackets along with the id."""
    return id.strip().strip("[]").strip() if isinstance(id, str) else id


def _line(record: Turn | Memory) -> str:
    said = " ".join(record.text.split())
    shown = said if len(said) <= _SHOWN else f"{said[: _SHOWN - 3]}..."
    date = f"{record.when:%Y-%m-%d} " if record.when is not None else ""
    return f"{date}{f'{record.speaker}: ' if record.speaker else ''}{shown}"


def _schema(function: Callable[..., str], style: Style) -> dict[str, Any]:
    hints = get_type_hints(function, include_extras=True)
    properties: dict[str, Any] = {}
    required = []
    for name, parameter in inspect.signature(function).parameters.items():
        kind, (text,) = hints[name].__origin__, hints[name].__metadata__
        properties[name] = {"type": _JSON_TYPES[kind], "description": text}
        if parameter.default is inspect.Parameter.empty:
            required.append(name)
        else:
            properties[name]["default"] = parameter.default
    summary = (inspect.getdoc(function) or "").partition("\n\n")[0]
    shape = {
        "type": "object", "properties": properties, "required": required,
        "additionalProperties": False,
    }  # fmt: skip
    if style == "anthropic":
        return {"name": function.__name__, "description": summary, "input_schema": shape}
    inner = {"name": function.__name__, "description": summary, "parameters": shape}
    return {"type": "function", "function": inner}


def _misfit(function: Callable[..., str], given: object) -> str | None:
    """What is wrong with the arguments, in words, or None."""
    parameters = inspect.signature(function).parameters
    example = "{" + ", ".join(f"'{name}': ..." for name in parameters) + "}"
    if isinstance(given, Mapping):
        needed = {n for n, p in parameters.items() if p.default is inspect.Parameter.empty}
        if needed <= set(given) <= set(parameters):
            return None
    found = ", ".join(map(str, given)) if isinstance(given, Mapping) else type(given).__name__
    return (
        f"Nothing was done: {function.__name__} takes {', '.join(parameters)}; "
        f"found {found or 'nothing'}. Call it again with {example}."
    )
