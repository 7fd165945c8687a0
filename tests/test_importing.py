"""Every importer: what it reads, what it leaves out, and that reading twice is reading once."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from memkit import MemoryStore, importing
from memkit.errors import InvalidInput, NotFound

NOW = "2024-06-01"


def written(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def read(path: Path, **options: Any) -> list[dict[str, Any]]:
    return list(importing.read(path, **options))


def stored_twice(path: Path) -> tuple[int, int]:
    with MemoryStore(":memory:", embedder=None) as store:
        scope = store.scope(user="ana")
        counts = []
        for _ in range(2):
            scope.add(read(path), now=NOW)
            counts.append(sum(1 for _ in scope.turns()))
        assert store.check().ok
    return counts[0], counts[1]


# --- JSON lines


def test_json_lines_keep_their_messages_as_they_are(tmp_path: Path) -> None:
    given = [
        {"content": "One.", "name": "Ana", "id": "a", "timestamp": 0, "metadata": {"x": 1}},
        {"text": "Two.", "speaker": "Rui"},
    ]
    path = written(tmp_path, "n.jsonl", "\n\n".join(map(json.dumps, given)) + "\n")
    assert importing.detect(path) == "jsonl"
    first, second = read(path)
    assert first == given[0]
    assert second.pop("id").startswith("m")
    assert second == given[1]
    assert stored_twice(path) == (2, 2)


def test_a_json_list_of_messages_is_read_too(tmp_path: Path) -> None:
    path = written(tmp_path, "n.json", [{"role": "user", "content": "Hello."}])
    assert importing.detect(path) == "jsonl"
    assert [one["content"] for one in read(path)] == ["Hello."]


def test_the_lines_of_a_bundled_eval_give_its_turns_alone(tmp_path: Path) -> None:
    lines = [
        {"type": "about", "name": "small"},
        {"type": "turn", "id": "s1:1", "session": "s1", "name": "Ana", "content": "Hello."},
        {"type": "question", "id": "q1", "question": "Who?", "evidence": ["s1:1"]},
    ]
    path = written(tmp_path, "small.jsonl", "\n".join(map(json.dumps, lines)))
    assert read(path) == [{"id": "s1:1", "session": "s1", "name": "Ana", "content": "Hello."}]


def test_made_up_ids_stay_when_lines_come_before_or_behind(tmp_path: Path) -> None:
    lines = [{"content": word} for word in ("yes", "no", "yes")]
    before = [{"content": "hello"}, *lines, {"content": "yes"}]
    short = read(written(tmp_path, "n.jsonl", "\n".join(map(json.dumps, lines))))
    long = read(written(tmp_path, "n.jsonl", "\n".join(map(json.dumps, before))))
    assert len({one["id"] for one in long}) == 5
    assert [one["id"] for one in short] == [one["id"] for one in long][1:4]


def test_the_same_words_in_two_files_are_two_turns(tmp_path: Path) -> None:
    first = read(written(tmp_path, "a.jsonl", [{"content": "yes"}]))
    second = read(written(tmp_path, "b.jsonl", [{"content": "yes"}]))
    assert first[0]["id"] != second[0]["id"]
    assert first == read(tmp_path / "b.jsonl", name="a")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"content": "x"}\n{"content": "y", "mood": 1}', "Line 2 of .*unknown key 'mood'"),
        ('{"content": "x"}\n{"name": "y"}', "Line 2 of .*no 'content'"),
        ('{"content": "x"}\n{"content": ', "Line 2 of .*not JSON"),
        ('{"content": "x"}\n[1]', "Line 2 of .*not a JSON object"),
    ],
)
def test_a_bad_line_is_named_by_its_number(tmp_path: Path, content: str, said: str) -> None:
    path = written(tmp_path, "n.jsonl", content)
    with pytest.raises(InvalidInput, match=said):
        read(path)


# --- LoCoMo

SAMPLE = {
    "session_1_date_time": "1:56 pm on 8 May, 2023",
    "session_1": [{"speaker": "Ana", "dia_id": "D1:1", "text": "Hello!"}],
    "session_2_date_time": "9:00 am on 9 May, 2023",
    "session_2": [{"speaker": "Rui", "dia_id": "D2:1", "text": "Hi!", "blip_caption": "a cat"}],
}


def test_locomo_samples_have_sessions_of_their_own(tmp_path: Path) -> None:
    both: list[Any] = [{"sample_id": id, "conversation": SAMPLE, "qa": []} for id in ("c1", "c2")]
    path = written(tmp_path, "l.json", both)
    assert importing.detect(path) == "locomo"
    found = read(path)
    assert [one["id"] for one in found] == ["c1/D1:1", "c1/D2:1", "c2/D1:1", "c2/D2:1"]
    assert found[1]["session"] == "c1/D2"
    assert found[1]["content"] == "Hi! [photo: a cat]"
    assert found[0]["timestamp"] == datetime(2023, 5, 8, 13, 56)
    assert stored_twice(path) == (4, 4)


def test_one_locomo_sample_keeps_the_ids_of_the_file(tmp_path: Path) -> None:
    both: list[Any] = [{"sample_id": id, "conversation": SAMPLE, "qa": []} for id in ("c1", "c2")]
    path = written(tmp_path, "l.json", both)
    assert [one["id"] for one in read(path, sample="c2")] == ["D1:1", "D2:1"]
    with pytest.raises(NotFound, match="no sample 'c3'; it has c1, c2"):
        read(path, sample="c3")


def test_a_damaged_locomo_sample_is_named(tmp_path: Path) -> None:
    broken = {"session_1_date_time": "yesterday", "session_1": []}
    path = written(tmp_path, "l.json", [{"sample_id": "c1", "conversation": broken}])
    with pytest.raises(InvalidInput, match="Sample 'c1'"):
        read(path)


def test_a_sample_of_another_format_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, "n.txt", "Ana: hello")
    with pytest.raises(InvalidInput, match="locomo files only"):
        read(path, sample="c1")


# --- transcripts


def test_a_transcript_has_speakers_stamps_headings_and_continued_lines(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "talk.txt",
        "# Session 1 [2024-05-01 18:30]\n"
        "Ana: I moved to Lisbon.\n"
        "It was in March.\n"
        "\n"
        "A second paragraph.\n"
        "[2024-05-01 18:32] Rui Costa: Welcome! See https://example.org: it helps.\n"
        "   Note: indented lines go on.\n"
        "# Garden\n"
        "User: Hello.\n"
        "Assistant:\n"
        "Hi.\n",
    )
    assert importing.detect(path) == "transcript"
    ana, rui, user, assistant = read(path)
    assert ana["content"] == "I moved to Lisbon.\nIt was in March.\n\nA second paragraph."
    assert (ana["name"], ana["session"], ana["timestamp"]) == (
        "Ana", "talk/Session 1", "2024-05-01 18:30",
    )  # fmt: skip
    assert (rui["name"], rui["timestamp"]) == ("Rui Costa", "2024-05-01 18:32")
    assert rui["content"].endswith("Note: indented lines go on.")
    assert user["session"] == "talk/Garden"
    assert "timestamp" not in user
    assert (user["role"], assistant["role"], assistant["content"]) == ("user", "assistant", "Hi.")
    assert stored_twice(path) == (4, 4)


@pytest.mark.parametrize(
    ("text", "sessions"),
    [
        ("A: one\nB: two\n\nA: three\n", ["t/1", "t/1", "t/2"]),
        ("A: one\n\nB: two\n\n\nA: three\n", ["t/1", "t/1", "t/2"]),
        ("# X\nA: one\n\nB: two\n# X\nA: three\n", ["t/X", "t/X", "t/X (2)"]),
    ],
)
def test_sessions_of_a_transcript_break_where_its_layout_says(
    tmp_path: Path, text: str, sessions: list[str]
) -> None:
    assert [one["session"] for one in read(written(tmp_path, "t.txt", text))] == sessions


def test_a_transcript_grows_without_changing_what_was_there(tmp_path: Path) -> None:
    short = read(written(tmp_path, "t.txt", "Ana: yes\nRui: no\n"))
    long = read(written(tmp_path, "t.txt", "Ana: yes\nRui: no\nAna: yes\n"))
    assert long[:2] == short
    assert len({one["id"] for one in long}) == 3


def test_a_time_that_does_not_exist_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "t.txt", "Ana: hello\n[2024-13-01 18:30] Rui: hi\n")
    with pytest.raises(InvalidInput, match="line 2"):
        read(path)


# --- ChatGPT


def node(id: str, parent: str | None, role: str, text: str, **more: Any) -> dict[str, Any]:
    message = {
        "id": id, "author": {"role": role}, "create_time": 1700000000.5, "recipient": "all",
        "content": {"content_type": "text", "parts": [text]}, "metadata": {},
    }  # fmt: skip
    return {"id": id, "parent": parent, "children": [], "message": message | more}


def chatgpt(*nodes: dict[str, Any], current: str, title: str = "Garden") -> dict[str, Any]:
    mapping: dict[str, Any] = {
        "root": {"id": "root", "parent": None, "children": [], "message": None}
    }
    return {
        "title": title, "create_time": 1690000000.0, "conversation_id": "c1",
        "mapping": mapping | {one["id"]: one for one in nodes}, "current_node": current,
    }  # fmt: skip


def test_chatgpt_reads_the_branch_that_was_on_the_screen(tmp_path: Path) -> None:
    conversation = chatgpt(
        node("a", "root", "user", "Which tree?"),
        node("b", "a", "assistant", "A pine."),
        node("c", "a", "assistant", "An oak."),
        current="c",
    )
    path = written(tmp_path, "conversations.json", [conversation])
    assert importing.detect(path) == "chatgpt"
    assert [(one["id"], one["role"], one["content"]) for one in read(path)] == [
        ("a", "user", "Which tree?"),
        ("c", "assistant", "An oak."),
    ]
    first = read(path)[0]
    assert (first["session"], first["metadata"]) == ("c1", {"title": "Garden"})
    assert first["timestamp"] == 1700000000.5
    assert stored_twice(path) == (2, 2)


def test_chatgpt_leaves_out_what_was_not_said(tmp_path: Path) -> None:
    hidden = {"is_visually_hidden_from_conversation": True}
    image = {"content_type": "image_asset_pointer"}
    voice = {"content_type": "audio_transcription", "text": "and aloud"}
    nodes = [
        node("a", "root", "system", "Be kind."),
        node("b", "a", "user", "Hidden.", metadata=hidden),
        node("c", "b", "user", "  "),
        node("d", "c", "assistant", "search(x)", recipient="browser"),
        node("e", "d", "tool", "Results."),
        node("f", "e", "assistant", "x", content={"content_type": "thoughts", "thoughts": []}),
        node(
            "g", "f", "user", "",
            content={"content_type": "multimodal_text", "parts": [image, "Look", voice]},
            create_time=None,
        ),
    ]  # fmt: skip
    path = written(tmp_path, "conversations.json", [chatgpt(*nodes, current="g")])
    (only,) = read(path)
    assert only["content"] == "Look\nand aloud"
    assert only["timestamp"] == 1690000000.0


def test_a_chatgpt_conversation_that_runs_in_a_circle_ends(tmp_path: Path) -> None:
    conversation = chatgpt(node("a", "b", "user", "1"), node("b", "a", "user", "2"), current="b")
    path = written(tmp_path, "c.json", conversation)
    assert [one["content"] for one in read(path)] == ["1", "2"]


def test_a_chatgpt_conversation_without_a_current_node_is_read_from_its_last_leaf(
    tmp_path: Path,
) -> None:
    conversation = chatgpt(node("a", "root", "user", "Hello."), current="a")
    conversation["mapping"]["root"]["children"] = ["a"]
    del conversation["current_node"]
    assert [one["id"] for one in read(written(tmp_path, "c.json", [conversation]))] == ["a"]


def test_damaged_chatgpt_exports_are_errors(tmp_path: Path) -> None:
    path = written(tmp_path, "c.json", [chatgpt(current="x"), {"title": "no tree"}])
    with pytest.raises(InvalidInput, match="conversation 2 has no 'mapping'"):
        read(path)
    odd = chatgpt({"id": "a", "parent": None, "message": {"author": None}}, current="a")
    with pytest.raises(InvalidInput, match=r"Conversation 1 .*TypeError"):
        read(written(tmp_path, "c.json", [odd]))


# --- Claude


def test_claude_reads_text_and_blocks_and_attachments(tmp_path: Path) -> None:
    said = [
        {"uuid": "a", "sender": "human", "text": "Hello.", "created_at": "2024-05-01T10:00:00Z",
         "attachments": [{"file_name": "list.txt", "extracted_content": "milk, bread"}]},
        {"uuid": "b", "sender": "assistant", "text": "ignored where there are blocks",
         "content": [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "Hi."},
                     {"type": "tool_use", "name": "x"}, {"type": "text", "text": "There."}]},
        {"uuid": "c", "sender": "human", "text": "", "content": []},
        {"uuid": "d", "sender": "system", "text": "Be kind."},
    ]  # fmt: skip
    chat = {"uuid": "s", "name": "Shopping", "created_at": "2024-05-01T09:59:00Z"}
    path = written(tmp_path, "conversations.json", [chat | {"chat_messages": said}])
    assert importing.detect(path) == "claude"
    hello, attached, hi = read(path)
    assert (hello["id"], hello["role"], hello["session"]) == ("a", "user", "s")
    assert hello["timestamp"] == "2024-05-01T10:00:00Z"
    assert (attached["id"], attached["content"]) == ("a#1", "milk, bread")
    assert attached["metadata"] == {"title": "Shopping", "attachment": "list.txt"}
    assert (hi["content"], hi["role"]) == ("Hi.\nThere.", "assistant")
    assert hi["timestamp"] == "2024-05-01T09:59:00Z"
    assert stored_twice(path) == (3, 3)


def test_damaged_claude_exports_are_errors(tmp_path: Path) -> None:
    path = written(tmp_path, "c.json", [{"chat_messages": [{"text": "who?"}]}])
    with pytest.raises(InvalidInput, match=r"Conversation 1 .*sender"):
        read(path)


def test_an_export_is_read_out_of_its_zip(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in (0, 1):
            conversation = chatgpt(node(f"a{part}", "root", "user", "x"), current=f"a{part}")
            archive.writestr(f"data/conversations-{part}.json", json.dumps([conversation]))
        archive.writestr("user.json", "{}")
    assert importing.detect(path) == "chatgpt"
    assert [one["id"] for one in read(path)] == ["a0", "a1"]


def test_a_zip_without_conversations_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.txt", "hello")
    with pytest.raises(InvalidInput, match=r"no conversations\.json"):
        importing.detect(path)


# --- which format


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("   \n", "is empty"),
        ("just a line of prose", "no format that memkit reads"),
        ('{"foo": 1}', "no format that memkit reads"),
        ("[]", "no format that memkit reads"),
    ],
)
def test_what_is_in_no_format_is_an_error_that_names_them(
    tmp_path: Path, content: str, said: str
) -> None:
    path = written(tmp_path, "x", content)
    with pytest.raises(InvalidInput, match=said) as raised:
        importing.detect(path)
    for name in importing.FORMATS:
        assert f"({name})" in str(raised.value)


def test_files_that_cannot_be_read_are_errors(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no file"):
        importing.detect(tmp_path / "missing.txt")
    with pytest.raises(InvalidInput, match="is a folder"):
        importing.detect(tmp_path)
    (tmp_path / "latin.txt").write_bytes(b"Ana: \xe9\xff")
    with pytest.raises(InvalidInput, match="not UTF-8"):
        importing.detect(tmp_path / "latin.txt")
    with pytest.raises(InvalidInput, match="no format 'word'"):
        read(tmp_path / "x", format="word")
    with pytest.raises(InvalidInput, match="not JSON"):
        read(written(tmp_path, "x", "{"), format="claude")


def test_a_store_is_told_from_a_conversation(tmp_path: Path) -> None:
    MemoryStore(tmp_path / "a.mem", embedder=None).close()
    with pytest.raises(InvalidInput, match="memkit export"):
        importing.detect(tmp_path / "a.mem")


def test_what_memkit_exported_is_recognised(tmp_path: Path) -> None:
    with MemoryStore(":memory:", embedder=None) as store:
        store.export(tmp_path / "x.jsonl")
        assert store.check().ok
    assert importing.detect(tmp_path / "x.jsonl") == importing.EXPORT
