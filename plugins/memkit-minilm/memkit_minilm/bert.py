"""The forward pass of a BERT encoder with mean pooling, in numpy (Devlin et al. 2019).

Texts of one length are computed side by side, never padded, and every product is of one text:
what else is in the batch cannot change a bit of a text's vector.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from memkit.types import Floats, Ints

Tensors = Callable[[str], Floats]
"""The weights by name, float32, in the shape [out, in] in which they are published."""

_GELU: Final = tuple(
    np.float32(x)
    for x in (
        7.97884216e-01, 3.63342835e-02, -3.31299962e-05, -5.52401574e-05, 3.96910928e-06,
        -1.33446397e-07, 1.80561609e-09,
    )
)  # fmt: skip
"""P in tanh(x P(x²)) = erf(x / √2), fitted for the least maximum error of x times it, 7e-8."""
_GELU_END: Final = np.float32(5.25**2)
"""Where the fit ends; from there on tanh is 1 in float32."""
_ONE: Final = np.float32(1.0)
_HALF: Final = np.float32(0.5)


@dataclass(frozen=True, slots=True)
class Norm:
    """Layer normalisation (Ba et al. 2016)."""

    gain: Floats
    bias: Floats
    epsilon: np.float32

    def apply(self, x: Floats) -> Floats:
        """Over the last axis, in place."""
        x -= x.mean(axis=-1, keepdims=True)
        spread = np.square(x).mean(axis=-1, keepdims=True)
        spread += self.epsilon
        x /= np.sqrt(spread, out=spread)
        x *= self.gain
        x += self.bias
        return x


@dataclass(frozen=True, slots=True)
class Dense:
    """A linear map. `weight` is [in, out], contiguous."""

    weight: Floats
    bias: Floats

    def apply(self, x: Floats) -> Floats:
        """[n, length, in] to [n, length, out]; a product per text."""
        y: Floats = np.matmul(x, self.weight)
        y += self.bias
        return y


@dataclass(frozen=True, slots=True)
class Layer:
    """One encoder layer. `project` gives queries (divided already), keys and values."""

    heads: int
    project: Dense
    attended: Dense
    attended_norm: Norm
    widen: Dense
    narrow: Dense
    norm: Norm

    def apply(self, x: Floats) -> Floats:
        """Self-attention, then two dense maps, each added to what came in; [n, length, dim]."""
        mixed = self.attended.apply(self._attend(x))
        mixed += x
        x = self.attended_norm.apply(mixed)
        wide = self.narrow.apply(gelu(self.widen.apply(x)))
        wide += x
        return self.norm.apply(wide)

    def _attend(self, x: Floats) -> Floats:
        n, length, dim = x.shape
        split = self.project.apply(x).reshape(n, length, 3, self.heads, dim // self.heads)
        queries, keys, values = split.transpose(2, 0, 3, 1, 4)
        weights = np.matmul(queries, keys.swapaxes(-1, -2))
        weights -= weights.max(axis=-1, keepdims=True)
        np.exp(weights, out=weights)
        weights /= weights.sum(axis=-1, keepdims=True)
        found: Floats = np.matmul(weights, values).transpose(0, 2, 1, 3).reshape(n, length, dim)
        return found


class Encoder:
    """All layers, and the mean of what the last one gives."""

    def __init__(self, tensors: Tensors, *, layers: int, heads: int, epsilon: float) -> None:
        """Takes the weights it needs from `tensors`."""
        read = _Reader(tensors, np.float32(epsilon))
        self._tokens = tensors("embeddings.word_embeddings.weight")
        first_kind = tensors("embeddings.token_type_embeddings.weight")[0]
        self._places = tensors("embeddings.position_embeddings.weight") + first_kind
        self._norm = read.norm("embeddings.LayerNorm")
        self._layers = [read.layer(f"encoder.layer.{place}", heads) for place in range(layers)]

    def rows(self, ids: Ints) -> Floats:
        """Unit vectors, float32 [n, dim], of texts of one length: their token ids, [n, length]."""
        x = self._norm.apply(self._tokens[ids] + self._places[: ids.shape[1]])
        for layer in self._layers:
            x = layer.apply(x)
        rows: Floats = x.mean(axis=1)
        rows /= np.sqrt(np.square(rows).sum(axis=1, keepdims=True))
        return rows


@dataclass(frozen=True, slots=True)
class _Reader:
    tensors: Tensors
    epsilon: np.float32

    def norm(self, name: str) -> Norm:
        return Norm(self.tensors(f"{name}.weight"), self.tensors(f"{name}.bias"), self.epsilon)

    def dense(self, *names: str) -> Dense:
        """Several maps of the same input as one."""
        weight = np.concatenate([self.tensors(f"{name}.weight") for name in names])
        bias = np.concatenate([self.tensors(f"{name}.bias") for name in names])
        return Dense(np.ascontiguousarray(weight.T), bias)

    def layer(self, name: str, heads: int) -> Layer:
        own = f"{name}.attention.self"
        project = self.dense(f"{own}.query", f"{own}.key", f"{own}.value")
        dim = len(project.weight)
        scale = np.float32((dim // heads) ** -0.5)
        project.weight[:, :dim] *= scale
        project.bias[:dim] *= scale
        return Layer(
            heads=heads,
            project=project,
            attended=self.dense(f"{name}.attention.output.dense"),
            attended_norm=self.norm(f"{name}.attention.output.LayerNorm"),
            widen=self.dense(f"{name}.intermediate.dense"),
            narrow=self.dense(f"{name}.output.dense"),
            norm=self.norm(f"{name}.output.LayerNorm"),
        )


def gelu(x: Floats) -> Floats:
    """x times the normal distribution function of x, in the form with erf, within 1e-6.

    numpy has no erf, but a tanh that is fast.
    """
    square = np.minimum(np.square(x), _GELU_END)
    found: Floats = square * _GELU[-1]
    for factor in _GELU[-2:0:-1]:
        found += factor
        found *= square
    found += _GELU[0]
    found *= x
    np.tanh(found, out=found)
    found += _ONE
    found *= x
    found *= _HALF
    return found
