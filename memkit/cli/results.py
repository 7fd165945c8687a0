"""What a run found, as tables: retrievers, certainty, budgets, categories, answers."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from memkit.cli import answers, printing, tables
from memkit.evals import report, runner
from memkit.evals.data import Dataset
from memkit.evals.readers import ModelReader


def show(results: runner.Results, names: Sequence[str], console: Console) -> None:
    """Everything about a run; the first name is the retriever whose categories are shown."""
    introduce(results, console)
    rows = [report.row(tables.label(name), results.of(name)) for name in names]
    table = tables.measured("retriever", rows, console.width)
    console.print(table)
    console.print(tables.legend(table))
    console.print()
    console.print(tables.certainty(results, names, console.width))
    console.print(Text(_timing(results), style="dim"))
    _note_unsteady(results)
    if results.config["budgets"]:
        _headed(console, "Evidence within a context, and its tokens")
        console.print(tables.budgets(results, names, console.width))
    _show_categories(results, names[0], console)
    if results.config["reader"] is not None:
        answers.show(results, names, console)


def introduce(results: runner.Results, console: Console) -> None:
    """The data set in one line."""
    console.print(_described(results.dataset))
    for note in results.dataset.notes:
        console.print(Text(f"{note}.", style="dim"))
    if results.resumed:
        printing.note(f"{results.resumed:,} answers were in the file already.")
    console.print()


def note_spending(reader: ModelReader) -> None:
    """What the models took, on standard error."""
    for name, model in (("reading", reader.model), ("judging", reader.judge)):
        if name == "judging" and reader.judge is reader.model:
            continue
        spent = model.spent()
        printing.note(
            f"{model.identity} ({name}): {printing.counted(spent.calls, 'call')}, "
            f"{spent.prompt_tokens:,} tokens shown, {spent.completion_tokens:,} written, "
            f"{spent.cost:.4f} US dollars."
        )


def _show_categories(results: runner.Results, name: str, console: Console) -> None:
    found = results.of(name)
    categories = report.by_category(found)
    if results.dataset.judges_answers and results.config["reader"] is None:
        _headed(console, "Answers by scope.chain, and the deciding fact")
        split = [(row.name, [o for o in found if o.category == row.name]) for row in categories]
        console.print(tables.answers(split))
    elif len(categories) > 1:
        _headed(console, f"{tables.label(name)} by category")
        console.print(tables.categories(found, results.dataset.main_measure, console.width))
    ages = {key: asked.age_days for key, asked in results.asked.items()}
    aged = report.by_age([each for each in found if each.evidence], ages)
    if len(aged) > 1:
        _headed(console, f"{tables.label(name)} by the age of the oldest evidence")
        measure = results.dataset.main_measure
        console.print(tables.groups("age", aged, measure, console.width))


def _timing(results: runner.Results) -> str:
    """Of what the times are, and what storing took."""
    told = [f"Times are of searches for {runner.TIMED_HITS} hits, index in memory."]
    wrote = results.writing
    if wrote.turns:
        per_thousand = (wrote.add_s + wrote.maintain_s) * 1000 / wrote.turns
        told.append(
            f"Storing 1,000 turns took {per_thousand:.2f} s (add "
            f"{wrote.add_s * 1000 / wrote.turns:.2f}, maintain "
            f"{wrote.maintain_s * 1000 / wrote.turns:.2f}) and "
            f"{wrote.bytes / wrote.turns:,.0f} bytes a turn."
        )
    return " ".join(told)


def _note_unsteady(results: runner.Results) -> None:
    for name, count in results.unsteady.items():
        if count:
            printing.note(
                f"{name} gives other first hits for {runner.TIMED_HITS} than for {runner.HITS} "
                f"in {count} questions."
            )


def _headed(console: Console, title: str) -> None:
    console.print()
    console.print(Text(title, style="bold"))


def _described(data: Dataset) -> Text:
    count = len(data.conversations)
    skipped = f" ({data.skipped} more have no evidence)" if data.skipped else ""
    return Text.assemble(
        (data.name, "bold"),
        f": {count:,} conversation{'s' * (count != 1)}, {data.messages:,} messages, "
        f"{data.questions:,} questions{skipped}",
    )
