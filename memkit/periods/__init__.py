"""Dates as people say them, in English, Spanish, German, French and Chinese.

What is not understood is left out; nothing is guessed from words that merely look like dates, such
as `may` and `march` without a day, a year or a preposition.
"""

from __future__ import annotations

from memkit.periods.reading import Phrase, periods, phrases

__all__ = ["Phrase", "periods", "phrases"]
