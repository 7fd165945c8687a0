"""Invented lives, told in chats: what a store reads out of them, measured against the truth."""
