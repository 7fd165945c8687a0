"""One memory of a group chat: three people, who said what, and what each is known for.

Run it: python examples/group_chat.py
"""

from __future__ import annotations

from memkit import MemoryStore, Scope

CHAT = [
    ("Ana", "I am allergic to peanuts, so no satay for me on Friday."),
    ("Ben", "I can drive on Friday. My car has five seats."),
    ("Chloé", "I booked a table at the Thai place for eight o'clock."),
    ("Ben", "I love satay! But I am fine with curry."),
    ("Chloé", "I moved to Lisbon last week, so pick me up at the Rossio station."),
    ("Ana", "My birthday is on Saturday. Let us stay out late!"),
]


def who_said(scope: Scope, query: str) -> None:
    hit = scope.search(query, k=1)[0]
    print(f"{query}\n  {hit.speaker}: {hit.text}")


def main() -> None:
    with MemoryStore(":memory:") as store:
        team = store.scope(group="friday")
        team.add(
            [
                {"name": name, "role": "user", "content": text, "session": "planning",
                 "timestamp": f"2024-05-01T18:{minute:02}"}
                for minute, (name, text) in enumerate(CHAT)
            ]
        )  # fmt: skip

        who_said(team, "Who can drive?")
        who_said(team, "Who must not eat peanuts?")
        who_said(team, "What did Chloé book?")

        print("Only Ben's words about food")
        for hit in team.search("satay", filter={"speaker": "Ben"}):
            print(f"  {hit.text}")

        print("What is known of each")
        for person in team.sessions()[0].speakers:
            facts = [f"{fact.attribute} = {fact.value}" for fact in team.facts(person)]
            print(f"  {person}: {', '.join(facts) or 'nothing yet'}")

        print("For the prompt of a bot that plans the evening")
        print(team.context("Where and when do we meet on Friday?", budget=250))


if __name__ == "__main__":
    main()
