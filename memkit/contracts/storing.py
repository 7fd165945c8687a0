"""Where the rows are: the truth that everything else is rebuilt from."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

from memkit.models import CheckReport

__all__ = ["RowsT", "Storage"]

RowsT = TypeVar("RowsT")


class Storage(ABC, Generic[RowsT]):
    """The row store: the truth everything else is rebuilt from.

    `write` and `read` give row access inside one transaction; the rows object has the methods of
    `memkit.storage.rows.Rows`. Implementations must make `write` all-or-nothing across processes.
    """

    @abstractmethod
    def write(self) -> AbstractContextManager[RowsT]:
        """One transaction that may change rows; commits at the end, rolls back on an error."""

    @abstractmethod
    def read(self) -> AbstractContextManager[RowsT]:
        """One consistent snapshot of the rows."""

    @abstractmethod
    def check(self, fix: bool = False) -> CheckReport:
        """Look for damage and inconsistency, and mend what can be mended."""

    @abstractmethod
    def close(self) -> None:
        """Let go of every connection and file; later calls raise `ClosedStore`."""
