"""Turns to derived records: facts, triples, segments, summaries."""
