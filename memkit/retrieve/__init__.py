"""Retrievers: a query and one scope's view to a ranking."""
