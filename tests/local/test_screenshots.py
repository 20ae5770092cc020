"""The pictures of the terminal: made by a command, complete, and asking nobody for anything."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.local import screenshots

ROOT = Path(__file__).parents[2]
SHOWN = {
    "terminal": ("call the dentist", "every month on the 1st", "Fri 27 Nov, 15:00"),
    "narrow": ("standup", "every weekday at 09:00"),
    "explain": ("except july", "every month on the 1st except in Jul"),
    "chat": ("water the plants", "Shall I?", "new task “call mom”"),
}


def test_every_picture_is_made_and_shown_in_the_documents() -> None:
    assert set(SHOWN) == set(screenshots.scenes())
    documents = (ROOT / "README.md").read_text() + (ROOT / "docs" / "terminal.md").read_text()
    for name in SHOWN:
        assert f"images/{name}.svg" in documents


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_is_whole_and_asks_nobody_for_anything(name: str) -> None:
    document = (ROOT / screenshots.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    text = " ".join(" ".join(ElementTree.fromstring(document).itertext()).split())  # noqa: S314  our own file
    for words in SHOWN[name]:
        assert all(word in text for word in words.split()), words
    assert set(re.findall(r"https?://[^\"' )<]+", document)) == {"http://www.w3.org/2000/svg"}


@pytest.mark.timeout(300)
def test_the_pictures_are_drawn_by_real_commands(tmp_path: Path) -> None:
    screenshots.record(tmp_path)
    for name in SHOWN:
        fresh = (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
        assert fresh.count("<text") > 5
        assert ElementTree.fromstring(fresh).tag.endswith("svg")  # noqa: S314  our own file
