"""host.json, as a client finds it."""

from importlib.metadata import version
from pathlib import Path

import pytest

from services.local import host_file, launch
from services.local.host_file import HostRecord

RECORD = HostRecord(port=8710, pid=4711, version="0.1.0", key="a key")


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    host_file.write(tmp_path, RECORD)
    assert host_file.read(tmp_path) == RECORD
    assert [path.name for path in tmp_path.iterdir()] == ["host.json"]


def test_only_the_owner_may_read_it_and_its_key_is_never_shown(tmp_path: Path) -> None:
    host_file.write(tmp_path, RECORD)
    assert (tmp_path / "host.json").stat().st_mode & 0o777 == 0o600
    assert "a key" not in repr(RECORD)


def test_a_left_over_of_a_broken_write_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "host.json.new").write_text("half")
    host_file.write(tmp_path, RECORD)
    assert host_file.read(tmp_path) == RECORD


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"port": 1}', '{"port": "x", "pid": 1, "version": "1", "key": "k"}']
)
def test_a_record_that_cannot_be_read_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "host.json").write_text(content)
    assert host_file.read(tmp_path) is None


def test_removing_what_is_gone_is_no_error(tmp_path: Path) -> None:
    host_file.write(tmp_path, RECORD)
    host_file.remove(tmp_path)
    host_file.remove(tmp_path)
    assert host_file.read(tmp_path) is None


def test_the_version_is_the_one_that_is_installed() -> None:
    assert launch.own_version() == version("taskora")
