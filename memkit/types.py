"""Shared aliases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

When = datetime | str | float | int
"""A moment: an aware or naive datetime, an ISO 8601 string, or epoch seconds."""

Clock = Callable[[], datetime]
"""Gives the present moment, aware."""

TokenCounter = Callable[[str], int]
"""Number of model tokens in a text."""

Filter = Mapping[str, Any]
"""One expression of the filter grammar, see `memkit.filters`."""

Progress = Callable[[int, int], None]
"""Called with (done, total) as a long act proceeds."""

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Terms = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]
