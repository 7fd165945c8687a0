"""`memkit eval run`: a data set's questions, asked of retrievers and answered by readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from memkit import registry
from memkit.cli import printing, results, tables
from memkit.cli.arguments import named_embedder
from memkit.cli.completing import datasets, names
from memkit.contracts import Embedder, Indexer, Retriever
from memkit.errors import InvalidInput
from memkit.evals import loaders, runner
from memkit.evals.data import Dataset
from memkit.evals.readers import MODEL_BUDGET, Extractive, ModelReader, Reader
from memkit.evals.runs import write_times
from memkit.llm import LLM

BASELINES: Final = ("keyword", "vector", "recency", "random")
DEFAULT: Final = "fused"

Name = Annotated[
    str,
    typer.Argument(
        metavar="DATASET", help="A name of `memkit eval list`.", autocompletion=datasets
    ),
]
Where = Annotated[
    Path | None, typer.Argument(metavar="PATH", help="File or folder of the data set.")
]
EmbedderName = Annotated[
    str,
    typer.Option(
        "--embedder", help="static, hashing, none, a plug-in's name or pkg:Class.",
        autocompletion=names("embedders"),
    ),
]  # fmt: skip
Limit = Annotated[
    int | None,
    typer.Option("--limit", min=1, help="Ask at most so many questions, spread evenly."),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--json", metavar="FILE", help="One JSON line per question; a run broken off is taken up."
    ),
]
Corrected = Annotated[
    Path | None, typer.Option("--corrected", help="LoCoMo: an audit whose answers take its key's.")
]
Seeds = Annotated[
    list[int] | None, typer.Option("--seed", help="synth: lives of this seed; repeatable.")
]

_Retrievers = Annotated[
    list[str] | None,
    typer.Option(
        "--retriever", help="A name or pkg:Class; repeatable. Default: fused.",
        autocompletion=names("retrievers"),
    ),
]  # fmt: skip
_Indexers = Annotated[
    list[str] | None,
    typer.Option(
        "--indexer", help="A name or pkg:Class; repeatable. Default: a store's own.",
        autocompletion=names("indexers"),
    ),
]  # fmt: skip


def run(
    dataset: Name,
    path: Where = None,
    retriever: _Retrievers = None,
    embedder: EmbedderName = "static",
    indexer: _Indexers = None,
    reader: Annotated[
        Literal["extractive", "llm"] | None,
        typer.Option("--reader", help="Compose answers too: without a model, or by one."),
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", help="The model that answers, for --reader llm.")
    ] = None,
    judge: Annotated[
        str | None, typer.Option("--judge", help="The model that judges. Default: --model.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", help="A server that speaks OpenAI's protocol.")
    ] = None,
    read_tokens: Annotated[
        int, typer.Option("--read-tokens", min=50, help="The context that the model is shown.")
    ] = MODEL_BUDGET,
    max_tokens: Annotated[
        int | None, typer.Option("--max-tokens", min=0, help="Stop before models take more.")
    ] = None,
    corrected: Corrected = None,
    seed: Seeds = None,
    limit: Limit = None,
    out: Out = None,
    budgets: Annotated[
        bool, typer.Option("--budgets/--no-budgets", help="Evidence within `context` budgets.")
    ] = True,
    baselines: Annotated[
        bool, typer.Option("--baselines/--no-baselines", help="BM25, vector, recency and random.")
    ] = True,
) -> None:
    """Ask a data set's questions, and measure how well their evidence is found.

    With --reader answers are composed, and scored by LoCoMo's rules; --reader llm needs --model,
    and has every answer judged twice, leniently and strictly.

    Example:

        memkit eval run locomo locomo10.json --reader extractive --json results.jsonl
    """
    if out is not None and out.name.startswith("-"):
        raise InvalidInput(f"--json takes the file to write; found {str(out)!r}.")
    data = loaded(dataset, path, corrected, seed)
    chosen = reader_named(reader, model, judge, (base_url, read_tokens, max_tokens))
    data = (data if chosen is None else data.for_reading()).limited(limit)
    asked = list(dict.fromkeys(retriever or [DEFAULT]))
    beside = [name for name in BASELINES if baselines and name not in asked]
    plan = runner.Plan(runner.BUDGETS if budgets else (), indexers(indexer), chosen, beside)
    with printing.progress("asking") as advance:
        found = runner.run(
            data, retrievers=retrievers([*asked, *beside]), embedder=embedder_named(embedder),
            plan=plan, out=out, progress=advance,
        )  # fmt: skip
    if out is not None:
        write_times(out, found.seconds)
    results.show(found, [*asked, *beside], tables.console())
    if isinstance(chosen, ModelReader):
        results.note_spending(chosen)


def loaded(
    name: str, path: Path | None, corrected: Path | None = None, seeds: list[int] | None = None
) -> Dataset:
    """The data set of a command's arguments."""
    lives = replace(loaders.Lives(), seeds=tuple(seeds)) if seeds else None
    return loaders.load(name, path, corrections=corrected, lives=lives)


def retrievers(names: list[str]) -> dict[str, Retriever]:
    """A retriever of each name."""
    return {name: registry.create("retrievers", name) for name in names}


def indexers(names: list[str] | None) -> list[Callable[[], Indexer]] | None:
    """The class of each name; None for the store's own choice."""
    return [registry.load("indexers", name) for name in names] if names else None


def embedder_named(name: str) -> Embedder | None:
    """The embedder of that name; `none` is for keywords alone."""
    return None if name == "none" else named_embedder(name)


def reader_named(
    name: str | None, model: str | None, judge: str | None,
    settings: tuple[str | None, int, int | None] = (None, MODEL_BUDGET, None),
) -> Reader | None:  # fmt: skip
    """The reader that was asked for; `settings` are base URL, tokens shown, most tokens spent."""
    if name != "llm":
        if model or judge or settings[0]:
            raise InvalidInput("--model, --judge and --base-url are for --reader llm.")
        return Extractive() if name else None
    if model is None:
        raise InvalidInput("--reader llm needs --model, such as openai/gpt-5-mini.")
    base_url, shown, most = settings
    reads = LLM(model, base_url=base_url, max_tokens_spent=most)
    judges = LLM(judge, base_url=base_url, max_tokens_spent=most) if judge else None
    return ModelReader(reads, judge=judges, budget=shown)
