"""What is remembered of one owner as one page: who is known, when was what said, every word."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from importlib import resources
from typing import Final

from memkit.html.page import EMPTY, POLICY, Markup, document, figures, fold, joined, table, tag
from memkit.models import Fact, Turn
from memkit.store import Scope

_DAYS: Final = 62
"""Up to so many days from the first turn to the last, the timeline goes by day; else by month."""
_USER: Final = "user"


def page(scope: Scope) -> str:
    """The page of a scope: what is live in it, and nothing else.

    Left out is whatever was forgotten or archived, and each fact that rests on such words alone.
    The same store gives the same bytes.
    """
    return _Page(scope).whole()


class _Page:
    """One page in the making."""

    def __init__(self, scope: Scope) -> None:
        self._owner = ", ".join(f"{key} {value}" for key, value in sorted(scope.keys.items()))
        self._turns = [turn for turn in scope.turns(archived=False) if turn.origin != "echo"]
        self._places = {turn.id: place for place, turn in enumerate(self._turns, 1)}
        self._facts = [fact for fact in scope.facts(superseded=True)
                       if self._live(fact) and fact.status != "retracted"]  # fmt: skip
        self._sessions = _by_session(self._turns)

    def whole(self) -> str:
        """Everything, in the order of reading."""
        title = f"memkit: {self._owner}"
        sections = {
            "Search": self._search(), "Timeline": self._timeline(), "People": self._people(),
            "Sessions": joined(
                self._session(place, name, turns)
                for place, (name, turns) in enumerate(self._sessions, 1)
            ),
        }  # fmt: skip
        kept = {name: content for name, content in sections.items() if content}
        body = [
            tag("header", tag("h1", title), self._numbers()),
            tag("nav", *(tag("a", name, href=f"#{name.lower()}") for name in kept),
                aria_label="Sections"),
            tag("main", *(
                tag("section", tag("h2", name), content, id=name.lower(), hidden=name == "Search")
                for name, content in kept.items()
            ), id="main"),
        ]  # fmt: skip
        script = _script()
        allowed = b64encode(sha256(script.encode()).digest()).decode()
        return document(
            title, body, script=script, policy=f"{POLICY}; script-src 'sha256-{allowed}'"
        )

    def _live(self, fact: Fact) -> list[str]:
        """The turns that a fact rests on and that are shown."""
        return [turn for turn in dict.fromkeys(source.turn for source in fact.sources)
                if turn in self._places]  # fmt: skip

    def _numbers(self) -> Markup:
        days = sorted(turn.when.date().isoformat() for turn in self._turns if turn.when)
        return figures({
            "turns": f"{len(self._turns):,}", "sessions": f"{len(self._sessions):,}",
            "people": f"{len({fact.subject for fact in self._facts}):,}",
            "facts now": f"{sum(_holds(fact) for fact in self._facts):,}",
            **({"first": days[0], "last": days[-1]} if days else {}),
        })  # fmt: skip

    def _search(self) -> Markup:
        """The box; it is hidden until the script is there to answer."""
        return joined([
            tag("label", "Search what was said", for_="query"),
            tag("input", type="search", id="query", autocomplete="off", spellcheck="false",
                placeholder="words or their beginnings (press /)"),
            tag("p", "", id="told", role="status", class_="quiet"),
            tag("ul", "", id="hits", class_="plain"),
        ])  # fmt: skip

    def _timeline(self) -> Markup:
        """How much was said when."""
        dated = [turn for turn in self._turns if turn.when is not None]
        if not dated:
            return EMPTY
        length = 10 if _days([turn.when for turn in dated if turn.when]) <= _DAYS else 7
        tally = Counter(turn.when.isoformat()[:length] for turn in dated if turn.when)
        first = {turn.when.isoformat()[:length]: self._places[turn.id]
                 for turn in reversed(dated) if turn.when}  # fmt: skip
        most = max(tally.values())
        rows = [
            [tag("a", period, href=f"#t{first[period]}"), f"{turns:,}",
             tag("span", class_="meter", style=f"width: {100 * turns / most:.1f}%")]
            for period, turns in sorted(tally.items())
        ]  # fmt: skip
        made = table(["day" if length == 10 else "month", "turns", ""], rows, numbers=["turns"])
        return tag("div", made, class_="timeline")

    def _people(self) -> Markup:
        """Whom and what facts are about, those of whom most is known first."""
        about: dict[str, list[Fact]] = {}
        for fact in self._facts:
            about.setdefault(fact.subject, []).append(fact)
        ordered = sorted(about.items(), key=lambda pair: (pair[0] != _USER, -len(pair[1]), pair[0]))
        return joined(self._person(subject, facts) for subject, facts in ordered)

    def _person(self, subject: str, facts: Sequence[Fact]) -> Markup:
        now = [fact for fact in facts if _holds(fact)]
        before = [fact for fact in facts if not _holds(fact)]
        columns = ["attribute", "value", "since", "said"]
        parts = [table(columns, map(self._now, now))] if now else []
        if before:
            history = [*columns[:3], "until", "is", "said"]
            parts.append(fold(f"Earlier and planned: {len(before):,}",
                              table(history, map(self._before, before))))  # fmt: skip
        shown = self._owner if subject == _USER else subject
        return fold(joined([tag("span", shown), tag("span", f" {_counted(len(now), 'fact')}",
                                                    class_="quiet small")]), *parts)  # fmt: skip

    def _now(self, fact: Fact) -> list[object]:
        unsure = " (uncertain)" if fact.status == "uncertain" else ""
        return [fact.attribute, f"{_value(fact)}{unsure}", _day(fact.since), self._said(fact)]

    def _before(self, fact: Fact) -> list[object]:
        return [fact.attribute, _value(fact), _day(fact.since), _day(fact.until), fact.status,
                self._said(fact)]  # fmt: skip

    def _said(self, fact: Fact) -> Markup:
        """Links to the words for a fact."""
        links = [tag("a", _day(self._turns[self._places[turn] - 1].when) or turn,
                     href=f"#t{self._places[turn]}") for turn in self._live(fact)[:5]]  # fmt: skip
        return joined(joined([link, " "]) for link in links)

    def _session(self, place: int, name: str | None, turns: Sequence[Turn]) -> Markup:
        when = _day(next((turn.when for turn in turns if turn.when), None))
        speakers = ", ".join(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
        head = " · ".join(filter(None, (when, name or "no session", speakers)))
        count = tag("span", f" {_counted(len(turns), 'turn')}", class_="quiet small")
        return fold(joined([head, count]), *map(self._turn, turns), id=f"s{place}")

    def _turn(self, turn: Turn) -> Markup:
        when = turn.when.replace(tzinfo=None).isoformat(" ", "minutes") if turn.when else ""
        head = " · ".join(filter(None, (turn.speaker or turn.role, when, turn.id)))
        return tag(
            "div", tag("div", head, class_="small quiet"), tag("div", turn.text, class_="words"),
            class_="said turn", id=f"t{self._places[turn.id]}",
        )  # fmt: skip


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _script() -> str:
    return resources.files(__package__).joinpath("search.js").read_text("utf-8")


def _by_session(turns: Sequence[Turn]) -> list[tuple[str | None, list[Turn]]]:
    """Sessions in the order of their first turn; turns without one stand together."""
    found: dict[str | None, list[Turn]] = {}
    for turn in turns:
        found.setdefault(turn.session, []).append(turn)
    return list(found.items())


def _holds(fact: Fact) -> bool:
    return fact.status in ("current", "uncertain")


def _value(fact: Fact) -> str:
    return f"{fact.value} {fact.unit}" if fact.unit else fact.value


def _day(when: datetime | None) -> str:
    return when.date().isoformat() if when is not None else ""


def _days(moments: Sequence[datetime]) -> int:
    days = [each.date() for each in moments]
    return (max(days) - min(days)).days
