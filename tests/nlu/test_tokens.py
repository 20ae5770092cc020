"""Cutting a line into tokens, and what must never be read as words."""

import pytest

from taskora.nlu.tokens import TokenKind, tokenise


def test_letters_and_digits_are_tokens_of_their_own_and_touch() -> None:
    tokens = tokenise("call at 9am")

    assert tokens.words == ("call", "at", "9", "am")
    assert [tokens.glued(i) for i in range(4)] == [False, False, False, True]
    assert tokens.number(2) == 9


def test_asking_outside_the_line_gives_nothing() -> None:
    tokens = tokenise("one")

    assert (tokens.word(7), tokens.number(-1), tokens.glued(1)) == ("", -1, False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"quoted tomorrow"', TokenKind.QUOTED),
        ("“quoted tomorrow”", TokenKind.QUOTED),
        ("'quoted tomorrow'", TokenKind.QUOTED),
        (r"\tomorrow", TokenKind.ESCAPED),
        ("https://example.com/2027/01/05", TokenKind.OPAQUE),
        ("april.summers@example.org", TokenKind.OPAQUE),
        ("monday.com", TokenKind.OPAQUE),
        ("march.xlsx", TokenKind.OPAQUE),
        ("v1.1.1", TokenKind.OPAQUE),
        ("3.11.7", TokenKind.OPAQUE),
        ("1:1", TokenKind.OPAQUE),
        ("24/7", TokenKind.OPAQUE),
    ],
)
def test_what_must_not_be_read_is_one_token_that_matches_no_word(text: str, kind: TokenKind) -> None:
    tokens = tokenise(f"see {text} now")

    assert [token.text for token in tokens.items] == ["see", text, "now"]
    assert tokens[1].kind is kind
    assert tokens.word(1) == "\x00"


@pytest.mark.parametrize("text", ["27.01.2027", "2027.01.27", "mom's", "don't", "rock 'n roll", "tomorrow.call"])
def test_dates_and_apostrophes_are_not_hidden(text: str) -> None:
    assert all(token.kind is not TokenKind.OPAQUE for token in tokenise(text).items)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("munday", "monday"),
        ("tommorow", "tomorrow"),
        ("febuary", "february"),
        ("thrusday", "thursday"),
        ("wensday", "wednesday"),
    ],
)
def test_a_slip_in_a_calendar_word_is_corrected_for_reading_only(typed: str, meant: str) -> None:
    token = tokenise(typed)[0]

    assert (token.text, token.lower) == (typed, meant)


@pytest.mark.parametrize("word", ["sundry", "mondays", "mourning", "sundae", "rewind", "frida", "later", "match"])
def test_an_english_word_one_slip_away_is_left_alone(word: str) -> None:
    assert tokenise(word)[0].lower == word


def test_a_phrase_may_not_begin_or_end_inside_a_word() -> None:
    tokens = tokenise("sun-dried (monday), 3d")

    assert not tokens.closes(1)
    assert not tokens.opens(2)
    assert tokens.opens(4)
    assert tokens.closes(5)
