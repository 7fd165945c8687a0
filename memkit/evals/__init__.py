"""Evaluation: long conversations, questions with known evidence, and honest measures."""
