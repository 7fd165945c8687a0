"""The shell of a page, and the pieces that pages are made of; every text is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from importlib import resources
from typing import Final

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
"""What a page without script may do: nothing but show itself."""


class Markup(str):
    """Text that is HTML already; anything else is escaped when it is put into a page."""

    __slots__ = ()


EMPTY: Final = Markup("")
_VOID: Final = frozenset(("br", "input", "meta", "link", "hr"))


def text(value: object) -> Markup:
    """A value as it stands in a page: escaped, unless it is markup."""
    return value if isinstance(value, Markup) else Markup(escape(str(value)))


def joined(parts: Iterable[object]) -> Markup:
    """These parts one after the other."""
    return Markup("".join(map(text, parts)))


def tag(name: str, *content: object, **attributes: object) -> Markup:
    """An element: `tag("td", "a < b", class_="number")`.

    A trailing underscore of an attribute's name falls away, one inside becomes a hyphen. None and
    False leave the attribute out, True gives it without a value.
    """
    given = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        shown = key.rstrip("_").replace("_", "-")
        given.append(f" {shown}" if value is True else f' {shown}="{escape(str(value))}"')
    opened = f"<{name}{''.join(given)}>"
    if name in _VOID:
        return Markup(opened)
    return Markup(f"{opened}{joined(content)}</{name}>")


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet of every page."""
    return resources.files(__package__).joinpath("style.css").read_text("utf-8")


def document(title: str, body: Iterable[str], *, script: str = "", policy: str = POLICY) -> str:
    """A whole page. `script` is put in at its end as it is; the policy must allow it."""
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        '<meta name="referrer" content="no-referrer">',
        tag("title", title),
        f"<style>\n{style()}</style></head><body>",
        '<a class="skip" href="#main">To the content</a>',
        *map(text, body),
    ]
    if script:
        parts.append(f"<script>{script}</script>")
    return "\n".join([*parts, "</body></html>", ""])


def table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "",
    numbers: Sequence[str] = (),
) -> Markup:  # fmt: skip
    """A table whose first column names the rows; the columns named in `numbers` are right-aligned.

    It scrolls inside itself where the page is narrower.
    """
    kinds = ["number" if name in numbers else None for name in columns]
    head = [tag("th", name, scope="col", class_=kind)
            for name, kind in zip(columns, kinds, strict=True)]  # fmt: skip
    body = []
    for row in rows:
        first, *rest = row
        cells = [tag("td", cell, class_=kind) for cell, kind in zip(rest, kinds[1:], strict=True)]
        body.append(tag("tr", tag("th", first, scope="row"), *cells))
    made = tag(
        "table", tag("caption", caption) if caption else EMPTY, tag("thead", tag("tr", *head)),
        tag("tbody", *body),
    )  # fmt: skip
    named = {"role": "region", "aria_label": caption} if caption else {}
    return tag("div", made, class_="wide", tabindex="0", **named)


def figures(of: Mapping[str, object]) -> Markup:
    """Some numbers with what each is the number of."""
    shown = [tag("div", tag("b", value), tag("span", name, class_="quiet small"))
             for name, value in of.items()]  # fmt: skip
    return tag("div", *shown, class_="figures")


def fold(summary: object, *content: object, **attributes: object) -> Markup:
    """Content behind a line that opens it, without script."""
    return tag("details", tag("summary", summary), *content, **attributes)


def marked(whole: str, words: Iterable[str]) -> Markup:
    """A text with the passages that are among `words` marked, however they are spelt in case."""
    wanted = {word.casefold() for word in words if word}
    parts: list[object] = []
    at = 0
    for start, end in _words(whole):
        if whole[start:end].casefold() in wanted:
            parts += [whole[at:start], tag("mark", whole[start:end])]
            at = end
    return joined([*parts, whole[at:]])


def _words(whole: str) -> Iterator[tuple[int, int]]:
    start = -1
    for at, sign in enumerate(whole):
        if sign.isalnum():
            start = at if start < 0 else start
        elif start >= 0:
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(whole)
