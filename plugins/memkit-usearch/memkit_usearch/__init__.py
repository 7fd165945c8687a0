"""An indexer for large scopes, along a graph that usearch builds and walks."""

from memkit_usearch.indexer import UsearchIndex

__all__ = ["UsearchIndex"]
