"""Consolidators: from many derived records to fewer that say as much."""
