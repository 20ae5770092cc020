"""Which task is meant by the words a person uses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskora.nlu.spelling import nearly_same, within_slips
from taskora.nlu.targets import MatchKind, Named, match


def named(*titles: str) -> list[Named]:
    return [(f"id-{number}", number, title) for number, title in enumerate(titles, 1)]


@pytest.mark.parametrize(
    ("words", "titles", "expected"),
    [
        ("dentist", ["dentist", "dentist bill"], "dentist"),
        ("the Dentist", ["dentist", "dentist bill"], "dentist"),
        ("dentist task", ["dentist bill", "Dentist"], "Dentist"),
        ("standup", ["standup", "buy milk"], "standup"),
        ("2", ["buy milk", "call mom"], "call mom"),
        ("#1", ["buy milk", "call mom"], "buy milk"),
        ("task 2", ["buy milk", "call mom"], "call mom"),
        ("pay rent!", ["Pay rent.", "pay taxes"], "Pay rent."),
    ],
)
def test_an_exact_title_or_number_wins_without_a_question(words: str, titles: list[str], expected: str) -> None:
    result = match(words, named(*titles))
    assert result.kind is MatchKind.EXACT
    assert result.found is not None
    assert result.found[2] == expected


@pytest.mark.parametrize(
    ("words", "titles", "expected"),
    [
        ("milk", ["buy milk", "call mom"], "buy milk"),
        ("groceries", ["buy grocery bags", "call mom"], "buy grocery bags"),
        ("dentst", ["dentist", "buy milk"], "dentist"),
        ("electrcity bill", ["pay electricity bill", "pay phone bill"], "pay electricity bill"),
        ("the phone thing", ["pay electricity bill", "phone the bank"], "phone the bank"),
        ("dentist appointment", ["dentist", "call mom"], "dentist"),
        ("calling mom", ["call mom", "email mom"], "call mom"),
        ("mom call", ["call mom", "call mom about the trip"], "call mom"),
        ("quarterly report", ["write report", "send quarterly report"], "send quarterly report"),
        ("pres", ["prepare presentation", "buy milk"], "prepare presentation"),
        ("牛乳", ["牛乳を買う", "call mom"], "牛乳を買う"),
    ],
)
def test_shared_or_misspelt_words_name_the_one_task_that_has_them(words: str, titles: list[str], expected: str) -> None:
    result = match(words, named(*titles))
    assert result.kind is MatchKind.LIKELY
    assert result.found is not None
    assert result.found[2] == expected


@pytest.mark.parametrize(
    ("words", "titles", "count"),
    [
        ("dentist thing", ["dentist", "dentist bill"], 2),
        ("mom", ["call mom", "email mom", "buy milk"], 2),
        ("buy milk", ["buy milk", "Buy milk"], 2),
        ("report", ["write report", "send quarterly report"], 2),
        ("milk", ["buy milk", "buy oat milk", "call mom"], 2),
    ],
)
def test_a_close_call_is_a_question_with_its_candidates(words: str, titles: list[str], count: int) -> None:
    result = match(words, named(*titles))
    assert result.kind is MatchKind.AMBIGUOUS
    assert len(result.candidates) == count
    assert result.found is None


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("buy bread", ["buy milk", "call mom"]),
        ("pay phone bill", ["pay electricity bill", "pay gas bill"]),
        ("invoice 2025", ["invoice 2026"]),
        ("#9", ["buy milk"]),
        ("report", []),
        ("", ["buy milk"]),
    ],
)
def test_words_that_only_come_near_never_name_a_task(words: str, titles: list[str]) -> None:
    result = match(words, named(*titles))
    assert result.kind is MatchKind.NONE
    assert result.found is None


def test_what_comes_near_is_offered() -> None:
    assert [title for _, _, title in match("buy bread", named("buy milk", "call mom")).candidates] == ["buy milk"]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("dentist", "dentst", True), ("milk", "mlik", True), ("mom", "dad", False), ("cat", "car", False)],
)
def test_one_slip_in_a_word_is_forgiven_but_not_in_a_short_one(one: str, other: str, near: bool) -> None:
    assert nearly_same(one, other) is near


@given(st.text(max_size=12), st.text(max_size=12), st.integers(0, 3))
def test_slips_count_the_same_from_both_sides(one: str, other: str, limit: int) -> None:
    assert within_slips(one, other, limit) == within_slips(other, one, limit)


@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=6))
def test_any_words_against_any_titles_give_an_answer(words: str, titles: list[str]) -> None:
    result = match(words, named(*titles))
    assert (result.found is not None) == (result.kind in {MatchKind.EXACT, MatchKind.LIKELY})


TITLE = st.text(alphabet="abcdefgh ", min_size=1, max_size=20).map(str.strip).filter(bool)


@given(st.lists(TITLE, min_size=1, max_size=6, unique=True))
def test_a_title_is_always_among_what_its_own_words_find(titles: list[str]) -> None:
    for title in titles:
        assert title in [name for _, _, name in match(title, named(*titles)).candidates]
