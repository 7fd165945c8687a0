"""`python -m memkit.cli` is `memkit`."""

from __future__ import annotations

from memkit.cli import main

main()
