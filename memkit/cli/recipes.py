"""`memkit recipes`: published systems by name; `python -m memkit.cli.recipes` writes their page."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from memkit import registry
from memkit.cli import paging
from memkit.cli.completing import names
from memkit.cli.printing import console, print_json
from memkit.recipe import Card, Recipe
from memkit.recipes.by_model import handed_over

_TITLES: Final = {
    "source": "Where", "known_for": "Known for", "kept": "Kept", "mended": "Mended, and why",
    "model": "In the paper, a model", "without": "Here, without one",
}  # fmt: skip
_INTRODUCTION: Final = """\
# Recipes

This page is made from the recipes: `python -m memkit.cli.recipes > docs/recipes.md`.

A recipe is a published system as a composition of memkit's own parts, with that system's structure
and parameters. One line uses it:

```python
from memkit import MemoryStore

store = MemoryStore("assistant.mem", recipe="memgas")
```

What is given beside it takes the place of the recipe's own part: `MemoryStore(path,
recipe="memgas", forgetting=...)`. Every word is stored as in any other store: a file that was made
with one recipe can be opened with another, or with none. How they compare on the same data is in
[evals](evals.md#recipes).

Options of a system are keywords of its class, and its own verbs are its methods; most take a scope:

```python
from memkit.recipes.memos import MemOS

system = MemOS()
with MemoryStore(":memory:", recipe=system) as lab:
    cube = system.cube(lab.scope(user="ana"))
    cube.put("diet", "Ana eats no meat.")
    cube.put("diet", "Ana eats fish, but no meat.")
    print([item.text for item in cube.search("What does Ana eat?")], len(cube.versions("diet")))
```

```text
['Ana eats fish, but no meat.'] 2
```

Of themselves they ask no model. With one, `ByModel` has it read what a recipe's extractors would,
each proposal checked against the words it cites:

```python
from memkit.llm import LLM
from memkit.recipes.by_model import ByModel

local = LLM("a-local-model", base_url="https://host/v1")
store = MemoryStore("assistant.mem", recipe=ByModel("memgas", local))
```

A recipe of your own is a subclass of `memkit.recipe.Recipe` with one method, `compose`; the entry
point group is `memkit.recipes`, the kit `memkit.testing.check_recipe`.

| name | class | known for |
|---|---|---|
"""


def recipes(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="This one alone, in full.", autocompletion=names("recipes")
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """List the published systems that a store can be opened as, or tell all about one.

    With --json: a list of `{"name", "paper", "source", "known_for", "kept", "mended", "model",
    "without", "handed_over", "class", "verbs"}`; `handed_over` are the extractors that `ByModel`
    exchanges, `verbs` what each method of its own does.

    Example:

        memkit recipes memgas
    """
    found = loaded([name] if name is not None else None)
    if as_json:
        print_json([{"name": key, **asdict(cls.card), "handed_over": handed_over(cls()),
                     "class": called(cls), "verbs": verbs(cls)}
                    for key, cls in found.items()])  # fmt: skip
        return
    with paging.paged():
        if name is not None:
            _print_card(console(), name, found[name])
        else:
            _print_list(console(), found)


def loaded(names: list[str] | None = None) -> dict[str, type[Recipe]]:
    """The recipes of those names, or all that are built in or installed, by name."""
    if names is None:
        known = [one for one in registry.available() if one.kind == "recipes"]
        names = sorted(one.name for one in known)
    return {name: registry.load("recipes", name) for name in names}


def called(cls: type[Recipe]) -> str:
    """Where a recipe's class is, and its options with what they are left out."""
    return f"{cls.__module__}.{cls.__qualname__}{_signature(cls)}"


def verbs(cls: type[Recipe]) -> dict[str, str]:
    """What each method does that a recipe has of its own, by how it is called."""
    own = [name for name in dir(cls) if name[0] != "_" and name not in (*dir(Recipe), "card")]
    found = {name: getattr(cls, name) for name in own}
    return {
        f"{name}{_signature(one)}": (inspect.getdoc(one) or "").partition("\n")[0]
        for name, one in found.items()
        if callable(one)
    }


def _signature(one: Callable[..., Any]) -> str:
    given = inspect.signature(one).parameters.values()
    bare = [part.replace(annotation=part.empty) for part in given if part.name != "self"]
    return str(inspect.Signature(bare))


def _print_list(out: Console, found: dict[str, type[Recipe]]) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("recipe", no_wrap=True)
    table.add_column("known for")
    table.add_column("where")
    for name, cls in found.items():
        table.add_row(Text(name), Text(cls.card.known_for), Text(cls.card.source, style="dim"))
    out.print(table)
    out.print(Text("memkit recipes NAME tells all about one.", style="dim"))


def _print_card(out: Console, name: str, cls: type[Recipe]) -> None:
    out.print(Text.assemble((name, "bold"), "  ", cls.card.paper))
    for title, text in [*_told(cls), ("Class", called(cls))]:
        out.print(Text(title, style="dim"))
        out.print(Padding(Text(text), (0, 0, 0, 2)))
    if verbs(cls):
        out.print(Text("Verbs", style="dim"))
    for verb, does in verbs(cls).items():
        out.print(Padding(Text.assemble((verb, "bold"), "  ", does), (0, 0, 0, 2)))


def _told(cls: type[Recipe]) -> list[tuple[str, str]]:
    """The titles and texts of a card."""
    assert set(_TITLES) | {"paper"} == {field.name for field in fields(Card)}
    told = [(title, str(getattr(cls.card, field))) for field, title in _TITLES.items()]
    exchanged = handed_over(cls())
    return [*told, ("ByModel exchanges", ", ".join(exchanged))] if exchanged else told


def page() -> str:
    """The whole page, Markdown."""
    found = loaded(sorted(registry.BUILT_IN["recipes"]))
    rows = [f"| [`{name}`](#{name}) | `{cls.__name__}` | {cls.card.known_for} |"
            for name, cls in found.items()]  # fmt: skip
    sections = [_section(name, cls) for name, cls in found.items()]
    return _INTRODUCTION + "\n".join(rows) + "\n\n" + "\n".join(sections)


def _section(name: str, cls: type[Recipe]) -> str:
    lines = [f"## {name}\n", f"*{cls.card.paper}*\n"]
    lines += [f"- **{title}**: {text}" for title, text in _told(cls)]
    lines.append(f"- **Class**: `{called(cls)}`")
    lines += [f"- **Verb** `{verb}`: {does}" for verb, does in verbs(cls).items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
