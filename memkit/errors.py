"""What can go wrong, one class for each way a caller can act on it.

A message says what was attempted, what was found and what to do. Wrong arguments raise
`InvalidInput`, which is also a `ValueError`; wrong types are plain `TypeError`.
"""

from __future__ import annotations

__all__ = [
    "BudgetSpent",
    "ClosedStore",
    "ConflictingTurn",
    "CorruptStore",
    "EmbedderMismatch",
    "InvalidInput",
    "InvalidVector",
    "LockedStore",
    "MemkitError",
    "ModelUnavailable",
    "NewerFormat",
    "NotAStore",
    "NotFound",
    "PluginError",
    "ScopeRequired",
    "StorageFailure",
    "UnusableReply",
]


class MemkitError(Exception):
    """Base of every error memkit raises on purpose."""


class InvalidInput(MemkitError, ValueError):
    """An argument or message that cannot be stored or asked; nothing was changed."""


class ScopeRequired(InvalidInput):
    """A scope without a usable key: memory is never read or written without an owner."""


class ConflictingTurn(InvalidInput):
    """A turn id that is already stored with other content; turns are immutable."""


class InvalidVector(InvalidInput):
    """An embedder returned a wrong shape, a wrong dimension, NaN or infinity."""


class NotFound(MemkitError, LookupError):
    """No record, journal entry or file under that name in this scope."""


class ClosedStore(MemkitError):
    """The store was closed; open it again."""


class LockedStore(MemkitError, TimeoutError):
    """Another process held the write lock for longer than the time-out."""


class NotAStore(MemkitError):
    """The path is a folder, or a file that memkit did not write."""


class NewerFormat(NotAStore):
    """The file was written by a newer memkit."""


class CorruptStore(MemkitError):
    """The file is damaged: truncated, overwritten or inconsistent."""


class StorageFailure(MemkitError, OSError):
    """The disk is full or read-only, or the file cannot be opened."""


class PluginError(MemkitError):
    """A plug-in that is missing, ambiguous, broken, or does not keep its contract."""


class ModelUnavailable(MemkitError):
    """A language model could not be reached, refused, or did not answer in time, every time."""


class UnusableReply(MemkitError):
    """A language model answered, and nothing in any of its replies could be read."""


class BudgetSpent(MemkitError):
    """The next call of a language model could cost more than is left; it was not made."""


class EmbedderMismatch(UserWarning):
    """The store was opened with another embedder than its vectors were made with."""
