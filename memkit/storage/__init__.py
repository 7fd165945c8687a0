"""The row store: one SQLite file, the truth everything else is rebuilt from."""

from memkit.storage.sqlite import SQLiteStorage

__all__ = ["SQLiteStorage"]
