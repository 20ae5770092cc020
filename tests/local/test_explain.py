"""`taskora explain`, by a real process: what a line is read as, with reasons, without a host."""

import subprocess
from pathlib import Path

from tests.hosts import TASKORA


def test_explain_shows_pieces_reasons_and_commands_and_starts_no_host(tmp_path: Path) -> None:
    done = subprocess.run(
        [TASKORA, "explain", "learn Bloody Sunday tomorrow p1"],
        env={"TASKORA_DATA_DIR": str(tmp_path), "TASKORA_ZONE": "Europe/London", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "✓ date      0.90  “tomorrow”" in done.stdout
    assert "· date      0.20  “Sunday”" in done.stdout
    assert "title        learn Bloody Sunday" in done.stdout
    assert list(tmp_path.iterdir()) == []
