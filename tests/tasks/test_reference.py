"""docs/api.md is what the code makes of it, and names every route, every value and every problem."""

import re
from pathlib import Path

import pytest

from services.tasks.description import DESCRIBED
from services.tasks.reference import FILE, page, write
from taskora.api import wire
from taskora.domain import errors


@pytest.fixture(scope="module")
def text() -> str:
    return page()


def test_the_reference_says_what_the_code_says(text: str) -> None:
    assert FILE.read_text(encoding="utf-8") == text, "run `python -m services.tasks.reference`"


def test_every_route_has_a_section(text: str) -> None:
    for method, path in DESCRIBED:
        assert f"\n### {method} /api/v1{path}\n" in text


def test_every_link_has_its_heading(text: str) -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", line.removeprefix("### ").lower()).replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("### ")
    }
    linked = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert len(linked) > len(DESCRIBED)
    assert linked <= headings


def test_every_filter_and_every_problem_is_named(text: str) -> None:
    for name in wire.TaskQuery.model_fields:
        assert f"| `{name}` | query |" in text
    for kind in (errors.NotFound, errors.PreconditionFailed, errors.TooMany, errors.StorageBusy):
        assert f"`{kind.code}`" in text


def test_it_can_be_written_elsewhere(tmp_path: Path, text: str) -> None:
    write(tmp_path / "api.md")
    assert (tmp_path / "api.md").read_text(encoding="utf-8") == text
