"""The page of a run: whole, alone, harmless, and the same for the same files."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from per_question import question, written
from typer.testing import CliRunner, Result

from memkit.cli.app import app
from memkit.evals.asking import EXCERPT
from memkit.evals.runs import read_run, times_beside, write_times
from memkit.html.page import marked, tag
from memkit.html.report import report

_EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)> \"&amp; </title></style>"


def run(*words: object, code: int = 0) -> Result:
    result = CliRunner().invoke(app, ["eval", "report", *map(str, words)], env={"NO_COLOR": "1"})
    assert result.exit_code == code, (result.output, result.stderr, result.exception)
    return result


class Seen(HTMLParser):
    """The elements of a page, with their attributes, and the text outside of its style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br", "path", "rect", "circle", "polyline"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data

    def names(self) -> set[str]:
        return {name for name, _ in self.elements}

    def values(self, attribute: str) -> list[str]:
        return [str(given[attribute]) for _, given in self.elements if attribute in given]


def full(number: int, value: float, words: str = "What of it?", **more: Any) -> dict[str, Any]:
    hit = {"sources": ["t1"], "kind": "turn", "score": 0.5, "speaker": words, "when": None,
           "text": words, "evidence": value > 0, "why": {words: 1.5, "session": -0.5}}  # fmt: skip
    measures = {f"turn.recall@{k}": value for k in (1, 5, 10)} | {
        "budget.recall@500": value, "budget.recall@1000": value, "budget.tokens@500": 450.0,
    }  # fmt: skip
    found = {"measures": measures, "ranked": ["t1", "t9"], "sessions": ["s1"], "hits": [hit],
             "answer": {"text": words, "abstained": False, "score": 0.5, "kind": words,
                        "sources": ["t1"],
                        "judges": {words: {"correct": True, "reason": words}}}}  # fmt: skip
    keyword = {"measures": measures, "ranked": ["t2"], "sessions": ["s2"]}
    options: dict[str, Any] = {
        "age_days": number * 40, "when": "2024-05-01T10:00:00+00:00", "text": words, "gold": words,
        "history": {"turns": 9, "tokens": 9000},
        "evidence": [{"id": "t1", "speaker": words, "when": words, "age_days": 1, "text": words}],
    }  # fmt: skip
    return question(number, {"fused": found, "keyword": keyword}, **options | more)


def lines(words: str = "What of it?", flip: int = 0) -> list[dict[str, Any]]:
    return [
        full(n, float((n + flip) % 2), words, conversation=f"c{n % 4}", category=f"kind {n % 3}")
        for n in range(12)
    ]


def test_the_page_has_tables_plots_and_each_question(tmp_path: Path) -> None:
    a = written(tmp_path / "a.jsonl", lines())
    b = written(tmp_path / "b.jsonl", lines(flip=1), code="other")
    page = Seen(report([read_run(a), read_run(b)]))
    for words in (
        "turn.recall@10 by age of the evidence", "turn.recall@10 by category", "up to a week",
        "Evidence inside a context", "the whole history", "9,000", "set otherwise", "A fused",
        "B keyword", "Lost in turn.recall@10: 6 questions", "session -0.50", "rank by",
        "Answer What of it?", "keyword: not found",
    ):  # fmt: skip
        assert words in page.words, words
    anchors = {f"#{id}" for id in page.values("id")}
    assert set(page.values("href")) <= anchors
    assert len([id for id in page.values("id") if re.fullmatch(r"q\d+", id)]) == 12
    assert page.open == ["html"] or not page.open


def test_a_baseline_that_repeats_another_is_drawn_once(tmp_path: Path) -> None:
    a = written(tmp_path / "a.jsonl", lines())
    b = written(tmp_path / "b.jsonl", lines())
    page = report([read_run(a), read_run(b)])
    drawn = page.partition("Recall of turns among the first k")[2].partition("</svg>")[0]
    assert drawn.count("<polyline") == 2  # what was asked for, of both
    assert "B fused" in drawn and "keyword" not in drawn


def test_the_page_fetches_nothing_and_runs_nothing(tmp_path: Path) -> None:
    text = report([read_run(written(tmp_path / "a.jsonl", lines()))])
    page = Seen(text)
    assert page.names().isdisjoint({"script", "link", "img", "iframe", "object", "base", "form"})
    assert not page.values("src") and not [v for v in page.values("href") if v[:1] != "#"]
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", text)
    assert any(each.startswith("default-src 'none'") for each in page.values("content"))
    assert "prefers-color-scheme: dark" in text


def test_what_people_wrote_is_text_and_nothing_else(tmp_path: Path) -> None:
    evil = [dict(line, conversation=_EVIL, question=f"{_EVIL}{n}", category=f"{_EVIL}{n % 2}")
            for n, line in enumerate(lines(_EVIL))]  # fmt: skip
    for line in evil:
        line["results"] = {_EVIL: line["results"]["fused"], "other": line["results"]["keyword"]}
    a = written(tmp_path / "a.jsonl", evil, dataset=_EVIL, notes=[_EVIL], seeds={_EVIL: 1})
    b = written(tmp_path / "b.jsonl", evil, dataset=_EVIL, notes=[_EVIL], embedder=_EVIL)
    page = Seen(report([read_run(a), read_run(b)]))
    assert page.names().isdisjoint({"script", "img"})
    assert not [name for _, given in page.elements for name in given if name.startswith("on")]
    assert page.words.count("<script>alert('x')</script>") > 100
    assert page.open == ["html"] or not page.open


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    a = written(tmp_path / "a.jsonl", lines())
    run(a, "--out", tmp_path / "one.html")
    run(a, "-o", tmp_path / "two.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_a_page_is_not_replaced_unasked(tmp_path: Path) -> None:
    a, out = written(tmp_path / "a.jsonl", lines()), tmp_path / "page.html"
    out.write_text("mine")
    assert "exists already" in run(a, "--out", out, code=2).stderr
    assert out.read_text() == "mine"
    assert "Wrote" in run(a, "--out", out, "--force").stdout
    told = json.loads(run(a, "--out", out, "--force", "--json").stdout)
    assert told == {"path": str(out), "bytes": out.stat().st_size, "runs": 1}
    assert "cannot be written" in run(a, "--out", tmp_path / "no" / "page.html", code=2).stderr


def test_what_a_file_does_not_tell_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "bare.jsonl"
    path.write_text(
        '{"type": "run"}\n{"type": "question", "conversation": "c", "question": "q1", '
        '"results": {"fused": {"measures": {"turn.recall@10": 0.5}}}}\n', "utf-8",
    )  # fmt: skip
    page = Seen(report([read_run(path)]))
    assert "c q1" in page.words and "by age" not in page.words and "Milliseconds" not in page.words


def test_a_text_that_the_file_cut_off_does_not_look_whole(tmp_path: Path) -> None:
    cut, whole = ("x" * length for length in (EXCERPT, EXCERPT - 1))
    asked = [full(0, 1.0, cut), full(1, 1.0, whole)]
    shown = report([read_run(written(tmp_path / "a.jsonl", asked))])
    bare = re.sub(r"<[^>]+>", "", shown)
    assert bare.count(f"{cut}…") == 2, "its evidence and its hit"
    assert whole in bare and f" {whole}…" not in bare


def test_times_stand_beside_the_file_and_are_drawn(tmp_path: Path) -> None:
    a = written(tmp_path / "a.jsonl", lines())
    write_times(a, {"fused": [0.001, 0.002, 0.003], "keyword": []})
    assert read_run(a).milliseconds["fused"][50] == 2.0
    page = Seen(report([read_run(a)]))
    assert "Milliseconds of a search" in page.words and "2.0 ms" in page.words
    write_times(a, {"fused": []})
    assert read_run(a).milliseconds["fused"][50] == 2.0
    times_beside(a).write_text("[]", "utf-8")
    assert "a.times.json" in run(a, "--out", tmp_path / "page.html", code=2).stderr


@pytest.mark.parametrize("text", ["", "plain", "Bo's boat & <b>bread</b>", "ends in boat"])
def test_marking_words_changes_no_text(text: str) -> None:
    made = marked(text, ["BOAT"])
    assert Seen(made).words == text
    assert made.count("<mark>") == text.casefold().count("boat")


def test_attributes_are_escaped_and_left_out() -> None:
    assert tag("p", "a<b", title='"x"', hidden=None, class_="y") == (
        '<p title="&quot;x&quot;" class="y">a&lt;b</p>'
    )
