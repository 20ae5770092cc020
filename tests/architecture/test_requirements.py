"""The manifest: what docs/requirements.md calls proved has a test, and no test names what it calls open."""

import re
from collections.abc import Iterator
from pathlib import Path

ROW = re.compile(r"^\| (R-\d{3}) \| (proved|open) \|", re.MULTILINE)
MARK = re.compile(r"mark\.requirement\(([^)]*)\)")
LAST = 129


def manifest() -> dict[str, str]:
    """Return each id's state."""
    return dict(ROW.findall(Path("docs/requirements.md").read_text()))


def named_by_tests() -> Iterator[tuple[str, Path]]:
    """Return each id that a test carries, with its module."""
    for path in sorted(Path("tests").rglob("test_*.py")):
        for marks in MARK.findall(path.read_text()):
            for identifier in re.findall(r"R-\d{3}", marks):
                yield identifier, path


def test_every_requirement_is_listed_once() -> None:
    listed = [identifier for identifier, _ in ROW.findall(Path("docs/requirements.md").read_text())]
    assert listed == [f"R-{number:03}" for number in range(1, LAST + 1)]


def test_what_is_proved_has_a_test() -> None:
    proved = {identifier for identifier, state in manifest().items() if state == "proved"}
    assert proved - {identifier for identifier, _ in named_by_tests()} == set()


def test_no_test_names_an_open_requirement() -> None:
    state = manifest()
    early = [f"{path}: {identifier}" for identifier, path in named_by_tests() if state.get(identifier) != "proved"]
    assert early == []
