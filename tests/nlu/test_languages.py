"""Other languages: a line that is certainly German, Spanish or French is read by the same grammar; English is left alone."""

import pytest

from taskora.nlu.languages.french import FRENCH
from taskora.nlu.languages.german import GERMAN
from taskora.nlu.languages.spanish import SPANISH
from taskora.nlu.languages.table import Language
from taskora.nlu.languages.translation import language_of
from taskora.nlu.reader import read_line
from taskora.nlu.tokens import tokenise
from tests.nlu.saying import context


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Zahnarzt morgen um 15 Uhr", GERMAN),
        ("Steuer abgeben am 31.10.", GERMAN),
        ("llamar al dentista mañana", SPANISH),
        ("payer le loyer le 1er septembre", FRENCH),
    ],
)
def test_a_language_is_taken_when_its_words_are_certain(line: str, language: Language) -> None:
    assert language_of([token.text.lower() for token in tokenise(line).items]) is language


@pytest.mark.parametrize(
    "line",
    [
        "pick up tacos from El Sol on the way to La Brea",
        "plan mardi gras party",
        "read die Welt article",
        "i am 31 today",
        "buy un-scented soap at Le Marché",
        "call Juan de la Cruz on friday",
    ],
)
def test_an_english_line_with_foreign_names_stays_english(line: str) -> None:
    assert language_of([token.text.lower() for token in tokenise(line).items]) is None


@pytest.mark.parametrize("language", [GERMAN, SPANISH, FRENCH], ids=lambda language: language.code)
def test_each_form_of_a_table_has_at_least_as_many_words_as_its_english(language: Language) -> None:
    short = [row for rows in language.forms.values() for row in rows if len(row[0]) < len(row[1])]
    assert short == []


def test_the_title_keeps_the_words_of_its_language_and_the_spans_lie_in_the_line() -> None:
    line = "am Montag um 9:30 Uhr Besprechung mit Jonas"
    reading = read_line(line, context())
    assert reading.commands[0].title == "Besprechung mit Jonas"
    assert [line[span.start : span.end] for span in reading.spans] == ["am Montag ", "um 9:30 Uhr "]
