"""Multi-hop passage sets (HotpotQA, 2WikiMultihopQA, MuSiQue): questions with their paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from memkit.evals.data import (
    SHAPE_ERRORS,
    Conversation,
    Dataset,
    Question,
    made,
    read_json,
    read_lines,
    wrong_file,
)

EXPECTED: Final = (
    "a multi-hop passage file (JSON list or JSON lines): records with a question and "
    "'contexts' or 'paragraphs' marked 'is_supporting', or 'context' with 'supporting_facts'"
)


def load(path: Path) -> Dataset:
    """Each question a conversation of its own, each paragraph a message and a session."""
    records = _records(path)
    try:
        conversations = [_conversation(record, place) for place, record in enumerate(records)]
    except SHAPE_ERRORS as error:
        raise wrong_file(path, EXPECTED, error, records) from error
    return made("passages", path, EXPECTED, conversations, cut=5)


def load_pooled(path: Path) -> Dataset:
    """All paragraphs of the file as one collection that every question searches."""
    records = _records(path)
    ids: dict[str, str] = {}
    questions = []
    try:
        for place, record in enumerate(records):
            held = list(_paragraphs(record))
            for text, _ in held:
                ids.setdefault(text, f"p{len(ids) + 1:05d}")
            gold = tuple(dict.fromkeys(ids[text] for text, supports in held if supports))
            questions.append(_question(record, place, gold))
    except SHAPE_ERRORS as error:
        raise wrong_file(path, EXPECTED, error, records) from error
    messages = tuple({"content": text, "session": id, "id": id} for text, id in ids.items())
    pool = [Conversation("pool", messages, tuple(questions))]
    return made("passages-pooled", path, EXPECTED, pool, cut=5)


def _records(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".jsonl":
        return [record for _, record in read_lines(path, EXPECTED)]
    records = read_json(path, EXPECTED)
    if not isinstance(records, list):
        raise wrong_file(path, EXPECTED, "no list", records)
    return records


def _conversation(record: dict[str, Any], place: int) -> Conversation:
    messages: list[dict[str, Any]] = []
    gold: list[str] = []
    for number, (text, supports) in enumerate(_paragraphs(record), 1):
        id = f"p{number:02d}"
        messages.append({"content": text, "session": id, "id": id})
        if supports:
            gold.append(id)
    asked = _question(record, place, tuple(gold))
    return Conversation(_id(record, place), tuple(messages), (asked,))


def _question(record: dict[str, Any], place: int, gold: tuple[str, ...]) -> Question:
    answer = record.get("answer")
    if answer is None:
        spans = [span for given in record.get("answers_objects", ()) for span in given["spans"]]
        answer = ", ".join(spans)
    text = record["question_text"] if "question_text" in record else record["question"]
    return Question(_id(record, place), text, gold, str(record.get("type", "all")), str(answer))


def _id(record: dict[str, Any], place: int) -> str:
    named = (record.get(key) for key in ("question_id", "_id", "id"))
    return str(next((id for id in named if id), place))


def _paragraphs(record: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Text and whether it supports the answer, in one of the published shapes."""
    marked = record.get("contexts") or record.get("paragraphs")
    if marked:
        for paragraph in marked:
            body = paragraph.get("paragraph_text") or paragraph.get("text") or ""
            yield f"{paragraph['title']}: {body}", bool(paragraph["is_supporting"])
        return
    context, facts = record["context"], record["supporting_facts"]
    if isinstance(context, dict):
        context = list(zip(context["title"], context["sentences"], strict=True))
    titles = set(facts["title"]) if isinstance(facts, dict) else {fact[0] for fact in facts}
    for title, sentences in context:
        yield f"{title}: {' '.join(part.strip() for part in sentences)}", title in titles
