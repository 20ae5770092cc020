"""What must hold of a house after any death: numbers without a hole, one event for each change, nothing left over."""

import json

from tests.faults.house import House, Row


def assert_nothing_lost_or_doubled(house: House) -> None:
    """Compare the change log with what was published, and look for leftovers."""
    changes = house.rows("SELECT * FROM tasks_change ORDER BY sequence")
    assert [change["sequence"] for change in changes] == list(range(1, len(changes) + 1))
    (counter,) = house.rows("SELECT sequence FROM tasks_user")
    assert counter["sequence"] == len(changes)
    for topic in ("task-events", "task-updates"):
        assert_one_event_for_each_change(changes, house.published(topic))
    assert house.rows("SELECT * FROM tasks_outbox") == []
    assert house.rows("SELECT * FROM broker_delivery") == []
    assert house.rows("SELECT * FROM broker_dead_letter") == []


def assert_one_event_for_each_change(changes: list[Row], published: list[Row]) -> None:
    """Every change was told under its one id; a repetition said the very same."""
    by_id: dict[str, Row] = {}
    for event in published:
        assert by_id.setdefault(event["id"], event) == event
    assert set(by_id) == {change["event_id"] for change in changes}
    for change in changes:
        event = by_id[change["event_id"]]
        assert event["type"] == change["type"]
        assert event["subject"] == change["subject"]
        assert event["data"]["sequence"] == change["sequence"]
        assert event["data"]["changes"] == json.loads(change["fields"])
