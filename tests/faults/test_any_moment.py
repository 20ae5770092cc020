"""A host that is killed at any moment, again and again, while somebody works: what was answered stays, nothing comes twice."""

import random
import threading
from pathlib import Path

from tests.faults.house import House, living
from tests.faults.ledger import assert_nothing_lost_or_doubled

KILLS = 6


def test_work_goes_on_through_kills_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(11)  # noqa: S311  the same moments in every run, as far as the machine keeps time
    answered: dict[str, str] = {}
    with living(House(tmp_path)) as house:
        for number in range(KILLS):
            killer = threading.Timer(chance.uniform(0.01, 0.3), house.kill)
            killer.start()
            for one in range(6):
                name = f"water plant {number} {one}"
                item = {"title": name, "when": "today 9am", "repeat": "every day"}
                created = house.insist("/tasks", {"items": [item]}, f"add {name}")
                task = created["results"][0]["task"]["id"]
                house.insist("/tasks/complete", {"items": [{"task": task}]}, f"done {name}")
                answered[task] = name
            killer.join()
            house.revive()
        house.drain()
        stored = house.rows("SELECT * FROM tasks_task")
        completed = {row["id"]: row for row in stored if row["status"] == "completed"}
        assert {key: row["title"] for key, row in completed.items()} == answered
        following = [row for row in stored if row["status"] == "open"]
        assert sorted(row["predecessor_id"] for row in following) == sorted(answered)
        assert_nothing_lost_or_doubled(house)
