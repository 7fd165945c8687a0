"""`memkit plugins new`: the folder of a plug-in that is installable and keeps its contract."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template
from typing import Final

from memkit import registry
from memkit.errors import InvalidInput

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PREFIX: Final = "memkit-"

_PROJECT: Final = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "memkit-$name"
version = "0.1.0"
description = "$said"
readme = "README.md"
requires-python = ">=3.11"
dependencies = [$needs]

[project.entry-points."memkit.$kind"]
$name = "$module:$made"

[tool.hatch.build.targets.wheel]
only-include = ["$module.py"]

[tool.pytest.ini_options]
testpaths = ["tests"]
"""

_PAGE: Final = """\
# memkit-$name

$said One of memkit's $kind, by the name `$name`.

    pip install memkit-$name
    memkit plugins --kind $kind
"""

_TEST: Final = '''\
"""The class keeps its contract; beside this, test what it is for."""

from $module import $made

from memkit import testing


def test_the_class_keeps_its_contract() -> None:
    testing.check("$kind", $made)
'''

_BODIES: Final = {
    "embedders": (
        "Words hashed to components: the place for a model of yours.",
        '''\
from collections.abc import Sequence

import numpy as np

from memkit.contracts import Embedder, Role
from memkit.text import term_id, words
from memkit.types import Floats


class $made(Embedder):
    """$said"""

    def __init__(self, dim: int = 128) -> None:
        self.dim = dim
        self.identity = f"$name-1:{dim}"  # another one whenever vectors change

    def embed(self, texts: Sequence[str], role: Role = "document") -> Floats:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text):
                row[term_id(word) % self.dim] += 1.0
        return rows
''',
    ),
    "extractors": (
        "Sentences in which someone says what they will do.",
        '''\
import re
from collections.abc import Iterator, Sequence

from memkit import Memory, Source, Turn
from memkit.contracts import Extractor


class $made(Extractor):
    """$said"""

    name = "$name"
    version = 1  # raise it when the output changes: its records are rebuilt
    pattern = re.compile(r"\\b(?:I will|I'll)\\b[^.!?]*[.!?]?", re.IGNORECASE)

    def extract(self, turns: Sequence[Turn]) -> Iterator[Memory]:
        for turn in turns:
            for found in self.pattern.finditer(turn.text):
                span = Source(turn.id, found.start(), found.end())
                yield Memory("$name", found.group(), (span,), speaker=turn.speaker)
''',
    ),
    "indexers": (
        "How many of the query's terms a record has, rare ones counting more.",
        '''\
from collections import defaultdict

import numpy as np

from memkit.contracts import ChangeSet, Indexer, Query, Scored
from memkit.types import Mask


class $made(Indexer):
    """$said"""

    name = "$name"

    def __init__(self) -> None:
        self._size = 0
        self._holding: dict[int, list[int]] = defaultdict(list)

    def apply(self, change: ChangeSet) -> None:
        if change.reset:
            self._size = 0
            self._holding.clear()
        for place in range(change.count):
            span = change.term_ids[change.offsets[place] : change.offsets[place + 1]]
            for term in set(span.tolist()):
                self._holding[term].append(change.start + place)
        self._size += change.count

    def search(
        self, query: Query, limit: int, *, view: str = "turn", allowed: Mask | None = None
    ) -> Scored:
        scores = np.zeros(self._size, dtype=np.float32)
        for term in set(query.term_ids.tolist()):
            holding = self._holding.get(term, [])
            scores[holding] += np.log1p(self._size / (1 + len(holding)))
        if allowed is not None:
            scores[~allowed] = 0.0
        order = np.argsort(-scores, kind="stable")[:limit].astype(np.int64)
        order = order[scores[order] > 0]
        return Scored(order, scores[order])
''',
    ),
    "retrievers": (
        "The keyword index, with scores that halve with age.",
        '''\
import numpy as np

from memkit.contracts import Query, Ranking, Retriever, View
from memkit.dates import to_micros

_DAY = 86_400_000_000  # microseconds


class $made(Retriever):
    """$said"""

    name = "$name"

    def __init__(self, half_life_days: float = 30.0) -> None:
        self._half_life = half_life_days * _DAY

    def retrieve(self, query: Query, view: View) -> Ranking:
        found = view.turns.search("keyword", query, view.turns.size)
        relevance = found.scores / (found.scores + 5.0)
        ages = np.maximum(to_micros(query.now) - view.turns.when[found.ordinals], 0)
        scores = (relevance * np.exp2(-ages / self._half_life)).astype(np.float32)
        order = np.lexsort((found.ordinals, -scores))
        return Ranking(found.ordinals[order], scores[order], {"relevance": relevance[order]})
''',
    ),
    "forgetting": (
        "Archives what was never useful and nobody has needed for a year.",
        '''\
from collections.abc import Sequence
from datetime import datetime

from memkit import Verdict
from memkit.contracts import ForgettingPolicy, Record


class $made(ForgettingPolicy):
    """$said"""

    name = "$name"

    def __init__(self, days: float = 365.0) -> None:
        self._days = days

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        return [self._verdict(record, now) for record in records]

    def _verdict(self, record: Record, now: datetime) -> Verdict:
        idle = (now - (record.last_used or record.created)).total_seconds() / 86_400
        act = "keep" if record.useful or idle <= self._days else "archive"
        return Verdict(record.id, act, f"useful {record.useful} times, idle {idle:.0f} days")
''',
    ),
    "gates": (
        "Archives what its speaker has just said in the same words.",
        '''\
from collections.abc import Sequence

from memkit import Turn, Verdict
from memkit.contracts import IntakeGate


class $made(IntakeGate):
    """$said"""

    name = "$name"

    def __init__(self, last: int = 50) -> None:
        self.last = last  # how many of the latest turns it is shown

    def judge(self, turn: Turn, recent: Sequence[Turn]) -> Verdict:
        for other in reversed(recent):
            if (other.speaker, other.text.casefold()) == (turn.speaker, turn.text.casefold()):
                return Verdict(turn.id, "archive", f"{turn.id} repeats {other.id}")
        return Verdict(turn.id, "keep", "it is new")
''',
    ),
    "consolidators": (
        "Records of one kind with the same words become one, resting on all their sources.",
        '''\
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from memkit import Memory
from memkit.contracts import Consolidator, Proposal


class $made(Consolidator):
    """$said"""

    name = "$name"

    def propose(self, memories: Sequence[Memory], now: datetime) -> Iterable[Proposal]:
        groups: dict[tuple[str, str], list[Memory]] = defaultdict(list)
        for memory in memories:
            groups[memory.kind, memory.text.casefold()].append(memory)
        for same in groups.values():
            if len(same) > 1:
                sources = dict.fromkeys(source for memory in same for source in memory.sources)
                one = Memory(same[0].kind, same[0].text, tuple(sources), when=same[-1].when)
                gone = tuple(memory.id for memory in same if memory.id is not None)
                yield Proposal((one,), (), gone, f"the same words {len(same)} times")
''',
    ),
    "rerankers": (
        "The best hits first, each text once.",
        '''\
from collections.abc import Sequence

from memkit import Hit
from memkit.contracts import Reranker


class $made(Reranker):
    """$said"""

    name = "$name"

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        best: dict[str, Hit] = {}
        for hit in sorted(hits, key=lambda hit: -hit.score):
            best.setdefault(hit.text.casefold(), hit)
        return list(best.values())
''',
    ),
    "recipes": (
        "The default, without hits that repeat a better one.",
        '''\
from memkit import registry
from memkit.recipe import Card, Composition, Recipe


class $made(Recipe):
    """$said"""

    name = "$name"
    card = Card(
        paper="the title, or that there is none",
        source="where it is found",
        known_for="what it adds to plain retrieval",
        kept="what of it is as published",
        mended="what is not, and why",
        model="what a language model does in it",
        without="what stands in for the model",
    )

    def compose(self) -> Composition:
        return Composition(rerankers=(registry.create("rerankers", "diverse"),))
''',
    ),
}
"""Of each kind a sentence on what the class does, and the module."""


def kinds() -> list[str]:
    """The kinds of plug-ins that can be begun."""
    return list(_BODIES)


def begin(name: str, kind: str, folder: Path) -> list[Path]:
    """Write the plug-in `name` into the new folder memkit-`name` in `folder`; the files written.

    Raises `InvalidInput`, and writes nothing, for a name that cannot be used or is taken.
    """
    short = name.removeprefix(_PREFIX)
    _require_usable(name, short, kind)
    said, body = _BODIES[kind]
    module = f"memkit_{short.replace('-', '_')}"
    made = "".join(part.capitalize() for part in short.split("-"))
    needs = ['"memkit-sdk>=0.1,<0.2"', *(['"numpy>=2.0"'] if "import numpy" in body else [])]
    fields = {
        "name": short, "kind": kind, "module": module, "made": made, "said": said,
        "needs": ", ".join(needs),
    }  # fmt: skip
    root = folder / f"{_PREFIX}{short}"
    if root.exists():
        raise InvalidInput(f"{root} is there already; choose another name. Nothing was written.")
    files = {
        root / "pyproject.toml": _PROJECT,
        root / "README.md": _PAGE,
        root / f"{module}.py": f'"""$said"""\n\nfrom __future__ import annotations\n\n{body}',
        root / "tests" / f"test_{short.replace('-', '_')}.py": _TEST,
    }
    (root / "tests").mkdir(parents=True)
    for path, text in files.items():
        path.write_text(Template(text).substitute(fields), encoding="utf-8")
    return list(files)


def _require_usable(name: str, short: str, kind: str) -> None:
    if kind not in _BODIES:
        raise InvalidInput(f"A plug-in of the kind {kind!r} cannot be begun; "
                           f"--kind is one of {', '.join(_BODIES)}.")  # fmt: skip
    if not _NAME.fullmatch(short):
        raise InvalidInput(
            f"{name!r} is no name for a plug-in; use small letters, digits and single hyphens, "
            "a letter first."
        )
    if short in registry.BUILT_IN[kind]:
        raise InvalidInput(f"{short!r} is the name of a built-in of {kind}; choose another.")
