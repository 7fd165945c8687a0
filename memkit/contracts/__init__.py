"""What can be swapped: the pages a plug-in author reads, and the one door to them.

Each extension point is one abstract base with one method that must be written; what else stands
on the base comes for free. Options are constructor keywords. Capabilities are declared as class
data, never discovered by an exception. `memkit.testing` holds a conformance kit per contract.

`embedding`, `indexing`, `viewing` (what a retriever sees), `retrieving`, `deriving` (extractors and
consolidators), `forgetting` (policies and gates) and `storing` are a page each. Import every name
from here: on which page it stands may change.

Inside one scope a record of one layer is known by its *ordinal*: 0, 1, 2... in the order in which
records were stored. Ordinals are stable until a change set with `reset` arrives.
"""

from __future__ import annotations

from memkit.contracts.deriving import Consolidator, Extractor, Ledger, LinkConsolidator, Proposal
from memkit.contracts.embedding import Embedder, EmbedFunction, Role, TokenEmbedder
from memkit.contracts.forgetting import ForgettingPolicy, IntakeGate, Record, UseEvent
from memkit.contracts.indexing import ChangeSet, Edges, Indexer, Query, Scored
from memkit.contracts.retrieving import Ranking, Reranker, Retriever
from memkit.contracts.storing import RowsT, Storage
from memkit.contracts.viewing import Layer, SummaryT, Uses, View

__all__ = [
    "ChangeSet", "Consolidator", "Edges", "EmbedFunction", "Embedder", "Extractor",
    "ForgettingPolicy", "Indexer", "IntakeGate", "Layer", "Ledger", "LinkConsolidator", "Proposal",
    "Query", "Ranking", "Record", "Reranker", "Retriever", "Role", "RowsT", "Scored", "Storage",
    "SummaryT", "TokenEmbedder", "UseEvent", "Uses", "View",
]  # fmt: skip
