"""What a line is read as can be explained: every piece that was weighed, its score, and what became of it."""

from taskora.nlu.explaining import explain
from taskora.nlu.reading import Intent
from tests.nlu.saying import context


def test_a_piece_that_is_used_and_one_that_stays_are_told_apart_with_a_reason() -> None:
    found = explain("learn Bloody Sunday tomorrow p1", context())
    told = {sight.text: (sight.kind, sight.used) for sight in found.sights}
    assert told == {"Sunday": ("date", False), "tomorrow": ("date", True), "p1": ("priority", True)}
    assert "name" in next(sight.why for sight in found.sights if sight.text == "Sunday")


def test_each_command_of_a_line_is_explained_where_it_stands() -> None:
    found = explain("pay rent friday; delete dentist", context())
    assert [command.intent for command in found.reading.commands] == [Intent.ADD, Intent.DELETE]
    assert [(sight.text, sight.start) for sight in found.sights] == [("friday", 9), ("delete dentist", 17)]


def test_an_assumption_is_the_reason_of_its_piece() -> None:
    sights = explain("gym mon-thu", context()).sights
    assert [sight.why for sight in sights if sight.used] == ["took mon-thu as every week"]
