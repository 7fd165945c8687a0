"""A coding agent that learns from its mistakes: error signature -> fix, and how often it helped.

Errors are stored under a signature, which is the message without what differs from case to case.
Whether a fix helped is told to `feedback`, and the journal counts.

Run it: python examples/coding_agent.py
"""

from __future__ import annotations

import re

from memkit import MemoryStore, Scope
from memkit.models import JournalEntry

_VARIES = re.compile(r"'[^']*'|\"[^\"]*\"|/[\w./-]+|\b0x[0-9a-f]+\b|\b\d+\b")


def signature(error: str) -> str:
    """An error message with names, paths and numbers blanked: equal for the same mistake."""
    return _VARIES.sub("*", error.strip().splitlines()[-1])


def learn(project: Scope, error: str, fix: str) -> str:
    turn = {
        "role": "assistant", "content": f"{error}\nFix: {fix}",
        "metadata": {"signature": signature(error), "fix": fix},
    }  # fmt: skip
    return project.add(turn)[0].id


def utility(project: Scope, id: str) -> int:
    """How often a fix helped, less how often it did not."""
    entries = [e for e in project.history(id) if isinstance(e, JournalEntry)]
    votes = [entry.reason for entry in entries if entry.action == "feedback"]
    return votes.count("useful") - votes.count("useless")


def suggest(project: Scope, error: str) -> list[tuple[str, str, int]]:
    """Fixes of the same mistake, the most useful first."""
    hits = project.search(error, filter={"meta.signature": signature(error)})
    found = [
        (id, str(project.get(id).metadata["fix"]), utility(project, id))
        for hit in hits
        for id in hit.sources
    ]
    return sorted(found, key=lambda pair: -pair[2])


def solve(project: Scope, error: str, works: str) -> None:
    """Try what is known, tell how it went, and learn what worked in the end."""
    print(f"{error}")
    for id, fix, score in suggest(project, error):
        helped = fix == works
        print(f"  tried {id} ({score:+d}): {fix} -> {'fixed' if helped else 'no'}")
        project.feedback(id, useful=helped)
        if helped:
            return
    print(f"  worked it out: {works} (now {learn(project, error, works)})")


def main() -> None:
    with MemoryStore(":memory:") as store:
        project = store.scope(agent="coder", project="shop")
        missing = "ModuleNotFoundError: No module named '{}'"
        solve(project, missing.format("yaml"), "install the package in the project's environment")
        learn(project, missing.format("shop.api"), "add the src folder to the path")
        solve(
            project, missing.format("requests"), "install the package in the project's environment"
        )
        solve(project, missing.format("shop.db"), "add the src folder to the path")
        solve(project, missing.format("numpy"), "install the package in the project's environment")
        solve(project, "KeyError: 'total'", "use .get with a default")
        solve(project, "KeyError: 'tax'", "use .get with a default")
        print("\nThe counters of the first mistake")
        for id, fix, score in suggest(project, missing.format("x")):
            print(f"  {id} {score:+d} {fix}")


if __name__ == "__main__":
    main()
