"""A rule is one sentence of a contract, and a block of plain asserts under it."""

from __future__ import annotations

from types import TracebackType


class BrokenRule(AssertionError):
    """A rule of the contract does not hold; `rule` is the sentence, `found` what was seen."""

    def __init__(self, rule: str, found: str) -> None:
        super().__init__(f"Broken rule: {rule}. Found: {found}")
        self.rule = rule
        self.found = found


class Rule:
    """`with Rule("..."):` turns whatever goes wrong inside into `BrokenRule` with that sentence."""

    def __init__(self, rule: str) -> None:
        self._rule = rule

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, BrokenRule):
            return  # a rule inside this one, which says it better
        if isinstance(error, AssertionError):
            raise BrokenRule(self._rule, str(error) or "an assertion failed") from error
        if isinstance(error, Exception):
            raise BrokenRule(self._rule, f"{type(error).__name__}: {error}") from error


def require_name(given: object) -> None:
    """`name` must be text that can be typed on a command line."""
    with Rule("`name` is text without white space"):
        name = getattr(given, "name", None)
        assert isinstance(name, str), f"name is {name!r}"
        assert name, "name is empty"
        assert name == "".join(name.split()), f"name is {name!r}"


def require_whole_number(given: object, field: str) -> None:
    """A class attribute that counts something: at least 1."""
    with Rule(f"`{field}` is a whole number of at least 1"):
        value = getattr(given, field, None)
        assert isinstance(value, int), f"{field} is {value!r}"
        assert not isinstance(value, bool), f"{field} is {value!r}"
        assert value >= 1, f"{field} is {value!r}"
