"""The lock on a data folder, between real processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from services.local import lock
from services.local.lock import HostLock
from taskora.domain.errors import FolderUnusable
from tests.waiting import until_now

HOLDER = """
import sys, pathlib
from services.local.lock import HostLock
print(HostLock(pathlib.Path(sys.argv[1])).take(), flush=True)
sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_one_process_gets_the_lock_and_others_see_that_it_is_held(tmp_path: Path) -> None:
    mine = HostLock(tmp_path / "new" / "folder")
    assert lock.is_held(tmp_path / "new" / "folder") is False
    assert mine.take() is True
    assert lock.is_held(tmp_path / "new" / "folder") is True
    with holder(tmp_path / "new" / "folder") as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "False\n"
        other.communicate("")
    mine.release()
    assert lock.is_held(tmp_path / "new" / "folder") is False


def test_a_killed_holder_leaves_the_lock_free(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert lock.is_held(tmp_path)
        other.kill()
    assert until_now(lambda: not lock.is_held(tmp_path))
    assert HostLock(tmp_path).take() is True


def test_the_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    HostLock(tmp_path / "data").take()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(FolderUnusable) as refused:
        HostLock(tmp_path / "file" / "data").take()
    assert str(tmp_path / "file" / "data") in refused.value.sentence
    assert "TASKORA_DATA_DIR" in refused.value.sentence
