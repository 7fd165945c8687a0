"""Answers scored: each of LoCoMo's rules, BLEU-1, exact match, abstention."""

from __future__ import annotations

import pytest

from memkit.evals import qa


def scored(answer: str, gold: str, rule: qa.Rule = "plain", *, abstained: bool = False) -> float:
    return qa.score(answer, [gold], rule, abstained=abstained)["qa.f1"]


def test_words_are_compared_without_case_articles_and_punctuation() -> None:
    assert qa.tokens("The cat, and a DOG's bone!") == ["cat", "dogs", "bone"]
    assert qa.tokens("1,200 euros") == ["1200", "euros"]
    assert qa.tokens("我喜欢 tea") == ["我", "喜", "欢", "tea"]


def test_f1_is_of_porter_stems() -> None:
    assert scored("painting boats", "She painted a boat") == pytest.approx(0.8)  # 2/2, 2/3
    assert scored("a green bicycle", "bicycle") == pytest.approx(2 / 3)
    assert scored("sailing", "cooking") == 0.0
    assert scored("boat boat", "boat") == pytest.approx(2 / 3)  # each word counts once


def test_multi_hop_takes_the_best_match_of_each_part_of_the_gold() -> None:
    assert scored("swimming, pottery", "pottery, camping, swimming", "list") == pytest.approx(2 / 3)
    assert scored("pottery camping", "pottery, camping", "list") == pytest.approx(2 / 3)
    assert scored("pottery, camping", "pottery, camping") == 1.0  # the plain rule sees one set


def test_open_domain_gold_ends_at_its_semicolon() -> None:
    gold = "Likely no; she wants to be a counsellor"
    assert scored("likely no", gold, "before semicolon") == 1.0
    assert scored("likely no", gold) < 0.6


@pytest.mark.parametrize(
    ("answer", "abstained", "right"),
    [("No information available.", False, 1.0), ("It is NOT mentioned anywhere", False, 1.0),
     ("self-care", False, 0.0), ("self-care", True, 1.0), ("", False, 1.0)],
)  # fmt: skip
def test_adversarial_questions_want_an_abstention(
    answer: str, abstained: bool, right: float
) -> None:
    found = qa.score(answer, ["self-care"], "unanswerable", abstained=abstained)
    assert found["qa.f1"] == found["abstain.right"] == right
    assert not {"qa.bleu1", "qa.exact", "abstain.wrong"} & set(found)


def test_an_abstention_from_a_question_with_an_answer_is_counted() -> None:
    found = qa.score("No information available", ["a boat"], "plain", abstained=True)
    assert found["abstain.wrong"] == 1.0 and found["qa.f1"] == 0.0
    assert qa.score("a boat", ["a boat"], "plain", abstained=False)["abstain.wrong"] == 0.0


def test_bleu_punishes_brevity_and_counts_no_word_twice() -> None:
    assert qa.bleu1("green bicycle", "green bicycle") == 1.0
    assert qa.bleu1("bicycle", "green bicycle") == pytest.approx(0.36788, abs=1e-5)  # e^(1 - 2)
    assert qa.bleu1("bicycle bicycle bicycle", "green bicycle") == pytest.approx(1 / 3)
    assert qa.bleu1("boat", "green bicycle") == 0.0


def test_exact_match_and_length_and_the_best_of_several_golds() -> None:
    found = qa.score("The green bicycle.", ["a boat", "green bicycle"], "plain", abstained=False)
    assert found["qa.exact"] == found["qa.f1"] == 1.0
    assert found["qa.words"] == 3.0
    assert qa.exact("bicycle green", "green bicycle") == 0.0
