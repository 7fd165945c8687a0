"""Loaders, on tiny samples in the shapes of the published files."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from memkit.errors import InvalidInput, NotFound
from memkit.evals import loaders
from memkit.evals.data import Dataset


def written(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, list) and name.endswith(".jsonl"):
        path.write_text("".join(json.dumps(line) + "\n" for line in content), "utf-8")
    else:
        path.write_text(json.dumps(content), "utf-8")
    return path


def only(dataset: Dataset) -> tuple[list[dict[str, Any]], list[Any]]:
    """Messages and questions of a set with one conversation."""
    (conversation,) = dataset.conversations
    return list(conversation.messages), list(conversation.questions)


def test_the_bundled_conversation_is_large_and_every_evidence_exists() -> None:
    dataset = loaders.load("harbour")
    messages, questions = only(dataset)
    ids = {message["id"] for message in messages}
    assert len(messages) >= 600
    assert len({message["session"] for message in messages}) >= 20
    assert len(questions) >= 40
    assert dataset.skipped == 2  # nothing answers them
    assert all(set(question.evidence) <= ids for question in questions)


JSONL: list[dict[str, Any]] = [
    {"type": "about", "name": "tiny", "title": "Two friends"},
    {"type": "turn", "id": "a1", "session": "s1", "name": "Ana", "content": "I sold my bike."},
    {"type": "turn", "id": "a2", "session": "s2", "name": "Bo", "content": "I bought a boat."},
    {"type": "question", "id": "q1", "question": "Who sold a bike?", "evidence": ["a1"],
     "category": "single", "after": 1, "when": "2024-05-01T10:00:00+00:00"},
    {"type": "question", "id": "q2", "question": "When was a boat bought?", "evidence": ["s2"],
     "level": "session"},
    {"type": "question", "id": "q3", "question": "Who has a car?", "evidence": []},
]  # fmt: skip


def test_jsonl_takes_turn_and_session_gold(tmp_path: Path) -> None:
    dataset = loaders.load("jsonl", written(tmp_path, "tiny.jsonl", JSONL))
    messages, (first, second) = only(dataset)
    assert dataset.name == "tiny" and dataset.skipped == 1 and dataset.notes == ("Two friends",)
    assert messages[0] == {
        "id": "a1", "session": "s1", "name": "Ana", "content": "I sold my bike.",
    }  # fmt: skip
    assert (first.evidence, first.level, first.after) == (("a1",), "turn", 1)
    assert first.when == datetime.fromisoformat("2024-05-01T10:00:00+00:00")
    assert (second.evidence, second.level) == (("s2",), "session")


def test_jsonl_may_hold_several_conversations(tmp_path: Path) -> None:
    lines = [{**line, "conversation": of} for of in ("x", "y") for line in JSONL[1:4]]
    dataset = loaders.load("jsonl", written(tmp_path, "two.jsonl", lines))
    assert [conversation.id for conversation in dataset.conversations] == ["x", "y"]
    assert dataset.questions == 2


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ({"type": "question", "id": "q", "question": "?", "evidence": ["a9"]}, "'a9' is no turn"),
        ({"type": "question", "id": "q", "question": "?"}, "KeyError: 'evidence'"),
        ({"type": "question", "id": "q", "question": "?", "evidence": [], "level": "day"}, "'day'"),
        ({"type": "turn", "id": "b"}, "without 'id' or 'content'"),
        ({"type": "tune"}, "unknown type 'tune'"),
        ([1], "TypeError"),
    ],
)
def test_a_wrong_jsonl_line_is_named(tmp_path: Path, line: Any, complaint: str) -> None:
    path = written(tmp_path, "wrong.jsonl", [*JSONL, line])
    with pytest.raises(InvalidInput, match="line 7") as raised:
        loaders.load("jsonl", path)
    assert complaint in str(raised.value)


LOCOMO = [
    {
        "sample_id": "conv-1",
        "conversation": {
            "speaker_a": "Ana", "speaker_b": "Bo",
            "session_1_date_time": "1:56 pm on 8 May, 2023",
            "session_1": [
                {"speaker": "Ana", "dia_id": "D1:1", "text": "Hi!"},
                {"speaker": "Bo", "dia_id": "D1:2", "text": "", "blip_caption": "a dog"},
            ],
        },
        "qa": [
            {"question": "Who has a dog?", "answer": "Bo", "evidence": ["D1:2; D1:1"],
             "category": 4},
            {"question": "And a cat?", "evidence": ["D:7:1"], "category": 5},
        ],
    }
]  # fmt: skip


def test_locomo_reads_odd_evidence_and_captions(tmp_path: Path) -> None:
    dataset = loaders.load("locomo", written(tmp_path, "locomo.json", LOCOMO))
    messages, (question,) = only(dataset)
    assert messages[1]["content"] == "[photo: a dog]"
    assert messages[0]["timestamp"] == datetime(2023, 5, 8, 13, 56)
    assert question.evidence == ("D1:2", "D1:1") and dataset.skipped == 1


def longmemeval_record(id: str) -> dict[str, Any]:
    said = [{"role": "user", "content": "I like tea."}, {"role": "assistant", "content": " "}]
    return {
        "question_id": id, "question_type": "multi-session", "question": "What do I drink?",
        "answer": "tea", "question_date": "2023/05/30 (Tue) 11:49",
        "haystack_dates": ["2023/05/21 (Sun) 02:33", "2023/05/20 (Sat) 01:38"],
        "haystack_session_ids": ["answer_96c7_1", "ultrachat_2"],
        "haystack_sessions": [said, [{"role": "user", "content": "Hello."}]],
        "answer_session_ids": ["answer_96c7_1"],
    }  # fmt: skip


def test_longmemeval_ids_do_not_tell_the_answer(tmp_path: Path) -> None:
    records = [longmemeval_record("q1"), longmemeval_record("q2_abs")]
    dataset = loaders.load("longmemeval", written(tmp_path, "s.json", records))
    messages, (question,) = only(dataset)
    assert dataset.skipped == 1
    assert "answer" not in json.dumps(messages, default=str)
    assert [message["session"] for message in messages] == ["S001", "S002"]  # by date
    assert question.evidence == ("S002",) and question.level == "session"
    assert question.when == datetime(2023, 5, 30, 11, 49)


def beam_chat(*texts: str) -> list[dict[str, Any]]:
    said = [
        {"role": "user" if place % 2 == 0 else "assistant", "id": place, "content": text}
        for place, text in enumerate(texts)
    ]
    said[0]["time_anchor"] = "March-15-2024"
    return [{"batch_number": 1, "time_anchor": None, "turns": [said[:2], said[2:]]}]


PROBES = {
    "abstention": [{"question": "Nothing?", "ideal_response": "No."}],
    "knowledge_update": [
        {"question": "How many?", "answer": "2", "source_chat_ids": {"old": [0], "new": [[2, 99]]}}
    ],
    "summarization": [{"question": "All?", "ideal_summary": "x", "source_chat_ids": [1, 1]}],
}


def test_beam_takes_the_shortened_chat_without_plan_markers(tmp_path: Path) -> None:
    texts = ("One. ->-> 1,5", "Two ->-> 3,4 stays", "Three? ->-> 2,N/A", "Four ->-> 1,6)")
    written(tmp_path, "100K/10/chat.json", beam_chat("long", "er"))
    written(tmp_path, "100K/10/chat_trunecated.json", beam_chat(*texts))
    written(tmp_path, "100K/10/probing_questions.json", PROBES)
    written(tmp_path, "100K/2/chat.json", beam_chat(*texts))
    written(tmp_path, "100K/2/probing_questions/probing_questions.json", PROBES)
    dataset = loaders.load("beam", tmp_path)
    assert [conversation.id for conversation in dataset.conversations] == ["2", "10"]
    said = dataset.conversations[1].messages
    assert [message["content"] for message in said] == [
        "One.",
        "Two ->-> 3,4 stays",
        "Three?",
        "Four",
    ]
    assert said[1]["timestamp"] == datetime(2024, 3, 15, 0, 0, 1)
    update, summary = dataset.conversations[1].questions
    assert update.evidence == ("m0", "m2") and summary.evidence == ("m1",)
    assert dataset.skipped == 2


def realmem_session(id: str, *turns: dict[str, Any]) -> dict[str, Any]:
    return {
        "session_identifier": "Travel_1:S1", "session_uuid": id,
        "current_time": "2025-12-15 (Monday)", "dialogue_turns": list(turns),
    }  # fmt: skip


def realmem_turn(speaker: str, content: str, **more: Any) -> dict[str, Any]:
    return {"speaker": speaker, "content": content, "is_query": False, "query_id": None, **more}


def test_realmembench_questions_see_earlier_sessions_only(tmp_path: Path) -> None:
    asked = realmem_turn(
        "User", "Where to?", is_query=True, query_id="Q-1", category_name="Dynamic Updating"
    )
    unknown = {**asked, "query_id": "Q-2"}
    reply = realmem_turn("Assistant", "Rome.", memory_session_uuids=["aa", "bb", "zz"])
    persona = {
        "_metadata": {"person_name": "Ana"},
        "dialogues": [
            realmem_session("aa", realmem_turn("User", "Rome!"), realmem_turn("Assistant", "")),
            realmem_session("bb", realmem_turn("User", "Hi."), asked, reply),
            realmem_session("cc", unknown, realmem_turn("Assistant", "Hm.")),
        ],
    }
    written(tmp_path, "Ana_dialogues_256k.json", persona)
    dataset = loaders.load("realmembench", tmp_path)
    messages, (question,) = only(dataset)
    assert "Travel" not in json.dumps(messages, default=str)
    assert len(messages) == 6  # the empty one cannot be stored
    assert question.after == 1
    assert question.evidence == ("aa",)  # neither its own session nor one that is not there
    assert dataset.skipped == 1


HOTPOT = {
    "question_id": "h1", "question_text": "Who?", "answers_objects": [{"spans": ["Ana", "Bo"]}],
    "contexts": [
        {"title": "Rome", "paragraph_text": "A city.", "is_supporting": False},
        {"title": "Ana", "paragraph_text": "A name.", "is_supporting": True},
    ],
}  # fmt: skip
WIKI = {
    "_id": "w1", "question": "Who?", "answer": "Ana", "type": "bridge",
    "context": [["Rome", ["A city."]], ["Ana", ["A name.", " Old."]]],
    "supporting_facts": [["Ana", 1]],
}  # fmt: skip
COLUMNS = {
    **WIKI,
    "context": {"title": ["Rome", "Ana"], "sentences": [["A city."], ["A name.", "Old."]]},
    "supporting_facts": {"title": ["Ana"], "sent_id": [1]},
}


@pytest.mark.parametrize(
    ("record", "text", "category"),
    [(HOTPOT, "Ana: A name.", "all"), (WIKI, "Ana: A name. Old.", "bridge"),
     (COLUMNS, "Ana: A name. Old.", "bridge")],
)  # fmt: skip
def test_passages_of_every_published_shape(
    tmp_path: Path, record: Any, text: str, category: str
) -> None:
    dataset = loaders.load("2wiki", written(tmp_path, "wiki.json", [record]))
    messages, (question,) = only(dataset)
    assert messages[1] == {"content": text, "session": "p02", "id": "p02"}
    assert question.evidence == ("p02",) and question.category == category
    assert dataset.name == "2wiki" and dataset.main_measure == "turn.recall@5"


def test_pooled_passages_are_stored_once(tmp_path: Path) -> None:
    other = {**HOTPOT, "question_id": "h2"}
    path = written(tmp_path, "hotpot.jsonl", [HOTPOT, other])
    messages, questions = only(loaders.load("hotpotqa-pooled", path))
    assert len(messages) == 2 and len(questions) == 2
    assert loaders.load("hotpotqa", path).messages == 4
    assert questions[0].answer == "Ana, Bo"


MEMDAILY = {
    "tid": 0, "kind": "02_conditional_events",
    "message_list": [
        {"mid": 0, "message": "我参加论坛。", "time": "2024年04月01日 周一 08:30", "place": "广"},
        {"mid": 1, "message": "论坛很大。", "time": "2024年04月01日 周一 20:58", "place": "广"},
    ],
    "question_list": [
        {"qid": 0, "question": "论坛多大？", "answer": "很大", "target_step_id": [1],
         "time": "2024年04月04日 周四 07:42"}
    ],
}  # fmt: skip


def test_memdaily_flat_and_nested(tmp_path: Path) -> None:
    flat = loaders.load("memdaily", written(tmp_path, "flat.json", [MEMDAILY, MEMDAILY]))
    assert len(flat.conversations) == 2
    question = flat.conversations[1].questions[0]
    assert (question.id, question.evidence, question.category) == ("1:0", ("1",), "02_conditional")
    assert question.when == datetime(2024, 4, 4, 7, 42)
    bare = {key: value for key, value in MEMDAILY.items() if key != "kind"}
    nested = loaders.load("memdaily", written(tmp_path, "n.json", {"simple": {"events": [bare]}}))
    assert nested.conversations[0].questions[0].category == "simple"
    pool = loaders.load("memdaily-pooled", tmp_path / "flat.json")
    messages, questions = only(pool)
    assert [message["id"] for message in messages] == ["0:0", "0:1", "1:0", "1:1"]
    assert questions[1].evidence == ("1:1",)


@pytest.mark.parametrize("name", loaders.LOADERS)
@pytest.mark.parametrize("content", [{"a": 1}, [1, 2], [{"b": 2}], []])
def test_a_file_of_another_shape_is_named_with_what_was_expected(
    tmp_path: Path, name: str, content: Any
) -> None:
    path = written(tmp_path, "other.json", content)
    with pytest.raises(InvalidInput, match=r"expected|is not") as raised:
        loaders.load(name, path)
    assert loaders.LOADERS[name][1].split(":")[0] in str(raised.value)


@pytest.mark.parametrize("name", loaders.LOADERS)
def test_a_missing_binary_or_broken_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound, match="expected"):
        loaders.load(name, tmp_path / "nowhere.json")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidInput, match="expected"):
        loaders.load(name, tmp_path / "binary.json")
    (tmp_path / "torn.json").write_text('{"a": ', "utf-8")
    with pytest.raises(InvalidInput, match="expected"):
        loaders.load(name, tmp_path / "torn.json")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InvalidInput, match="expected"):
        loaders.load(name, tmp_path / "empty")


def test_an_unknown_name_gets_a_suggestion_and_a_set_needs_its_path() -> None:
    with pytest.raises(InvalidInput, match="Did you mean 'locomo'"):
        loaders.load("locom")
    with pytest.raises(InvalidInput, match="give the path of LoCoMo JSON"):
        loaders.load("locomo")


def test_a_limit_is_spread_over_conversations_and_questions(tmp_path: Path) -> None:
    lines = [
        {**line, "conversation": of} for of, count in (("x", 1), ("y", 9), ("z", 9))
        for line in [JSONL[1], *({**JSONL[3], "id": f"q{n}"} for n in range(count))]
    ]  # fmt: skip
    dataset = loaders.load("jsonl", written(tmp_path, "three.jsonl", lines))
    limited = dataset.limited(7)
    assert [len(each.questions) for each in limited.conversations] == [1, 3, 3]
    assert [question.id for question in limited.conversations[1].questions] == ["q0", "q3", "q6"]
    assert [each.id for each in dataset.limited(2).conversations] == ["x", "y"]
    assert dataset.limited(500) is dataset
    assert dataset.digest() != limited.digest()
