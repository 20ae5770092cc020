"""What operators ask of a host over HTTP: dead letters, replays. Wire models only; the routes: `services.kit.operations`."""

import datetime as dt
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

BASE = "/ops"
AUDIENCE = "ops"
SCOPE = "operate"


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DeadLetterLine(BaseModel):
    """An event that got stuck: a consumer could not handle it, or (`consumer` is null) the broker refused it."""

    id: str
    consumer: str | None
    topic: str
    event_id: str
    type: str
    user_id: str
    reason: str
    attempts: int
    at: dt.datetime | None


class DeadLetterPage(BaseModel):
    """The first of the stuck events, in the order in which they got stuck, and how many there are."""

    dead_letters: list[DeadLetterLine]
    dead: int
    parked: int


class DeadLetterDetail(DeadLetterLine):
    """A stuck event with its envelope; a text where it is no JSON."""

    event: Any


class ReplayDeadLetters(_Asked):
    """Which of them shall be delivered again: those of these ids, or all."""

    ids: list[str] = Field(default_factory=list, max_length=1000)
    all: bool = False


class ReplayedLetter(BaseModel):
    """What became of one."""

    id: str
    ok: bool
    detail: str = ""


class ReplayedLetters(BaseModel):
    """What became of each."""

    results: list[ReplayedLetter]


class ReplayChanges(_Asked):
    """Hand the events of past changes to one consumer: of all users or one, of all time or since an instant."""

    consumer: str = Field(min_length=1, max_length=100)
    user: str | None = Field(default=None, min_length=1, max_length=255)
    since: AwareDatetime | None = None


class ReplayedChanges(BaseModel):
    """How many events were handed over."""

    consumer: str
    events: int
