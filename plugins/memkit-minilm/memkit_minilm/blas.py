"""One thread for each product of matrices.

The products of one text are small. Given several threads, BLAS lets them wait for each other
after each, actively; on a machine that is busy otherwise that was measured ten times slower than
one thread. Texts are shared out among threads instead.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Any


class OneThread:
    """`with OneThread():` limits BLAS to one thread, for the whole process, while any is open.

    What the limit was before comes back with the end of the last one, in whatever order they end.
    """

    _mutex = threading.Lock()
    _open = 0
    _controller: Any = None
    _limit: Any = None

    def __enter__(self) -> None:
        cls = OneThread
        with cls._mutex:
            if not cls._open:
                if cls._controller is None:  # looks through the libraries loaded: once is enough
                    from threadpoolctl import ThreadpoolController

                    cls._controller = ThreadpoolController()
                cls._limit = cls._controller.limit(limits=1, user_api="blas")
            cls._open += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        cls = OneThread
        with cls._mutex:
            cls._open -= 1
            if not cls._open:
                cls._limit.restore_original_limits()
