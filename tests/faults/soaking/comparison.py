"""Holds the system to the model: everything that was asked is walked through again in the order of the change log.

Each command must have made exactly the changes that the model makes of it, and answered so; a command that changed nothing
must be right at some place between its request and its answer. Then what is stored, sent and witnessed is compared.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

from tests.faults.soaking.history import Asked, History, Json
from tests.faults.soaking.model import Command, Refusal, State, Work, instant_text, make_next, outcome
from tests.faults.soaking.system import System
from tests.faults.soaking.witnesses import digest_of
from tests.faults.soaking.writing import carry_out

TOPICS = {"task-events", "task-updates"}


class Difference(AssertionError):
    """The system is not as it must be. The message says what differs and how it came about."""


def compare(system: System, history: History, users: Sequence[str], zone: str) -> None:
    """Compare everything. Raises Difference with the first one found."""
    _same("integrity of the file", system.integrity, "ok")
    _same("left over", {name: number for name, number in system.leftovers.items() if number}, {})
    _same("users", set(system.changes) - set(users), set())
    for user in users:
        walk = Walk(user, zone, system, history)
        walk.through()
        walk.compare_what_is_stored()
    changes = [change for rows in system.changes.values() for change in rows]
    _compare_events(system, changes)
    _compare_witness(system, changes)
    commands = {event["id"] for topic, event in system.published if topic == "task-commands"}
    seen = Counter(row["event_id"] for row in system.inbox if row["consumer"] == "tasks")
    _same("commands that the task service did", seen, Counter(dict.fromkeys(commands, 1)))


@dataclass
class Walk:
    """One person's history, walked through from the beginning."""

    user: str
    zone: str
    system: System
    history: History
    state: State = field(init=False)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = State(self.user, self.zone)
        self._rows = self.system.changes.get(self.user, [])
        self._asked = [one for one in self.history.asked if one.user == self.user]
        self._by_id = {one.command_id: one for one in self._asked if one.command_id}
        self._groups = _grouped(self._rows)
        made = {rows[0]["command_id"] for rows in self._groups}
        self._silent = [one for one in self._asked if one.until is not None and one.command_id not in made]
        self._silent = [one for one in self._silent if one.kind != "preferences"]
        self._places = {id(one): self._places_of(one) for one in self._silent}
        self._lost = [one for one in self._asked if one.until is None or one.kind == "preferences"]

    def through(self) -> None:
        """Carry out everything again."""
        numbers = [row["sequence"] for row in self._rows]
        self._check("numbers of changes", numbers, list(range(1, len(numbers) + 1)))
        self._check("the counter", self.system.counters.get(self.user, 0), len(numbers))
        for place, rows in enumerate(self._groups):
            self._check_silent(place)
            self._learn_outcomes(rows)
            self._apply(rows)
            self._note_outcomes()
        self._check_silent(len(self._groups))

    def _apply(self, rows: list[Json]) -> None:
        command_id = rows[0]["command_id"]
        self.told.append(f"{rows[0]['sequence']}: {command_id} {[row['type'] for row in rows]}")
        if rows[0]["channel"] == "recurrence":
            self._apply_next(rows)
            return
        asked = self._by_id.get(command_id) or self._find_lost(rows)
        if asked is None:
            raise self._difference("a command that nobody asked for", rows, None)
        if rows[0]["at"] not in self.history.instants(asked.since, asked.until):
            raise self._difference("instant of a command", rows[0]["at"], asked)
        results = self._carried_out(self.state, asked, rows)
        if asked.answer is not None and asked.kind != "preferences":
            self._check(f"answer to {_line(asked)}", _told(asked.answer), _results(results))

    def _carried_out(self, state: State, asked: Asked, rows: list[Json]) -> list[Any]:
        work = Work(state, rows[0]["at"], rows)
        try:
            results = carry_out(work, asked.kind, asked.body)
        except Refusal as refusal:
            raise self._difference(f"refused by the model ({refusal.code})", _shown(rows), asked) from refusal
        self._compare_steps(work, rows, asked)
        work.end(rows[0]["command_id"], asked.kind)
        return results

    def _apply_next(self, rows: list[Json]) -> None:
        caused_by = rows[0]["snapshot"]["caused_by"]
        work = Work(self.state, rows[0]["at"], rows)
        try:
            make_next(work, caused_by)
        except Refusal as refusal:
            raise self._difference(f"a next task that should not be ({refusal.code})", _shown(rows), None) from refusal
        self._check("id of the command", rows[0]["command_id"], str(uuid5(UUID(caused_by), "recurrence/next/0")))
        self._compare_steps(work, rows, None)
        work.end(rows[0]["command_id"], "recurrence")

    def _compare_steps(self, work: Work, rows: list[Json], asked: Asked | None) -> None:
        found = [(row["type"], row["subject"]) for row in rows]
        expected = [(step.type, step.subject) for step in work.steps]
        if found != expected:
            raise self._difference("changes of a command", {"found": found, "expected": expected}, asked)
        for step, row in zip(work.steps, rows, strict=True):
            differing = _differing(row["snapshot"], step.after)
            if differing:
                raise self._difference(f"{step.type} of {step.subject}: found, expected", differing, asked)
            if step.told is not None and row["type"] == "task.completed":
                told = _differing(row["more"]["series"], step.told)
                if told:
                    raise self._difference("series that a completion tells of", told, asked)
            fields = {name: both for name, both in row["fields"].items() if name in step.after}
            if step.before is not None and fields != _fields(step.before, step.after):
                raise self._difference(f"fields of {step.type}", [fields, _fields(step.before, step.after)], asked)

    def _find_lost(self, rows: list[Json]) -> Asked | None:
        """Return the command without a known answer that made these changes: exactly what the model makes of it."""
        for asked in self._lost:
            if rows[0]["at"] not in self.history.instants(asked.since, asked.until):
                continue
            state = self.state.copy()
            try:
                self._carried_out(state, asked, rows)
            except (Difference, KeyError):
                continue
            self._lost.remove(asked)
            return asked
        return None

    def _check_silent(self, place: int) -> None:
        """Look which of the commands that changed nothing are right at this place of the log; for some it is the last one."""
        for asked in list(self._silent):
            first, last = self._places[id(asked)]
            if first <= place <= last and self._fits(asked):
                self._silent.remove(asked)
            elif place == last:
                raise self._difference("an answer that was right at no time", "", asked)

    def _places_of(self, asked: Asked) -> tuple[int, int]:
        """Return between which places of the log a command was carried out: after what was answered before it was sent."""
        first, last = 0, len(self._groups)
        for place, rows in enumerate(self._groups):
            other = self._by_id.get(rows[0]["command_id"])
            if other is None or other.until is None or asked.until is None:
                continue
            if other.until < asked.since:
                first = place + 1
            if other.since > asked.until:
                last = min(last, place)
        return first, last

    def _fits(self, asked: Asked) -> bool:
        state = self.state.copy()
        work = Work(state, self.history.clock[0][1])
        try:
            results = carry_out(work, asked.kind, asked.body)
        except Refusal as refusal:
            return asked.refusal == refusal.code
        if work.steps or asked.answer is None or _told(asked.answer) != _results(results):
            return False
        self.state.undone = state.undone
        if asked.key is not None and asked.command_id is not None:
            self.state.commands[asked.command_id] = Command(asked.command_id, asked.kind, 0, ())
        return True

    def _learn_outcomes(self, rows: list[Json]) -> None:
        """Take over that nothing more comes of a completion, where the log shows it and it may be so."""
        for row in rows:
            task = self.state.tasks.get(row["subject"])
            if task is None or task["completed_by"] not in self.state.waiting:
                continue
            shown = row["fields"]["next"][0] if "next" in row["fields"] else row["snapshot"]["next"]
            if shown is not None:
                self._settle(task, shown)

    def _settle(self, task: Json, shown: Json) -> None:
        may_be = self.state.waiting[task["completed_by"]].may_be
        if shown["task_id"] is not None or shown["reason"] not in may_be:
            raise self._difference("what came of a completion", {"found": shown, "may be": sorted(may_be)}, None)
        self.state.tasks[task["id"]] = {**task, "next": shown}
        del self.state.waiting[task["completed_by"]]

    def _note_outcomes(self) -> None:
        """Note what may come of each completion at this place."""
        for event_id, one in list(self.state.waiting.items()):
            task = self.state.tasks[one.task["id"]]
            if task["completed_by"] != event_id or task["series_id"] is None or task["next"] is not None:
                del self.state.waiting[event_id]
                continue
            reason, _ = outcome(self.state, one)
            self.state.waiting[event_id] = replace(one, may_be=one.may_be | {reason})

    def compare_what_is_stored(self) -> None:
        """Compare tasks and series as they are at the end."""
        stored = {name: task for name, task in self.system.tasks.items() if task["user_id"] == self.user}
        for one in list(self.state.waiting.values()):
            task = self.state.tasks[one.task["id"]]
            shown = stored.get(task["id"], {}).get("next")
            if shown is None:
                raise self._difference("nothing came of a completion", task, None)
            self._settle(task, shown)
        self._check("ids of tasks", set(stored), set(self.state.tasks))
        for name, task in stored.items():
            differing = _differing(task, self.state.tasks[name])
            if differing:
                raise self._difference(f"task {name}: found, expected", differing, None)
        series = {name: one for name, one in self.system.series.items() if one["user_id"] == self.user}
        self._check("ids of series", set(series), set(self.state.series))
        for name, found in series.items():
            differing = _differing(found, self.state.series[name])
            if differing:
                raise self._difference(f"series {name}: found, expected", differing, None)

    def _check(self, what: str, found: object, expected: object) -> None:
        if found != expected:
            raise self._difference(what, {"found": found, "expected": expected}, None)

    def _difference(self, what: str, differs: object, asked: Asked | None) -> Difference:
        lines = [f"{self.user}: {what}: {json.dumps(differs, default=str, ensure_ascii=False)[:3000]}"]
        if asked is not None:
            lines.append(f"asked: {_line(asked)}")
        lines += ["the log until there:", *self.told[-8:]]
        return Difference("\n".join(lines))


def _grouped(rows: list[Json]) -> list[list[Json]]:
    groups: list[list[Json]] = []
    for row in rows:
        if groups and groups[-1][0]["command_id"] == row["command_id"]:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _differing(found: Json, expected: Json) -> dict[str, list[Any]]:
    """Return the members of which the model knows another value."""
    return {name: [found.get(name), value] for name, value in expected.items() if found.get(name) != value}


def _fields(before: Json, after: Json) -> Json:
    skipped = {"version", "updated_at"}
    return {name: [before[name], after[name]] for name in after if name not in skipped and before[name] != after[name]}


def _results(results: list[Any]) -> list[Any]:
    """Return of each result of the model what an answer tells: the code of a refusal, or the task in short."""
    return [one if isinstance(one, str) else _short(one) for one in results]


def _told(answer: Json) -> list[Any]:
    return [_short(one["task"]) if one["ok"] else one["problem"]["code"] for one in answer["results"]]


def _short(task: Json) -> list[Any]:
    due = task["due"]
    names = ("id", "number", "title", "status", "priority", "version", "tags")
    return [*(task[name] for name in names), due and due["date"], task["deleted_at"] is not None]


def _shown(rows: list[Json]) -> list[Any]:
    return [[row["type"], row["subject"], row["fields"]] for row in rows]


def _line(asked: Asked) -> str:
    return (
        f"{asked.kind} {json.dumps(asked.body)} key={asked.key} -> {json.dumps(asked.answer or asked.refusal)[:1500]}"
    )


def _same(what: str, found: Any, expected: Any) -> None:
    if found != expected:
        if isinstance(found, Counter):
            found, expected = found - expected, expected - found
        raise Difference(f"{what}: found {str(found)[:3000]}, expected {str(expected)[:3000]}")


def _compare_events(system: System, changes: list[Json]) -> None:
    """Each change was published on each of its topics under its one id and with its content; nothing else was."""
    expected = {row["event_id"]: row for row in changes}
    seen: dict[tuple[str, str], Json] = {}
    for topic, event in system.published:
        if topic == "task-commands":
            continue
        first = seen.setdefault((topic, event["id"]), event)
        _same(f"a repetition of event {event['id']}", event, first)
    wanted = {(topic, row["event_id"]) for row in changes for topic in _topics(row)}
    _same("events that no change tells of", sorted(set(seen) - wanted), [])
    _same("changes whose event is missing", sorted(wanted - set(seen)), [])
    for (_, event_id), event in seen.items():
        row, data = expected[event_id], event["data"]
        told = {
            "type": event["type"], "subject": event["subject"], "partition": event["partitionkey"], "time": event["time"],
            "sequence": data["sequence"], "changes": data["changes"], "snapshot": data[row["type"].split(".")[0]],
            "command": data["command_id"], "user": data["user_id"], "audience": data["audience"],
            "correlation": event["correlationid"], "more": {name: data[name] for name in row["more"]},
        }  # fmt: skip
        must = {
            "type": row["type"], "subject": row["subject"], "partition": row["user_id"], "time": instant_text(row["at"]),
            "sequence": row["sequence"], "changes": row["fields"], "snapshot": row["snapshot"],
            "command": row["command_id"], "user": row["user_id"], "audience": [row["user_id"]],
            "correlation": row["correlation_id"], "more": row["more"],
        }  # fmt: skip
        _same(f"event {event_id}", told, must)


def _topics(row: Json) -> set[str]:
    return TOPICS | ({"user-events"} if row["type"] == "preferences.updated" else set())


def _compare_witness(system: System, changes: list[Json]) -> None:
    """The witness saw every event on each topic once, with the content that was published."""
    content = {(topic, event["id"]): digest_of(event) for topic, event in system.published}
    found = Counter((row["topic"], row["event_id"], row["digest"]) for row in system.witness)
    wanted = [(topic, row["event_id"]) for row in changes for topic in _topics(row)]
    _same("events at the witness", found, Counter((*one, content[one]) for one in wanted))
