"""Judges what was understood against what a case expects, key by key. Both stand in the form of the cases (see `view`).

A key that the expectation leaves out is not judged, save for due, rule, priority and tags of an `add`: leaving them out says
that the phrase holds none.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from evals.form import ALT, Json
from evals.occurrences import Series, first_dates
from taskora.domain.durations import read_duration
from taskora.domain.series import Anchor
from taskora.domain.task import Status

Equal = Callable[[object, object], bool]

_HELD_BY_AN_ADD: Mapping[str, object] = {"due": None, "rrule": None, "priority": None, "tags": []}
_RULE_KEYS = frozenset({"rrule", "rrules", "exdates"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was judged, by field, and which of it failed. Names of fields carry the place where there are several."""

    judged: tuple[str, ...]
    failed: tuple[str, ...]


def judge_phrase(expect: Json, got: Sequence[Json], today: dt.date) -> Verdict:
    """Judge the commands that a line was read as; `today` is the day at the user's place."""
    commands = expect.get("commands")
    if not isinstance(commands, list):
        found = judge_command(expect, got[0] if got else {}, today)
        return _verdict(found if len(got) <= 1 else {**found, "commands": False})
    results = {"commands": len(commands) == len(got)}
    for place, (wanted, given) in enumerate(zip_longest(commands, got)):
        for field, passed in judge_command(wanted or {}, given or {}, today).items():
            results[f"commands[{place}].{field}"] = passed
    return _verdict(results)


def _verdict(results: Mapping[str, bool]) -> Verdict:
    return Verdict(tuple(results), tuple(field for field, passed in results.items() if not passed))


def judge_command(expect: Json, got: Json, today: dt.date) -> dict[str, bool]:
    """Tell by field whether a command is as expected."""
    wanted = dict(expect)
    if expect.get("intent") == "add":
        absent = {key: value for key, value in _HELD_BY_AN_ADD.items() if not _named(expect, key)}
        if _named(expect, "rrules"):
            absent.pop("rrule", None)
        wanted |= absent
    return judge_keys(wanted, got, today)


def _named(expect: Json, key: str) -> bool:
    return key in expect or key + ALT in expect


def judge_keys(wanted: Json, got: Json, today: dt.date) -> dict[str, bool]:
    """Tell for each key that `wanted` names (itself or by `_alt`) whether `got` holds one of the values accepted."""
    results = {}
    for key in dict.fromkeys(name.removesuffix(ALT) for name in wanted):
        if key in _RULE_KEYS:
            results[key] = _same_series(wanted, got, today)
        else:
            equal = _EQUAL.get(key) or partial(_NESTED[key], today)
            results[key] = any(equal(value, got.get(key)) for value in accepted(wanted, key))
    return results


def accepted(wanted: Json, key: str) -> list[object]:
    """Return the values of a key that are right: its own and those of `X_alt`."""
    others = wanted.get(key + ALT, [])
    own = [wanted[key]] if key in wanted else []
    return own + (list(others) if isinstance(others, list) else [])


def _same_series(wanted: Json, got: Json, today: dt.date) -> bool:
    """Compare two series by their first dates, both from the due that is expected (or else the one that was found)."""
    starts = [due for due in accepted(wanted, "due") if due is not None] or [got.get("due") or today.isoformat()]
    meant = [[rule] if rule is not None else [] for rule in accepted(wanted, "rrule")] + accepted(wanted, "rrules")
    left_out = accepted(wanted, "exdates") or [[]]
    found = got.get("rrules") or _listed(got.get("rrule"))
    return any(
        _dates(rules, dates, start) == _dates(found, got.get("exdates"), start)
        for rules in meant
        for dates in left_out
        for start in starts
    )


def _dates(rules: object, left_out: object, start: object) -> list[dt.datetime]:
    """Return the first dates of rules; none when nothing repeats."""
    out = frozenset(dt.date.fromisoformat(str(date)) for date in _listed(left_out))
    texts = tuple(str(rule) for rule in _listed(rules))
    return first_dates(Series(texts, dt.datetime.fromisoformat(str(start)), out)) if texts else []


def _same(wanted: object, got: object) -> bool:
    return wanted == got


def _same_words(wanted: object, got: object) -> bool:
    return _folded(wanted) == _folded(got)


def _folded(words: object) -> str | None:
    return words.strip().casefold() if isinstance(words, str) else None


def _same_list(wanted: object, got: object) -> bool:
    return (wanted or []) == (got or [])


def _same_flag(wanted: object, got: object) -> bool:
    return bool(wanted) == bool(got)


def _same_anchor(wanted: object, got: object) -> bool:
    return (wanted or Anchor.SCHEDULE) == (got or Anchor.SCHEDULE)


def _same_reminders(wanted: object, got: object) -> bool:
    return sorted(map(_reminder, _listed(wanted))) == sorted(map(_reminder, _listed(got)))


def _listed(value: object) -> list[object]:
    if isinstance(value, list):
        return list(value)
    return [] if value is None else [value]


def _reminder(value: object) -> str:
    """Return one spelling for equal reminders: seconds for an offset, a wall time as it is."""
    text = str(value)
    return text if "T" in text and text[0].isdigit() else str(read_duration(text).total_seconds())


def _same_filter(today: dt.date, wanted: object, got: object) -> bool:
    if not isinstance(wanted, dict) or not isinstance(got, dict):
        return wanted is None and got is None
    return _all_there(_plain_filter(wanted), _plain_filter(got), today)


def _plain_filter(filter_: Json) -> Json:
    """Leave out what is the default, and write a bound at the day's edge as that day."""
    plain = {key: value for key, value in filter_.items() if not (value is None or value is False or value == [])}
    if plain.get("status") == Status.OPEN:
        del plain["status"]
    for key, edge in (("due_from", "T00:00"), ("due_to", "T23:59")):
        if isinstance(plain.get(key), str):
            plain[key] = str(plain[key]).removesuffix(edge)
    return plain


def _same_changes(today: dt.date, wanted: object, got: object) -> bool:
    if not isinstance(wanted, dict) or not isinstance(got, dict):
        return wanted is None and got is None
    return _all_there(wanted, got, today)


def _all_there(wanted: Json, got: Json, today: dt.date) -> bool:
    """Tell whether every key wanted is there and right, and nothing else was found; a new rule brings its due with it."""
    named = _plain_names(key.removesuffix(ALT) for key in wanted)
    implied = {"due"} if "rrule" in named and "due" not in named else set()
    return named == _plain_names(got.keys()) - implied and all(judge_keys(wanted, got, today).values())


def _plain_names(keys: Iterable[str]) -> set[str]:
    """Name the keys that spell a rule by one name."""
    return {"rrule" if key in _RULE_KEYS else key for key in keys}


_EQUAL: Mapping[str, Equal] = {
    "intent": _same,
    "title": _same_words,
    "due": _same,
    "end": _same,
    "duration_min": _same,
    "deadline": _same,
    "anchor": _same_anchor,
    "priority": _same,
    "tags": _same_list,
    "reminders": _same_reminders,
    "target": _same_words,
    "needs_confirmation": _same_flag,
    "tags_add": _same_list,
    "tags_remove": _same_list,
    "due_from": _same,
    "due_to": _same,
    "overdue": _same_flag,
    "no_due": _same_flag,
    "status": _same,
    "text": _same_words,
    "sort": _same,
}
_NESTED: Mapping[str, Callable[[dt.date, object, object], bool]] = {"filter": _same_filter, "changes": _same_changes}
