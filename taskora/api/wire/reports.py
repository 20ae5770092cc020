"""What is told about many tasks at once, or about what was done: the overview, the dates of a series, the activity."""

import datetime as dt

from taskora.api.wire.answers import Answered, Due, Tag, Task


class Overview(Answered):
    """How things stand. `now` is in the user's zone; all but `completed_today` count open tasks.

    `due_today` and `due_week` count the whole day and the user's whole week, what is overdue in them included. `tags` are the
    20 that most open tasks have. `attention` holds the overdue tasks, then those due today, each in the order of their time.
    """

    now: dt.datetime
    zone: str
    today: dt.date
    open: int
    overdue: int
    due_today: int
    due_week: int
    no_due: int
    repeating: int
    urgent: int
    completed_today: int
    tags: list[Tag]
    attention: list[Task]


class Dates(Answered):
    """The next dates of a series, after that of its open task, as they come if each is completed on its day.

    `text` is its rule in words. `ends`: no date follows those shown.
    """

    task_id: str
    dates: list[Due]
    text: str
    ends: bool


class NamedTask(Answered):
    """The task that a change is about, under its title of then."""

    id: str
    number: int
    title: str


class Activity(Answered):
    """One change in words. `at` is in the user's zone, `at_text` the same for people.

    `actor` is `user`, `agent` or `system`, in words "you", "the agent" or "Taskora". `text` is one line such as "moved from
    Fri 20 Nov to Mon 23 Nov". `undone`: the command that made it was taken back.
    """

    sequence: int
    at: dt.datetime
    at_text: str
    actor: str
    actor_text: str
    channel: str
    command_id: str
    type: str
    task: NamedTask | None = None
    text: str
    undone: bool = False


class ActivityPage(Answered):
    """Changes, the newest first."""

    activity: list[Activity]
    next_cursor: str | None = None
