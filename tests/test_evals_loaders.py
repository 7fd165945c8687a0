"""Loaders, on tiny samples in the shapes of the published files."""

from __future__ import annotations

import dataclasses
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
        ({"type": "question", "id": "q", "question": "?"}, "no 'evidence'"),
        ({"type": "question", "id": "q", "question": "?", "evidence": [], "level": "day"}, "'day'"),
        ({"type": "turn", "id": "b"}, "without 'id' or 'content'"),
        ({"type": "tune"}, "unknown type 'tune'"),
        ([1], "list indices"),
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


@pytest.mark.parametrize(
    "name", [name for name in loaders.LOADERS if name not in ("jsonl", "babi")]
)
def test_an_error_tells_what_was_found(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, "other.json", [{"question_date": "2024", "mood": "fine"}])
    if name == "beam":
        path = tmp_path / "chat"
        path.mkdir()
        for file in ("chat.json", "probing_questions.json"):
            written(path, file, [{"question_date": "2024", "mood": "fine"}])
    with pytest.raises(
        InvalidInput, match="list of 1, the first an object with 'question_date', '"
    ):
        loaders.load(name, path)


@pytest.mark.parametrize("name", loaders.LOADERS)
def test_a_missing_binary_or_broken_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound, match="expected"):
        loaders.load(name, tmp_path / "nowhere.json")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidInput, match="expected"):
        loaders.load(name, tmp_path / "binary.json")
    (tmp_path / "torn.json").write_text('{"a": ', "utf-8")
    with pytest.raises(InvalidInput, match=r"expected|is not a bAbI"):
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
    assert [each.id for each in dataset.limited(1).conversations] == ["x"]
    more = dataclasses.replace(dataset, conversations=dataset.conversations * 3)
    assert [each.id for each in more.limited(3).conversations] == ["x", "x", "x"]
    assert dataset.limited(500) is dataset
    assert dataset.digest() != limited.digest()


def test_questions_without_evidence_are_asked_where_answers_are_read(tmp_path: Path) -> None:
    record = longmemeval_record("q1_abs")
    dataset = loaders.load(
        "longmemeval",
        written(tmp_path, "l.json", [longmemeval_record("q1"), record]),
    )
    assert (dataset.questions, dataset.skipped, len(dataset.conversations)) == (1, 1, 1)
    read = dataset.for_reading()
    assert (read.questions, read.skipped) == (2, 0)
    (absent,) = (q for each in read.conversations for q in each.questions if not q.answerable)
    assert absent.id == "q1_abs" and absent.evidence == ()


def test_a_set_without_answers_cannot_be_read(tmp_path: Path) -> None:
    lines = [JSONL[1], {**JSONL[3], "answer": ""}]
    dataset = loaders.load("jsonl", written(tmp_path, "l.jsonl", lines))
    with pytest.raises(InvalidInput, match="no question with an answer"):
        dataset.for_reading()


def test_jsonl_questions_may_have_several_answers_or_none(tmp_path: Path) -> None:
    asked = {**JSONL[3], "answer": "a boat", "accepted": ["boat", "ship"]}
    absent = {**JSONL[3], "id": "q9", "evidence": [], "answerable": False}
    dataset = loaders.load("jsonl", written(tmp_path, "l.jsonl", [JSONL[1], asked, absent]))
    assert dataset.skipped == 1
    first, second = dataset.for_reading().conversations[0].questions
    assert first.golds == ("a boat", "boat", "ship") and first.rule == "plain"
    assert second.golds == () and not second.answerable
    bundled = loaders.load("harbour").for_reading()
    assert sum(not q.answerable for q in bundled.conversations[0].questions) == 2


def locomo_sample(*asked: dict[str, Any]) -> dict[str, Any]:
    turns = [{"speaker": "Ana", "dia_id": f"D1:{n}", "text": f"Turn {n}."} for n in (1, 2)]
    talk = {"session_1_date_time": "1:56 pm on 8 May, 2023", "session_1": turns}
    return {"sample_id": "conv-1", "conversation": talk, "qa": list(asked)}


def locomo_question(category: int, **more: Any) -> dict[str, Any]:
    return {"question": "Why?", "answer": "so", "evidence": ["D1:1"], "category": category, **more}


def test_locomo_categories_have_the_rules_of_the_authors_script(tmp_path: Path) -> None:
    asked = [locomo_question(number) for number in (1, 2, 3, 4, 5)]
    questions = only(loaders.load("locomo", written(tmp_path, "l.json", [locomo_sample(*asked)])))
    assert [(q.category, q.rule) for q in questions[1]] == [
        ("1 multi-hop", "list"), ("2 temporal", "plain"), ("3 open-domain", "before semicolon"),
        ("4 single-hop", "plain"), ("5 adversarial", "unanswerable"),
    ]  # fmt: skip


def correction(**more: Any) -> dict[str, Any]:
    return {
        "question_id": "locomo_0_qa1", "question": "Why?", "correct_answer": "because",
        "correct_evidence": ["D1:2"], **more,
    }  # fmt: skip


def test_an_audit_takes_the_place_of_locomos_key(tmp_path: Path) -> None:
    sample = locomo_sample(locomo_question(1), locomo_question(2))
    path = written(tmp_path, "l.json", [sample])
    audit = written(tmp_path, "audit.json", [correction()])
    plain, corrected = loaders.load("locomo", path), loaders.load("locomo", path, corrections=audit)
    before, after = (only(each)[1][1] for each in (plain, corrected))
    assert (before.answer, before.evidence) == ("so", ("D1:1",))
    assert (after.answer, after.evidence) == ("because", ("D1:2",))
    assert only(corrected)[1][0] == only(plain)[1][0]
    assert plain.digest() != corrected.digest()
    assert corrected.notes == ("1 answers or evidence corrected by an audit",)


@pytest.mark.parametrize(
    ("record", "complaint"),
    [(correction(question="Who?"), "of another file"), (correction(question_id="7"), "'7'"),
     ({}, "no 'question_id'"), (correction(question_id="locomo_9_qa1"), "list index out of range")],
)  # fmt: skip
def test_an_audit_of_something_else_is_refused(
    tmp_path: Path, record: dict[str, Any], complaint: str
) -> None:
    path = written(tmp_path, "l.json", [locomo_sample(*[locomo_question(1)] * 2)])
    audit = written(tmp_path, "audit.json", [record])
    with pytest.raises(InvalidInput, match=complaint):
        loaders.load("locomo", path, corrections=audit)
    with pytest.raises(InvalidInput, match="locomo's key"):
        loaders.load("jsonl", path, corrections=audit)


def realtalk_chat() -> dict[str, Any]:
    def turn(n: int, text: str, **more: Any) -> dict[str, Any]:
        at = f"29.12.2023, 00:51:{n:02d}"
        return {"clean_text": text, "speaker": "Ana", "date_time": at, "dia_id": f"D1:{n}", **more}

    return {
        "name": {"speaker_1": "Ana", "speaker_2": "Bo"},
        "session_1": [turn(1, "I swam."), turn(2, ""), turn(3, "", blip_caption="a red boat")],
        "session_1_date_time": "29.12.2023, 00:51:00",
        "events_session_1": {"agent_a": []},
        "session_10": [{**turn(4, "I ran."), "dia_id": "D10:1", "date_time": None}],
        "session_10_date_time": "02.01.2024, 10:00:00",
        "qa": [
            {"question": "What did Ana do?", "answer": "swim, run", "evidence": ["D1:1", "D10:1"],
             "category": 1},
            {"question": "When did Ana run?", "answer": "2 January", "evidence": "D10:1, D1:2",
             "category": "2"},
            {"question": "Who?", "answer": "x", "evidence": [], "category": 3},
        ],
    }  # fmt: skip


def test_realtalk_messages_have_moments_of_their_own(tmp_path: Path) -> None:
    written(tmp_path, "Chat_10_Ana_Bo.json", realtalk_chat())
    written(tmp_path, "Chat_2_Ana_Bo.json", realtalk_chat())
    dataset = loaders.load("realtalk", tmp_path)
    assert [each.id for each in dataset.conversations] == ["Chat_2_Ana_Bo", "Chat_10_Ana_Bo"]
    conversation = dataset.conversations[0]
    assert [said["id"] for said in conversation.messages] == ["D1:1", "D1:3", "D10:1"]
    assert conversation.messages[1]["content"] == "[photo: a red boat]"
    times = [said["timestamp"].isoformat() for said in conversation.messages]
    assert times == ["2023-12-29T00:51:01", "2023-12-29T00:51:03", "2024-01-02T10:00:00"]
    first, second = conversation.questions
    assert first.evidence == ("D1:1", "D10:1") and first.rule == "list"
    assert second.evidence == ("D10:1",) and second.category == "2 temporal"
    assert dataset.skipped == 2


def test_a_chat_without_sessions_is_told_by_what_it_holds(tmp_path: Path) -> None:
    path = written(tmp_path, "chat.json", {"messages": [], "qa": []})
    with pytest.raises(
        InvalidInput, match=r"a REALTALK chat.*'messages', 'qa' \(no session in it\)"
    ):
        loaders.load("realtalk", path)


BABI = """\
1 Mary moved to the bathroom.
2 John went to the hallway.
3 Where is Mary?\tbathroom\t1
4 Mary took the apple.
5 What is Mary carrying?\tapple,ball\t4
1 Sandra is in the garden.
2 Is Sandra in the garden?\tyes\t1
"""


def test_babi_questions_see_the_lines_before_them(tmp_path: Path) -> None:
    (tmp_path / "qa8_lists-sets_test.txt").write_text(BABI, "utf-8")
    (tmp_path / "qa8_lists-sets_train.txt").write_text("nonsense", "utf-8")
    dataset = loaders.load("babi", tmp_path)
    one, two = dataset.conversations
    assert [said["id"] for said in one.messages] == ["1", "2", "4"]
    assert [said["content"] for said in two.messages] == ["Sandra is in the garden."]
    where, what = one.questions
    assert (where.text, where.answer, where.evidence, where.after) == (
        "Where is Mary?", "bathroom", ("1",), 2,
    )  # fmt: skip
    assert (what.evidence, what.after, what.rule) == (("4",), 3, "list")
    assert where.category == "08 lists sets" and two.questions[0].answer == "yes"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("Mary moved.\n", "line 1, is not a bAbI file.*no number before 'Mary moved.'"),
     ("1 Mary moved.\n2 Where?\there\t7\n", "line 2,.*line 7 supports"),
     ("1 Mary moved.\n", "no question with evidence")],
)  # fmt: skip
def test_a_wrong_babi_line_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "qa1.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidInput, match=complaint):
        loaders.load("babi", path)


def test_invented_lives_are_asked_about_in_words() -> None:
    lives = loaders.Lives((3,), years=1, people=2)
    dataset = loaders.load("synth", lives=lives)
    assert dataset.digest() == loaders.load("synth", lives=lives).digest()
    assert dataset.digest() != loaders.load("synth", lives=loaders.Lives((4,), 1, 2)).digest()
    (conversation,) = dataset.conversations
    said = {message["id"]: message["content"] for message in conversation.messages}
    for asked in conversation.questions:
        assert asked.evidence and asked.text.endswith("?") and asked.answer
        stored = list(said)[: conversation.visible(asked)]
        assert set(asked.evidence) <= set(stored)
    homes = [q for q in conversation.questions if q.text.endswith(" live?") and "'s" not in q.text]
    assert homes and all(any(q.answer in said[id] for id in q.evidence) for q in homes)
    absent = [q for q in dataset.for_reading().conversations[0].questions if not q.answerable]
    assert absent and not any(q.golds for q in absent)


def test_sets_that_need_no_path_refuse_what_is_not_theirs(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="takes no path"):
        loaders.load("synth", tmp_path)
    with pytest.raises(InvalidInput, match="Seeds, years and people are of synth"):
        loaders.load("harbour", lives=loaders.Lives())
