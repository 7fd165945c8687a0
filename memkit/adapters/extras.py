"""What to say when a framework is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Around the import of a framework: an `ImportError` that names the extra to install."""
    try:
        yield
    except ImportError as error:
        raise ImportError(
            f"This adapter needs a package that is missing or too old ({error}). "
            f'Install it with: pip install "memkit-sdk[{extra}]"'
        ) from error
