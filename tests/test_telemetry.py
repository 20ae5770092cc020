"""The log: JSON lines with the correlation id, and never a reason to fail."""

import json
import subprocess
import sys

PROGRAM = """
import logging, structlog
from taskora import telemetry
telemetry.set_up("INFO")
log = structlog.get_logger()
log.debug("unseen")
with telemetry.correlated("c-1"):
    log.info("ours", task="t-1")
    logging.getLogger("library").warning("theirs")
    try:
        raise ValueError("a defect")
    except ValueError:
        log.exception("failed")
print("went on")
"""


def run(stderr: int | None = None) -> subprocess.CompletedProcess[str]:
    output = subprocess.PIPE if stderr is None else stderr
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=output, text=True, check=True, timeout=60
    )


def test_every_line_is_json_with_level_time_and_correlation_id() -> None:
    lines = [json.loads(line) for line in run().stderr.splitlines()]
    assert [(line["event"], line["level"]) for line in lines] == [
        ("ours", "info"),
        ("theirs", "warning"),
        ("failed", "error"),
    ]
    assert {line["correlation_id"] for line in lines} == {"c-1"}
    assert all("timestamp" in line for line in lines)
    assert lines[0]["task"] == "t-1"
    assert "ValueError: a defect" in lines[2]["exception"]


def test_a_full_disk_costs_the_line_and_not_the_work() -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123  a device, no file
        assert run(full.fileno()).stdout == "went on\n"
