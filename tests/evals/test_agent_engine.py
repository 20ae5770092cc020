"""The agent engine on a real host: that it sees what happens, tells right from wrong, and keeps people apart."""

import datetime as dt
from typing import Any

from evals.case import Case, Dialogue, Moment, Phrase, Turn
from evals.engine import Result
from evals.engines.agent import AgentEngine
from evals.form import Json

NOW = dt.datetime.fromisoformat("2026-11-18T10:15:00-05:00")
MOMENT = Moment(NOW, "America/New_York")


def run(*cases: Case) -> list[Result]:
    return [result for result in AgentEngine().run(cases) if result is not None]


def phrase(name: str, text: str, moment: Moment = MOMENT, **expect: Any) -> Phrase:
    return Phrase(name, "date", moment, text, expect)


def dialogue(tasks: tuple[Json, ...], *turns: Turn) -> Dialogue:
    return Dialogue("t", "dialogue", MOMENT, tasks, turns)


def test_an_added_task_is_judged_by_what_is_stored() -> None:
    right, wrong = run(
        phrase("a", "buy stamps tomorrow", intent="add", title="buy stamps", due="2026-11-19"),
        phrase("b", "buy stamps tomorrow", intent="add", title="buy stamps", due="2026-11-20", priority="high"),
    )
    assert right.passed
    assert set(wrong.verdict.failed) == {"due", "priority"}
    assert wrong.got["due"] == "2026-11-19"


def test_people_of_one_host_see_nothing_of_each_other() -> None:
    results = run(
        phrase("a", "buy stamps", intent="add", title="buy stamps"),
        phrase("b", "done with buy stamps", intent="complete", target="buy stamps"),
        phrase("c", "buy stamps", intent="add", title="buy stamps"),
    )
    assert [result.passed for result in results] == [True, True, True]


def test_a_command_is_judged_by_what_became_of_its_task() -> None:
    moved, kept = run(
        phrase("a", "move dentist to friday", intent="update", target="dentist", changes={"due": "2026-11-20"}),
        phrase("b", "move dentist to friday", intent="update", target="dentist", changes={"due": "2026-11-27"}),
    )
    assert moved.passed
    assert kept.verdict.failed == ("changes",)


def test_talk_is_not_taken_for_a_task() -> None:
    thanks, task = run(
        phrase("a", "thanks!", intent="chat"),
        phrase("b", "thanks!", intent="add", title="thanks"),
    )
    assert thanks.passed
    assert "intent" in task.verdict.failed


def test_a_person_lives_by_their_own_zone_and_preferences() -> None:
    auckland = Moment(NOW, "Pacific/Auckland", prefs={"date_order": "dmy"})
    (result,) = run(phrase("a", "renew visa 3/8/2027", auckland, intent="add", title="renew visa", due="2027-08-03"))
    assert result.passed


def test_a_dialogue_is_judged_turn_by_turn_while_time_passes() -> None:
    standup = {"title": "standup", "due": "2026-11-19T09:00", "rrule": "FREQ=DAILY"}
    next_one = {"title": "standup", "due": "2026-11-20T09:00", "rrule": "FREQ=DAILY"}
    (result,) = run(
        dialogue(
            (standup, {"title": "old", "status": "completed"}, {"title": "gone", "status": "trash"}),
            Turn("done with standup", {"tasks": [next_one], "count": 1, "changed": 1}, dt.timedelta(days=1)),
            Turn("undo", {"tasks": [standup, {"title": "gone", "status": "trash"}], "count": 3, "reply_not": ["x"]}),
        )
    )
    assert result.verdict.failed == ("turn 2 count",)
    assert "turn 1 tasks" in result.verdict.judged


def test_undo_does_not_take_back_what_the_stage_was_set_with() -> None:
    (result,) = run(dialogue(({"title": "rent"},), Turn("undo", {"changed": 0, "tasks": [{"title": "rent"}]})))
    assert result.passed


def test_a_case_that_cannot_be_set_up_fails_with_the_reason() -> None:
    strange = {"title": "x", "due": "2026-11-19", "rrule": "FREQ=DAILY", "exdates": ["2026-11-20"]}
    unknown = phrase("p", "hello", Moment(NOW, "UTC", prefs={"mood": "good"}), intent="chat")
    first, second = run(dialogue((strange,), Turn("hello", {})), unknown)
    assert first.verdict.failed == ("run",)
    assert "exdates" in str(first.got["error"])
    assert "mood" in str(second.got["error"])
