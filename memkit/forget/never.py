"""The policy that keeps everything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from memkit.contracts import ForgettingPolicy, Record
from memkit.models import Verdict


class NeverForget(ForgettingPolicy):
    """Keeps every record: the default."""

    name: ClassVar[str] = "never"
    forgets: ClassVar[bool] = False

    def judge(self, records: Sequence[Record], now: datetime) -> list[Verdict]:
        """Keep, for each."""
        return [Verdict(record.id, "keep", "nothing is forgotten") for record in records]
