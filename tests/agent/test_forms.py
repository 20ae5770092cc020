"""Tables of forms: optional and alternative words, pieces by name and kind."""

import pytest

from agent.understanding.forms import Forms, count_of

TABLE = Forms("""
    (rename|change) [the|my] (tag|label) {name:tag} (to|into) {new:tag}
    undo [the] last {count:count} [things]
""")


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("rename the tag home to house", {"name": "home", "new": "house"}),
        ("Change label #Home into #House!", {"name": "#Home", "new": "#House"}),
        ("rename my   tag side project to work", {"name": "side project", "new": "work"}),
        ("undo the last two things", {"count": "two"}),
        ("undo last 3", {"count": "3"}),
    ],
)
def test_a_line_gives_the_named_pieces_of_the_form_that_it_has(line: str, pieces: dict[str, str]) -> None:
    assert TABLE.read(line) == pieces


@pytest.mark.parametrize(
    "line", ["", "rename the tag home", "please rename the tag home to house", "undo the last one"]
)
def test_a_line_of_another_form_gives_nothing(line: str) -> None:
    assert TABLE.read(line) is None
    assert not TABLE.fits(line)


def test_punctuation_and_curly_apostrophes_do_not_matter() -> None:
    assert Forms("no don't skip {task}").fits("No, don’t skip it.")


@pytest.mark.parametrize(("words", "number"), [("two", 2), ("A couple", 2), ("12", 12), ("few", 3)])
def test_a_count_is_a_number_or_its_word(words: str, number: int) -> None:
    assert count_of(words) == number


@pytest.mark.parametrize("word", ["to ", "the ", "of ", "and ", "on "])
def test_a_line_too_long_for_any_order_is_not_looked_at(word: str) -> None:
    table = Forms("move {task} on {days} to {place} of {whom} and {what}")
    assert not table.fits("move " + word * 1300)
