"""Whatever is typed: only our own errors, no word lost, every step bounded."""

import contextlib
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskora.domain.errors import TaskoraError
from taskora.nlu.explaining import explain
from taskora.nlu.reader import read_line
from taskora.nlu.task_entry import read_task_with_spans
from taskora.nlu.tokens import tokenise
from taskora.nlu.when_entry import read_when
from taskora.nlu.wordlists import word_set
from tests.nlu.saying import context

HERE = context()
DATES = word_set(
    "tomorrow friday next week month 5th may march 27 1/27 2027-01-27 5pm 17:00 half past seven noon in 3 days 2 hours from to"
    " every monday daily until first last day before after christmas eom tonight morning ago 13/13 99 25:00 feb 30 april 31"
)
SIGNS = word_set(
    "on at by the of - and p1 !! urgent #work @home tagged a, b // ( ) , . : ! 🎂 [30m] {jan 9} \\today remind me"
)
PHRASES = ("call mom", "for 45min", "30 min before", '"quoted friday"', "add task", "to my list", "3pm EST")
PIECES = [*sorted(DATES | SIGNS), *PHRASES]

text = st.one_of(
    st.text(max_size=2000),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=10).map("".join),
)


def _words(piece: str) -> str:
    return "".join(re.findall(r"\w", piece))


@given(text)
@settings(deadline=None, max_examples=max(600, settings().max_examples))
def test_any_text_gives_a_task_or_one_of_our_errors_and_loses_no_word(line: str) -> None:
    try:
        command, spans = read_task_with_spans(line, HERE)
    except TaskoraError:
        return

    kept, position = [], 0
    for span in spans:
        assert position <= span.start < span.end <= len(line)
        kept.append(line[position : span.start])
        position = span.end
    kept.append(line[position:])
    assert command.title
    assert _words("".join(kept)) == _words(command.title)


@given(text)
@settings(deadline=None, max_examples=max(300, settings().max_examples))
def test_any_words_for_a_date_give_one_or_one_of_our_errors(line: str) -> None:
    try:
        read = read_when(line, HERE)
    except TaskoraError:
        return

    assert read.due is not None or read.changes is not None or read.duration is not None


@given(text)
@settings(deadline=None, max_examples=max(300, settings().max_examples))
def test_any_line_in_chat_gives_commands_whose_spans_lie_in_it(line: str) -> None:
    reading = read_line(line, HERE)

    assert reading.commands
    position = 0
    for span in reading.spans:
        assert position <= span.start < span.end <= len(line)
        position = span.end


@given(text)
@settings(deadline=None)
def test_any_line_can_be_explained(line: str) -> None:
    for sight in explain(line, HERE).sights:
        assert line[sight.start : sight.end] == sight.text
        assert 0 <= sight.score <= 1
        assert sight.why


@given(st.text(max_size=2000))
@settings(deadline=None)
def test_tokens_stand_in_order_and_cover_all_that_is_visible(line: str) -> None:
    tokens = tokenise(line)
    position = 0
    for token in tokens.items:
        assert not line[position : token.start].strip()
        assert line[token.start : token.end] == token.text
        position = token.end
    assert not line[position:].strip()


@pytest.mark.parametrize(
    "piece", ["'", '"', "a.", "1.", "day before ", "5 to ", "(", "tag ", "remind me ", "on ", "/", "Monday "]
)
def test_the_steps_grow_no_faster_than_the_line(piece: str) -> None:
    counts = []
    for size in (200, 800):
        steps = _Steps()
        with steps, contextlib.suppress(TaskoraError):
            read_task_with_spans((piece * size)[:size], HERE)
        counts.append(steps.count)
    assert counts[1] < 8 * counts[0] + 20_000


class _Steps:
    """Counts the calls of Python functions while it is entered: a measure of work that no clock disturbs."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> None:

        sys.setprofile(self._step)

    def __exit__(self, *_: object) -> None:

        sys.setprofile(None)

    def _step(self, _frame: object, event: str, _argument: object) -> None:
        self.count += event == "call"
