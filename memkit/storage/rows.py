"""Row access inside one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from memkit.storage.facts import Facts
from memkit.storage.leaving import Leaving
from memkit.storage.ledger import Cursors, Journal, Scopes, Settings, Uses, Vectors
from memkit.storage.links import Links
from memkit.storage.proposals import Expenses, Quarantine, Replies
from memkit.storage.records import Records
from memkit.storage.standing import Standings
from memkit.storage.transfer import Transfer
from memkit.storage.vitals import Vitals


class Rows:
    """The tables of the store, each with its own verbs, over one open transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.settings = Settings(db)
        self.scopes = Scopes(db)
        self.records = Records(db)
        self.standings = Standings(db)
        self.links = Links(db)
        self.vectors = Vectors(db)
        self.journal = Journal(db)
        self.uses = Uses(db)
        self.cursors = Cursors(db)
        self.facts = Facts(db)
        self.quarantine = Quarantine(db)
        self.replies = Replies(db)
        self.expenses = Expenses(db)
        self.transfer = Transfer(db)
        self.leaving = Leaving(db)
        self.vitals = Vitals(db)

    def delete(self, scope: int, numbers: Sequence[int]) -> None:
        """Remove records of a scope and everything in the file that refers to them."""
        slots = {slot for _, slot in self.facts.touched(numbers)}
        self.quarantine.drop_of_turns(numbers)
        self.records.delete(numbers)
        self.facts.refold(scope, slots)
