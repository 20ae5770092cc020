"""Carries out a command: one transaction with its rows, its changes and its events, and one answer per item.

Above: the routes. What has to be read or understood was done before: the transaction begins by locking the user's counter
row. An idempotency key gives the first answer again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from services.tasks import render
from services.tasks.steps import Caller, new_id
from services.tasks.store import commands, users
from services.tasks.store.commands import CommandRecord
from services.tasks.work import Done, Item, Numbers, Work
from taskora import telemetry
from taskora.domain.actor import Principal
from taskora.domain.errors import KeyReused, Refused
from taskora.domain.preferences import Preferences
from taskora.runtime.ports import Clock
from taskora.storage.database import Database
from taskora.storage.unit_of_work import UnitOfWork

Answer = dict[str, Any]
Plan = Callable[[Work], Sequence[Item | Refused]]
"""Gives the items of a command once its transaction has begun; an item that was refused before is passed through."""


@dataclass(frozen=True, slots=True)
class Order:
    """A command as it was asked for. `fingerprint` tells two requests with the same key apart.

    `dry_run`: it is worked out and answered, and nothing of it is kept; it has no key. `read_with` are the preferences with
    which its words were read.
    """

    principal: Principal
    kind: str
    correlation_id: str
    key: str | None = None
    fingerprint: str | None = None
    dry_run: bool = False
    read_with: Preferences | None = None


class OtherPreferences(Exception):
    """The words of a command were read with preferences that the user does not have any more. Nothing was done."""


class _Undone(Exception):
    """Undoes a transaction whose answer is given all the same."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


class Commands:
    """Runs commands against one database under one clock. `defaults` are the preferences of a user who chose none."""

    def __init__(self, database: Database, clock: Clock, defaults: Preferences) -> None:
        self._database = database
        self._clock = clock
        self._defaults = defaults

    async def batch(self, order: Order, plan: Plan, *, atomic: bool = False) -> Answer:
        """Carry out the items of a plan and return one result for each (see `run` for what it raises).

        `atomic`: all of them or none.
        """
        act = _results_of_all if atomic else _results
        return await self.run(order, lambda work: act(work, plan, keyed=order.key is not None))

    async def run(self, order: Order, act: Callable[[Work], Answer]) -> Answer:
        """Return the answer of `act` once everything is durable.

        Raises KeyReused, OtherPreferences, what `act` raises, and what the database raises when it can't take it; then
        nothing was changed.
        """
        caller = Caller(order.principal, new_id(), order.correlation_id, self._clock.now(), telemetry.traceparent())
        try:
            return await self._database.write(lambda unit: self._act(unit, order, caller, act))
        except _Undone as undone:
            return _tried(undone.answer) if order.dry_run else undone.answer

    def _act(self, unit: UnitOfWork, order: Order, caller: Caller, act: Callable[[Work], Answer]) -> Answer:
        user = users.lock(unit.connection, order.principal.user_id, self._defaults)
        if order.key is not None:
            first = commands.answer_of_key(unit.connection, user.user_id, order.key)
            if first is not None:
                return _again(first, order)
        if order.read_with not in {None, user.preferences}:
            raise OtherPreferences
        work = Work(unit, user, caller)
        answer = act(work)
        numbers = work.announce()
        if order.dry_run:
            raise _Undone(answer)
        if numbers.last or order.key is not None:
            commands.keep(unit, _record(order, caller, numbers, answer))
        return answer


def _results(work: Work, plan: Plan, *, keyed: bool) -> Answer:
    """Carry out the items. A single one needs no savepoint, unless its refusal is to be kept under a key."""
    items = plan(work)
    alone = len(items) == 1 and not keyed
    results = [_result(work, item, alone=alone) for item in items]
    return {"command_id": work.caller.command_id, **work.facts, "results": results}


def _results_of_all(work: Work, plan: Plan, *, keyed: bool) -> Answer:  # noqa: ARG001  the signature of `_results`
    """Carry out all items or none, and say of each what became of it."""
    outcomes = work.all_or_none(plan(work))
    results = [_refused(one, work) if isinstance(one, Refused) else _done(one, work) for one in outcomes]
    return {"command_id": work.caller.command_id, **work.facts, "results": results}


def _tried(answer: Answer) -> Answer:
    """Say of an answer that nothing was done: there is no command that could be taken back."""
    return {**answer, "dry_run": True} | {name: None for name in answer if name == "command_id"}


def _again(first: tuple[str, Answer], order: Order) -> Answer:
    fingerprint, answer = first
    if fingerprint != order.fingerprint:
        raise KeyReused(field="Idempotency-Key")
    return answer


def _result(work: Work, item: Item | Refused, *, alone: bool) -> Answer:
    """Carry out one item and return its answer; a refusal of one that is alone undoes the whole transaction."""
    if not alone:
        outcome = item if isinstance(item, Refused) else work.attempt(item)
        return _refused(outcome, work) if isinstance(outcome, Refused) else _done(outcome, work)
    try:
        if isinstance(item, Refused):
            raise item
        return _done(item(work), work)
    except Refused as refusal:
        answer = {"command_id": work.caller.command_id, **work.facts, "results": [_refused(refusal, work)]}
        raise _Undone(answer) from refusal


def _done(done: Done, work: Work) -> Answer:
    return {
        "ok": True,
        "task": render.task(done.task, done.series, work.user.zone),
        "assumptions": list(done.assumptions),
        "left": list(done.left),
    }


def _refused(refusal: Refused, work: Work) -> Answer:
    return {"ok": False, "problem": render.problem(refusal, work.user.zone)}


def _record(order: Order, caller: Caller, numbers: Numbers, answer: Answer) -> CommandRecord:
    return CommandRecord(
        id=caller.command_id,
        user_id=order.principal.user_id,
        kind=order.kind,
        actor=order.principal.actor,
        channel=order.principal.channel,
        at=caller.now,
        first_sequence=numbers.first,
        last_sequence=numbers.last,
        key=order.key,
        fingerprint=order.fingerprint,
        answer=None if order.key is None else answer,
    )
