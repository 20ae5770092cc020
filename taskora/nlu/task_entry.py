"""The words of one task become one command.

Extractors find, the surest win, what is used is resolved, the rest is the title.
"""

import datetime as dt
from collections import deque
from dataclasses import dataclass, replace
from itertools import pairwise

from taskora.domain.due import Due
from taskora.domain.errors import NotUnderstood
from taskora.domain.series import Repeat
from taskora.domain.task import Priority
from taskora.nlu.candidates import THRESHOLD, Candidate, Kind, choose
from taskora.nlu.deadlines import find_deadlines
from taskora.nlu.durations import find_durations
from taskora.nlu.leads import courtesy_before, lead_at, list_after
from taskora.nlu.notes import split_note
from taskora.nlu.places import place_note
from taskora.nlu.priorities import find_priorities
from taskora.nlu.reading import Command, Confidence, Context, Intent, Span
from taskora.nlu.reminders import find_reminders
from taskora.nlu.remindings import on_its_day, resolve_reminders
from taskora.nlu.resolution import Settled, settle
from taskora.nlu.rules import extract, resolve
from taskora.nlu.selection import Selection, left_over, relative_only, reminded, select
from taskora.nlu.tags import find_tags
from taskora.nlu.title import bullet, remaining, tidied, without_full_stop
from taskora.nlu.tokens import TokenKind, Tokens, tokenise
from taskora.nlu.undated import find_undated
from taskora.nlu.verbs import ACTIONS
from taskora.nlu.when import find_dates_and_times

_TIMED = frozenset((Kind.TIME, Kind.RANGE))
_LINKS = frozenset(("to", "about", "that", "of"))
_NO_TASK = "There is no task in these words."
_EXAMPLE = 'Say what is to be done, such as "call mom tomorrow at 5pm".'


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of a line that belongs to the task itself, in tokens, and what stands around it."""

    begin: int
    stop: int
    around: tuple[Candidate, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """The line as typed, without its note, its title, its note, and the pieces that look like a date but stay."""

    text: str
    line: str
    title: str
    note: str | None
    left: tuple[str, ...]


def read_task(text: str, context: Context) -> Command:
    """Return the command that adds the one task described by `text`.

    Raises InvalidField for an impossible date or time, NotUnderstood when no words are left for a title.
    """
    command, _ = read_task_with_spans(text, context)
    return command


def read_task_with_spans(text: str, context: Context) -> tuple[Command, tuple[Span, ...]]:
    """Return the command and every piece of the line that is not part of the title."""
    line, note, note_at = split_note(text)
    tokens = tokenise(line, context.preferences.locale)
    frame = _frame(tokens)
    found = _candidates(tokens, frame, context)
    chosen = choose((*found, *frame.around))
    selection = reminded(select(chosen, line))
    pieces = (*selection.used, *_quotes(tokens, selection, frame))
    taken = tidied(line, [*bullet(line), *((one.start, one.end) for one in pieces)])
    title = without_full_stop(remaining(line, taken))
    if not any(letter.isalnum() or ord(letter) > 0x2000 for letter in title):
        if frame.asked or selection.when_used or selection.rules or not line.strip():
            raise NotUnderstood(_NO_TASK, field="text", advice=_EXAMPLE)
        selection, title, taken = Selection(), line.strip(), []
    left = left_over(found, selection.used, line)
    command = _command(selection, context, _Words(text, line, title, note, left))
    return command, _spans(taken, selection, text, note_at)


def weighed(text: str, context: Context) -> tuple[list[Candidate], tuple[Candidate, ...]]:
    """Return every piece that was found in the words of one task, in line order, and those that were used."""
    line, _, _ = split_note(text)
    tokens = tokenise(line, context.preferences.locale)
    frame = _frame(tokens)
    found = [*_candidates(tokens, frame, context), *frame.around]
    selection = reminded(select(choose(found), line))
    return sorted(found, key=lambda one: (one.start, -one.end)), selection.used


def _frame(tokens: Tokens) -> _Frame:
    """Find what stands around the task: add task …, remind me to …, … to my list, please."""
    lead = lead_at(tokens)
    begin = lead.end if lead else 0
    around: list[Candidate] = []
    listed = list_after(tokens, begin)
    if listed is not None:
        around.append(_around(tokens, *listed))
    stop = courtesy_before(tokens, len(tokens), begin)
    if stop < len(tokens):
        around.append(_around(tokens, stop, len(tokens)))
    if lead is not None:
        around.append(_around(tokens, 0, begin))
    return _Frame(begin, stop, tuple(around), lead is not None and lead.value)


def _around(tokens: Tokens, first: int, end: int) -> Candidate:
    return Candidate(*tokens.span(first, end), Kind.COMMAND, None, 0.97)


def _candidates(tokens: Tokens, frame: _Frame, context: Context) -> list[Candidate]:
    """Run every extractor over the line."""
    rules = extract(tokens, context)
    begin = tokens[frame.begin].start if frame.begin < len(tokens) else len(tokens.text)
    reminders = [one for one in find_reminders(tokens) if one.start >= begin or relative_only(one)]
    when = find_dates_and_times(tokens, frame.begin, (*rules, *reminders))
    dated = {one.start for one in (*when, *reminders) if one.score >= THRESHOLD}
    timed = any(one.kind in _TIMED and one.score >= THRESHOLD for one in when)
    line = tokens.text
    found = [
        *when,
        *rules,
        *(one for one in find_durations(tokens) if timed or line[one.start] != "+"),
        *find_deadlines(tokens),
        *find_undated(tokens, frame.begin, frame.stop),
        *reminders,
        *find_priorities(tokens, frame.begin),
        *find_tags(tokens, frame.begin, dated),
        *_escapes(tokens),
    ]
    return [*found, *_links(tokens, frame, found)]


def _links(tokens: Tokens, frame: _Frame, found: list[Candidate]) -> list[Candidate]:
    """Take the words that lead to the task behind its date: remind me [tomorrow at 4] to call, [tomorrow] I need to call."""
    i = frame.begin
    ends = {one.start: one.end for one in choose(one for one in found if one.score >= THRESHOLD)}
    while i < len(tokens) and tokens[i].start in ends:
        end = ends[tokens[i].start]
        while i < len(tokens) and tokens[i].start < end:
            i += 1
        i += 1 if i < len(tokens) and tokens.words[i] == "," else 0
    if i == frame.begin or i >= len(tokens):
        return []
    linked = (frame.asked and tokens.words[i] in _LINKS) or (tokens.words[i] == "to" and tokens.word(i + 1) in ACTIONS)
    again = lead_at(tokens, i + 1 if linked else i)
    if again is not None and again.value and again.end < len(tokens):
        return [_around(tokens, i, again.end)]
    return [_around(tokens, i, i + 1)] if linked else []


def _escapes(tokens: Tokens) -> list[Candidate]:
    """Take the backslash of an escaped word out of the title."""
    return [
        Candidate(token.start, token.start + 1, Kind.ESCAPE, None, 1.0)
        for i, token in enumerate(tokens.items)
        if token.kind is TokenKind.ESCAPED and not tokens.glued(i)
    ]


def _quotes(tokens: Tokens, selection: Selection, frame: _Frame) -> list[Candidate]:
    """Take the quotes off a title that is quoted as a whole."""
    covered = {place for one in selection.used for place in range(one.start, one.end)}
    rest = [token for token in tokens.items if token.start not in covered]
    words = [token for token in rest if token.kind is not TokenKind.PUNCT]
    if len(words) != 1 or words[0].kind is not TokenKind.QUOTED or frame.stop == 0:
        return []
    start, end = words[0].start, words[0].end
    return [Candidate(start, start + 1, Kind.ESCAPE, None), Candidate(end - 1, end, Kind.ESCAPE, None)]


def _command(selection: Selection, context: Context, words: _Words) -> Command:
    """Resolve what was selected."""
    settled = settle(selection.when, context)
    repeat: Repeat | None = None
    if selection.rules:
        settled, repeat = _series(selection, settled, context)
    deadline, deadline_notes = _deadline(selection, context)
    wanted = [one for found in selection.reminders if isinstance(found.value, tuple) for one in found.value]
    reminders, reminder_notes = resolve_reminders(wanted, settled.due, context)
    said = tuple(note for one in selection.used for note in one.assumptions)
    placed = place_note(words.title)
    notes = tuple(dict.fromkeys((*settled.notes, *said, *deadline_notes, *reminder_notes, *placed)))
    return Command(
        Intent.ADD,
        text=words.text,
        title=words.title,
        description=words.note,
        due=settled.due,
        end=settled.end,
        duration=_duration(selection),
        deadline=deadline,
        repeat=repeat,
        priority=_priority(selection),
        tags=_tags(selection),
        reminders=reminders,
        words=_words(selection, words.line),
        confidence=Confidence.ASSUMED if notes else Confidence.CERTAIN,
        assumptions=notes,
        left=words.left,
    )


def _series(selection: Selection, settled: Settled, context: Context) -> tuple[Settled, Repeat]:
    """Join rules and bounds with the day and time of the line."""
    when, due = selection.when, settled.due
    dated = (
        when.date is not None
        or when.moment is not None
        or (when.range is not None and when.range.start.date is not None)
    )
    resolved = resolve(
        selection.rules,
        selection.bounds,
        day=due.date if due is not None and dated else None,
        time=due.time if due is not None else None,
        context=context,
    )
    end = settled.end
    if end is not None and due is not None:
        end = replace(end, date=resolved.due.date + (end.date - due.date))
    same_time = due is None or resolved.due.time == due.time
    notes = settled.notes if same_time else ()  # "every morning at 7" is 07:00, not the "7 pm" of a lone 7
    return Settled(resolved.due, end, (*notes, *resolved.assumptions)), resolved.repeat


def _deadline(selection: Selection, context: Context) -> tuple[Due | None, tuple[str, ...]]:
    if selection.deadline is None:
        return None, ()
    return on_its_day(selection.deadline.value, context)  # type: ignore[arg-type]  # DEADLINE holds date expressions


def _duration(selection: Selection) -> dt.timedelta | None:
    value = selection.duration.value if selection.duration else None
    return value if isinstance(value, dt.timedelta) else None


def _priority(selection: Selection) -> Priority | None:
    value = selection.priority.value if selection.priority else None
    return value if isinstance(value, Priority) else None


def _tags(selection: Selection) -> tuple[str, ...]:
    names = (name for one in selection.tags if isinstance(one.value, tuple) for name in one.value)
    return tuple(dict.fromkeys(str(name) for name in names))


def _words(selection: Selection, line: str) -> dict[str, str]:
    """Return the pieces for the date and the rule as they stood in the line."""
    pieces = {"when": selection.when_used, "repeat": (*selection.rules, *selection.bounds)}
    return {
        key: " ".join(line[one.start : one.end] for one in sorted(found, key=lambda one: one.start))
        for key, found in pieces.items()
        if found
    }


def _spans(taken: list[tuple[int, int]], selection: Selection, text: str, note_at: int) -> tuple[Span, ...]:
    """Return what was taken out, piece by piece, each named for what it holds."""
    spans: list[Span] = []
    used = deque(sorted(selection.used, key=lambda one: one.start))
    for start, end in taken:
        inside: list[Candidate] = []
        while used and used[0].start < end:
            inside.append(used.popleft())
        edges = [start, *(one.start for one in inside[1:]), end]
        kinds = [one.kind for one in inside] or [Kind.ESCAPE]
        spans.extend(Span(*edge, kind) for edge, kind in zip(pairwise(edges), kinds, strict=True))
    if note_at < len(text):
        spans.append(Span(note_at, len(text), Kind.NOTE))
    return tuple(spans)
