"""all-MiniLM-L6-v2 and its kin as embedders: in numpy, or through sentence-transformers."""

from memkit_minilm.embedder import MiniLMEmbedder
from memkit_minilm.sentences import SentenceTransformerEmbedder

__all__ = ["MiniLMEmbedder", "SentenceTransformerEmbedder"]
