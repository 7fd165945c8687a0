"""Row access inside one transaction."""

from __future__ import annotations

import sqlite3

from memkit.storage.ledger import Cursors, Journal, Scopes, Settings, Uses, Vectors
from memkit.storage.records import Records
from memkit.storage.transfer import Transfer


class Rows:
    """The tables of the store, each with its own verbs, over one open transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.settings = Settings(db)
        self.scopes = Scopes(db)
        self.records = Records(db)
        self.vectors = Vectors(db)
        self.journal = Journal(db)
        self.uses = Uses(db)
        self.cursors = Cursors(db)
        self.transfer = Transfer(db)
