"""Names lead to classes, one at a time, and a broken plug-in harms nobody but who names it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest

from memkit import MemoryStore, registry
from memkit.contracts import ForgettingPolicy, Record
from memkit.errors import PluginError
from memkit.models import Verdict


class Keep(ForgettingPolicy):
    name: ClassVar[str] = "keep"

    def __init__(self, days: int = 7) -> None:
        self.days = days

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        return [Verdict(record.id, "keep", "kept") for record in records]


class Unfinished(ForgettingPolicy):
    name: ClassVar[str] = "unfinished"


@pytest.fixture(autouse=True)
def _clean_slate(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_registered", {})
    registry._installed.cache_clear()
    yield
    registry._installed.cache_clear()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which distributions can be put."""
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def _install(site: Path, distribution: str, points: str, module: str = "", code: str = "") -> None:
    info = site / f"{distribution}-1.5.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.5\n")
    (info / "entry_points.txt").write_text(points)
    if module:
        (site / f"{module}.py").write_text(code)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, names in registry.BUILT_IN.items() for name in names],
)
def test_every_built_in_name_loads_what_it_says(kind: str, name: str) -> None:
    loaded = registry.load(kind, name)
    assert issubclass(loaded, registry.KINDS[kind])
    # indexes that may stand in another's place
    plays = dict.fromkeys(("exact", "hnsw", "hierarchy"), "vector")
    assert getattr(loaded, "name", name) == plays.get(name, name)


def test_a_built_in_goes_through_the_same_door_as_a_plug_in() -> None:
    for kind, names in registry.BUILT_IN.items():
        for name, target in names.items():
            assert registry.load(kind, target) is registry.load(kind, name)


def test_options_are_constructor_keywords() -> None:
    made = registry.create("embedders", "hashing", dim=32)
    assert made.dim == 32


def test_a_class_of_this_process_gets_a_name() -> None:
    assert registry.register("forgetting", "mine")(Keep) is Keep
    assert registry.load("forgetting", "mine") is Keep
    assert registry.create("forgetting", "mine", days=3).days == 3


def test_a_built_in_name_cannot_be_taken() -> None:
    with pytest.raises(PluginError, match="'never' is the name of a built-in"):
        registry.register("forgetting", "never")(Keep)


def test_what_is_registered_must_keep_the_contract() -> None:
    with pytest.raises(PluginError, match="does not define judge"):
        registry.register("forgetting", "half")(Unfinished)
    with pytest.raises(PluginError, match=r"expected a subclass of memkit\.contracts\.Retriever"):
        registry.register("retrievers", "keep")(Keep)


def test_a_class_can_be_named_by_module(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("shelf")
    module.Keep = Keep  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "shelf", module)
    assert registry.load("forgetting", "shelf:Keep") is Keep
    with pytest.raises(PluginError, match=r"Loading shelf:Lost failed: AttributeError"):
        registry.load("forgetting", "shelf:Lost")
    with pytest.raises(PluginError, match=r"Loading no_such_shelf:Keep failed: ModuleNotFound"):
        registry.load("forgetting", "no_such_shelf:Keep")


def test_an_unknown_name_says_what_there_is_and_what_was_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(PluginError, match=r"there are: .*fused, .*keyword.*Did you mean 'fused'"):
        registry.load("retrievers", "fusd")
    monkeypatch.setitem(registry.BUILT_IN, "rerankers", {})
    with pytest.raises(PluginError, match="there are: none"):
        registry.load("rerankers", "best")


def test_an_unknown_kind_says_which_there_are() -> None:
    with pytest.raises(PluginError, match="the kinds are embedders, extractors"):
        registry.load("manager", "any")


def test_an_installed_plug_in_is_found_by_its_entry_point(site: Path) -> None:
    code = "from memkit.forget.never import NeverForget as Hold\n"
    _install(site, "acme", "[memkit.forgetting]\nhold = acme_mod:Hold\n", "acme_mod", code)
    assert registry.load("forgetting", "hold").__name__ == "NeverForget"


def test_only_the_plug_in_that_is_named_is_loaded(site: Path) -> None:
    points = "[memkit.forgetting]\nhold = quiet_mod:Hold\nboom = loud_mod:Boom\n"
    code = "from memkit.forget.never import NeverForget as Hold\n"
    _install(site, "quiet", points, "quiet_mod", code)
    (site / "loud_mod.py").write_text("raise RuntimeError('loaded')\n")
    registry.load("forgetting", "hold")
    listed = {p.name: p.status for p in registry.available() if p.distribution == "quiet"}
    assert listed == {"hold": "not loaded", "boom": "not loaded"}
    assert "loud_mod" not in sys.modules


@pytest.mark.parametrize(
    "code",
    ["import no_such_module", "def broken(:", "raise RuntimeError('boom')", "1 / 0", ""],
)
def test_a_broken_plug_in_fails_when_chosen_naming_its_distribution(site: Path, code: str) -> None:
    name = f"bad_{abs(hash(code)) % 10_000}"
    _install(site, "acme-bad", f"[memkit.retrievers]\nbad = {name}:Bad\n", name, code)
    with pytest.raises(PluginError, match=r"'bad' of acme-bad 1\.5"):
        registry.load("retrievers", "bad")
    statuses = {p.name: p.status for p in registry.available(check=True) if p.kind == "retrievers"}
    assert "acme-bad" in statuses["bad"]
    assert statuses["fused"] == "ok"
    with MemoryStore(":memory:", embedder=None) as store:
        store.scope(user="ana").add("I moved to Lisbon.")
        assert store.scope(user="ana").search("Lisbon")


def test_two_plug_ins_of_one_name_are_told_apart_by_class(site: Path) -> None:
    for distribution in ("left", "right"):
        code = "from memkit.forget.never import NeverForget as Hold\n"
        points = f"[memkit.forgetting]\nhold = {distribution}_mod:Hold\n"
        _install(site, distribution, points, f"{distribution}_mod", code)
    with pytest.raises(PluginError, match=r"left 1\.5 and right 1\.5|right 1\.5 and left 1\.5"):
        registry.load("forgetting", "hold")
    assert registry.load("forgetting", "left_mod:Hold") is registry.load("forgetting", "never")


def test_a_plug_in_cannot_take_the_place_of_a_built_in(site: Path) -> None:
    code = "from memkit.retrieve.single import RandomRetriever as Fused\n"
    _install(
        site, "usurper", "[memkit.retrievers]\nfused = usurper_mod:Fused\n", "usurper_mod", code
    )
    assert registry.load("retrievers", "fused").__module__ == "memkit.retrieve.fused"
    found = next(p for p in registry.available(check=True) if p.distribution == "usurper")
    assert "built-in" in found.status


def test_the_list_names_kind_distribution_and_version(site: Path) -> None:
    _install(site, "acme", "[memkit.rerankers]\nsharp = acme_sharp:Sharp\n")
    registry.register("forgetting", "mine")(Keep)
    listed = registry.available()
    assert [p.kind for p in listed] == sorted(
        (p.kind for p in listed), key=list(registry.KINDS).index
    )
    sharp = next(p for p in listed if p.name == "sharp")
    assert (sharp.distribution, sharp.version, sharp.target) == ("acme", "1.5", "acme_sharp:Sharp")
    mine = next(p for p in listed if p.name == "mine")
    assert (mine.distribution, mine.status) == ("(this process)", "ok")


def test_an_entry_point_without_a_distribution_is_of_unknown_origin() -> None:
    point = EntryPoint("any", "shelf:Any", "memkit.rerankers")
    assert registry._origin(point) == ("unknown", "")
