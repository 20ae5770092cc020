"""Other languages: a line that is certainly German, Spanish or French is read by the same grammar; English is left alone."""

import dataclasses

import pytest

from taskora.nlu.languages.dutch import DUTCH
from taskora.nlu.languages.french import FRENCH
from taskora.nlu.languages.german import GERMAN
from taskora.nlu.languages.italian import ITALIAN
from taskora.nlu.languages.portuguese import PORTUGUESE
from taskora.nlu.languages.spanish import SPANISH
from taskora.nlu.languages.table import Language
from taskora.nlu.languages.translation import language_of
from taskora.nlu.languages.urdu import URDU
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
        ("ligar para o dentista amanhã", PORTUGUESE),
        ("chiamare il dentista domani alle 10", ITALIAN),
        ("tandarts bellen morgen om 10 uur", DUTCH),
        ("kal subah 9 baje doctor", URDU),
        ("کل صبح ڈاکٹر کو فون کرنا", URDU),
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


LANGUAGES = (GERMAN, SPANISH, FRENCH, PORTUGUESE, ITALIAN, DUTCH, URDU)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_each_form_of_a_table_has_at_least_as_many_words_as_its_english(language: Language) -> None:
    short = [row for rows in language.forms.values() for row in rows if len(row[0]) < len(row[1])]
    assert short == []


def test_the_title_keeps_the_words_of_its_language_and_the_spans_lie_in_the_line() -> None:
    line = "am Montag um 9:30 Uhr Besprechung mit Jonas"
    reading = read_line(line, context())
    assert reading.commands[0].title == "Besprechung mit Jonas"
    assert [line[span.start : span.end] for span in reading.spans] == ["am Montag ", "um 9:30 Uhr "]


@pytest.mark.parametrize(
    ("line", "locale", "due"),
    [
        ("kapper za 9:30", "nl-NL", "2026-11-21"),
        ("Zahnarzt Mo 9:30", "de", "2026-11-23"),
        ("riunione lun alle 9:30", "it", "2026-11-23"),
        ("call mom friday", "it", "2026-11-20"),
    ],
)
def test_the_language_that_a_person_writes_in_decides_where_words_alone_do_not(
    line: str, locale: str, due: str
) -> None:
    writer = context()
    writer = dataclasses.replace(writer, preferences=dataclasses.replace(writer.preferences, locale=locale))
    found = read_line(line, writer).commands[0].due
    assert found is not None
    assert str(found.date) == due


def test_a_day_and_its_part_written_as_one_word_are_read_apart() -> None:
    line = "Essen mit Freunden Samstagabend"
    command = read_line(line, context()).commands[0]
    assert command.title == "Essen mit Freunden"
    assert command.due is not None
    assert str(command.due.time) == "19:00:00"
