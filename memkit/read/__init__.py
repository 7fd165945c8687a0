"""Answers composed from hits, without a model."""

from __future__ import annotations

from memkit.models import Reading
from memkit.read.reader import ABSTENTION, ExtractiveReader

__all__ = ["ABSTENTION", "ExtractiveReader", "Reading"]
