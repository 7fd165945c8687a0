"""Limits of what a store may spend on models: set aside before each call, settled after it."""

from __future__ import annotations

from dataclasses import dataclass

from memkit.contracts import Ledger
from memkit.errors import BudgetSpent, InvalidInput
from memkit.llm.ledger import less
from memkit.models import Spending

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """What some prompts would cost at most; `cached` ones are answered from the ledger for nothing.

    Tokens of the prompts are counted, those of the replies are the most they may have. `cost` is in
    US dollars, None where no price is known.
    """

    calls: int
    cached: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None


def cost_of(price: tuple[float, float] | None, prompt_tokens: int, reply_tokens: int) -> float:
    """US dollars; 0 without a price."""
    if price is None:
        return 0.0
    return (price[0] * prompt_tokens + price[1] * reply_tokens) / _MILLION


class Budget:
    """The most tokens, and the most US dollars, that all calls recorded in a ledger may take."""

    def __init__(self, max_tokens: int | None, max_cost: float | None) -> None:
        if max_tokens is not None and max_tokens < 0:
            raise InvalidInput(f"max_tokens_spent={max_tokens} must not be below 0.")
        if max_cost is not None and not max_cost >= 0:
            raise InvalidInput(f"max_cost={max_cost} must be a number of US dollars from 0 on.")
        self.max_tokens = max_tokens
        self.max_cost = max_cost

    def reserve(self, ledger: Ledger, model: str, most: Spending) -> None:
        """Count a call in advance at the most it can cost; raises `BudgetSpent` and counts nothing.

        It is counted first and compared afterwards, so that of two processes that share a file
        neither overlooks the other's call. A process killed in between leaves its call counted in
        full: the limit is never passed for want of a receipt.
        """
        ledger.spend(model, most)
        fault = self._fault(ledger.spent(), most)
        if fault:
            ledger.spend(model, less(Spending(), most))
            raise BudgetSpent(
                f"A call of {model!r} may take {fault}. It was not made; raise the limit to go on."
            )

    def settle(self, ledger: Ledger, model: str, most: Spending, real: Spending) -> None:
        """Put what a call did cost in the place of what was set aside for it."""
        if real != most:
            ledger.spend(model, less(real, most))

    def _fault(self, spent: Spending, most: Spending) -> str:
        tokens = spent.prompt_tokens + spent.completion_tokens
        if self.max_tokens is not None and tokens > self.max_tokens:
            wanted = most.prompt_tokens + most.completion_tokens
            left = max(0, self.max_tokens - tokens + wanted)
            return f"{wanted} tokens, and {left} are left of max_tokens_spent={self.max_tokens}"
        if self.max_cost is not None and spent.cost > self.max_cost:
            left_cost = max(0.0, self.max_cost - spent.cost + most.cost)
            return (
                f"{most.cost:.6f} US dollars, and {left_cost:.6f} are left of "
                f"max_cost={self.max_cost}"
            )
        return ""
