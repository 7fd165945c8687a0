"""The one door to language models: any litellm model, a URL that speaks OpenAI's protocol, or a
callable; with retries, a cache of replies, and a budget."""

from memkit.llm.budget import Estimate
from memkit.llm.door import LLM
from memkit.llm.exchange import Prompt, Reply
from memkit.llm.ledger import MemoryLedger

__all__ = ["LLM", "Estimate", "MemoryLedger", "Prompt", "Reply"]
