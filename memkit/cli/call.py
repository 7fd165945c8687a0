"""One call of a command: which store, whose scope, and how to print.

Every command that works on a store is written with the decorator `on_store`, which gives it the
store argument and the options all of them share, so that they mean the same everywhere.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Concatenate, Final, ParamSpec, Self, get_args, get_origin

import typer

from memkit.cli import arguments, completing, paging, printing
from memkit.cli.times import VARIABLE as times_variable
from memkit.cli.times import Times, told_from
from memkit.contracts import Embedder
from memkit.dates import moment, utc_now
from memkit.errors import InvalidInput, NotFound, ScopeRequired
from memkit.store import MemoryStore, Scope

VARIABLE: Final = completing.STORE
_MAGIC: Final = b"SQLite format 3\x00"
PANEL: Final = "Every command"
"""The heading of the options that all commands on a store share."""
_KEYS_SHOWN: Final = 8

P = ParamSpec("P")
Parameter = inspect.Parameter

_FILE: Final = Annotated[
    str | None,
    typer.Argument(
        metavar="FILE", show_default=False,
        help=f"The store. Leave it out when {VARIABLE} or --store names it.",
    ),
]  # fmt: skip


def _shared(kind: Any, *names: str, help: str, **more: Any) -> Any:
    return Annotated[kind, typer.Option(*names, help=help, rich_help_panel=PANEL, **more)]


_OPTIONS: Final = {
    "store": _shared(str | None, "--store", help="The store, instead of FILE."),
    "scope": _shared(
        list[str] | None, "--scope", "-s",
        help="Whose memory: key=value, repeatable. Not needed where the file has one scope.",
        autocompletion=completing.scopes,
    ),
    "user": _shared(str | None, "--user", "-u", help="Short for --scope user=...",
                    autocompletion=completing.users),
    "embedder": _shared(
        str | None, "--embedder",
        help="Open with this one: a name, pkg.mod:Class, or none. Default: the file's own.",
        autocompletion=completing.names("embedders"),
    ),
    "times": _shared(
        Times | None, "--times", envvar=times_variable,
        help="How moments are told: relative, absolute, or auto: relative on a terminal.",
    ),
    "now": _shared(str | None, "--now", help="The present moment, for repeatable output."),
    "as_json": _shared(bool, "--json", help="Print JSON instead."),
}  # fmt: skip


class Call:
    """What one command works with. The store is opened at first use."""

    def __init__(
        self, path: Path, keys: dict[str, str], *, creates: bool, embedder: str | None,
        now: str | None, as_json: bool, times: Times | None = None,
    ) -> None:  # fmt: skip
        self.path = path
        self.as_json = as_json
        self.settings: dict[str, Any] = {}
        self.keys = keys
        self._creates = creates
        self._embedder = embedder
        self._now = moment(now, name="--now") if now is not None else None
        self._times: Times = times or "auto"
        self._open = ExitStack()
        if not creates:
            require_store(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._open.close()

    @cached_property
    def store(self) -> MemoryStore:
        """The store, opened with `settings` as further keywords."""
        now = self._now
        clock = utc_now if now is None else lambda: now
        return self._open.enter_context(
            MemoryStore(self.path, embedder=self.embedder, clock=clock, **self.settings)
        )

    @property
    def now(self) -> datetime:
        """The present moment: the one given, or the clock's."""
        return self._now or utc_now()

    @cached_property
    def embedder(self) -> Embedder | str | None:
        """What the store is opened with: the one named, or else the file's own."""
        read_only = bool(self.settings.get("read_only"))
        return arguments.embedder_for(self.path, self._embedder, read_only=read_only)

    @cached_property
    def scope(self) -> Scope:
        """The scope that was named, or the only one there is."""
        if self.keys:
            named = self.store.scope(**self.keys)
            if not self._creates and next(named.turns(), None) is None:
                printing.note(f"nothing is stored in scope {_named(self.keys)}. {self._others()}")
            return named
        if self._creates and not is_store(self.path):
            raise ScopeRequired(
                f"{self.path} is new: say whose memory this is, for example with --user ana "
                "or --scope app=notes. Nothing was created."
            )
        scopes = self.store.scopes()
        if len(scopes) != 1:
            raise ScopeRequired(
                f"{self._others()} Name one with --user or --scope key=value."
                if scopes
                else f"{self.path} holds no memory yet; store some with "
                f"`memkit add {self.path} --user ana TEXT`."
            )
        return self.store.scope(**scopes[0])

    def answer(self, value: Any, draw: Callable[[], None]) -> None:
        """Print a record: as JSON when that was asked for, else as `draw` does."""
        if self.as_json:
            printing.print_json(value)
        else:
            with told_from(self.now, self._times), paging.paged():
                draw()

    def _others(self) -> str:
        scopes = self.store.scopes()
        if not scopes:
            return f"{self.path} holds no memory yet."
        more = f" and {len(scopes) - _KEYS_SHOWN} more" if len(scopes) > _KEYS_SHOWN else ""
        named = ", ".join(_named(keys) for keys in scopes[:_KEYS_SHOWN])
        plural = "s" if len(scopes) > 1 else ""
        return f"{self.path} has {len(scopes)} scope{plural}: {named}{more}."


def on_store(
    *, creates: bool = False
) -> Callable[[Callable[Concatenate[Call, P], None]], Callable[..., None]]:
    """Make a command of a function that takes a `Call` first.

    The command gets the argument FILE before the function's own, and the shared options after
    them. `creates` says that a missing file is made; otherwise it is an error.
    """

    def decorate(function: Callable[Concatenate[Call, P], None]) -> Callable[..., None]:
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        placed = [one for one in own if isinstance(_meta(one), typer.models.ArgumentInfo)]

        def command(**given: Any) -> None:
            store, shared = given.pop("store"), {name: given.pop(name) for name in _TO_CALL}
            keys = arguments.scope_keys(given.pop("scope"), given.pop("user"))
            words = [given.pop("file"), *(given.pop(one.name) for one in placed)]
            path, rest = _path_and_rest(store, words, placed)
            with Call(path, keys, creates=creates, **shared) as call:
                function(call, **rest, **given)  # type: ignore[call-arg]

        command.__name__, command.__doc__ = function.__name__, function.__doc__
        optional = [one.replace(annotation=_optional(one.annotation), default=None)
                    for one in placed]  # fmt: skip
        others = [one for one in own if one not in placed]
        command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [_keyword("file", _FILE), *map(_bare, optional), *map(_bare, others)]
            + [_keyword(name, kind, False if kind == _OPTIONS["as_json"] else None)
               for name, kind in _OPTIONS.items()]
        )  # fmt: skip
        return command

    return decorate


_TO_CALL: Final = ("embedder", "now", "as_json", "times")


def _path_and_rest(
    store: str | None, words: Sequence[Any], placed: Sequence[Parameter]
) -> tuple[Path, dict[str, Any]]:
    """The store's path, and the command's own arguments by name.

    The first word is the store, unless the store is named elsewhere: by --store, or by the
    environment and there are no more words than the command itself needs.
    """
    given = [one for word in words for one in (word if isinstance(word, list) else [word])]
    given = [one for one in given if one is not None]
    several = bool(placed) and get_origin(get_args(placed[-1].annotation)[0]) is list
    named = store or os.environ.get(VARIABLE)
    open_ended = several or len(_required(placed)) < len(placed)
    if store is None and (not named or _leads(given, len(placed), open_ended)):
        if not given:
            raise InvalidInput(
                f"No store was named: give its file first, or set {VARIABLE}, or use --store."
            )
        named, given = given[0], given[1:]
    assert named
    return Path(named).expanduser(), _by_name(given, placed, several, named)


def _leads(given: Sequence[str], needed: int, open_ended: bool) -> bool:
    """Whether the first word is the store although the environment names one too."""
    if open_ended:
        return bool(given) and is_store(Path(given[0]))
    return len(given) > needed


def _by_name(
    given: Sequence[str], placed: Sequence[Parameter], several: bool, store: str
) -> dict[str, Any]:
    names = [one.name for one in placed]
    if several:
        return {names[0]: list(given)}
    if len(given) < len(_required(placed)):
        missing = ", ".join(name.upper() for name in names[len(given) :])
        raise InvalidInput(
            f"{missing} is missing: {store!r} was taken for the store. "
            f"Give FILE {' '.join(name.upper() for name in names)}, or set {VARIABLE}."
        )
    if len(given) > len(names):
        raise InvalidInput(f"{given[len(names)]!r} is one argument too many.")
    return dict(zip(names, given, strict=False))


def _required(placed: Sequence[Parameter]) -> list[Parameter]:
    return [one for one in placed if one.default is Parameter.empty]


def require_store(path: Path) -> None:
    """Raise `NotFound` where no store is, before opening would make one."""
    if not path.exists() or (path.is_file() and not path.stat().st_size):
        state = "is empty" if path.exists() else "does not exist"
        raise NotFound(
            f"The store {path} {state}; make one with "
            f"`memkit add {path} --user ana TEXT` or `memkit import`."
        )


def is_store(path: Path) -> bool:
    """Whether a file is a database, as every store is."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _named(keys: dict[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in keys.items())


def _meta(parameter: Parameter) -> Any:
    extra = get_args(parameter.annotation)[1:]
    return extra[0] if extra else None


def _optional(annotation: Any) -> Any:
    kind, *extra = get_args(annotation)
    return Annotated[kind | None, *extra]


def _keyword(name: str, annotation: Any, default: Any = None) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _bare(parameter: Parameter) -> Parameter:
    return parameter.replace(kind=Parameter.KEYWORD_ONLY)
