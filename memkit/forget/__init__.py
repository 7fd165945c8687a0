"""Forgetting policies: arithmetic on records."""
