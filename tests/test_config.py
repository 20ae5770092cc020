"""The settings, as they are read from variables."""

import dataclasses
from pathlib import Path

import pytest

from taskora.config import Settings
from taskora.domain.errors import CannotStart


def test_without_variables_every_setting_has_its_default() -> None:
    assert Settings.read({}) == Settings()
    assert Settings.read({"TASKORA_PORT": "", "TASKORA_ZONE": " "}) == Settings()


def test_variables_change_the_settings_and_give_them_to_another_process() -> None:
    given = {
        "TASKORA_DATA_DIR": "/tmp/data",  # noqa: S108  a name, nothing is written
        "TASKORA_PORT": "9000",
        "TASKORA_ZONE": "Europe/Berlin",
        "TASKORA_CLOCK_FILE": "/tmp/clock",  # noqa: S108  a name, nothing is written
        "TASKORA_BODY_LIMIT": "1000",
        "TASKORA_REQUEST_WAIT": "0.5",
        "TASKORA_DELIVERY_ATTEMPTS": "3",
        "TASKORA_DELIVERY_PAUSE": "1.5",
        "TASKORA_LOG_LEVEL": "debug",
    }
    settings = Settings.read(given)
    assert (settings.data_dir, settings.port, settings.log_level) == (Path("/tmp/data"), 9000, "DEBUG")  # noqa: S108
    assert Settings.read(settings.environment()) == settings


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("TASKORA_PORT", "http", "1 to 65535"),
        ("TASKORA_PORT", "70000", "1 to 65535"),
        ("TASKORA_ZONE", "Mars/Olympus", "IANA"),
        ("TASKORA_BODY_LIMIT", "0", "above 0"),
        ("TASKORA_REQUEST_WAIT", "soon", "seconds"),
        ("TASKORA_LOG_LEVEL", "loud", "DEBUG"),
    ],
)
def test_a_variable_that_cannot_be_read_is_named_with_what_is_accepted(name: str, value: str, accepted: str) -> None:
    with pytest.raises(CannotStart) as refused:
        Settings.read({name: value})
    assert name in refused.value.sentence
    assert accepted in refused.value.sentence


def test_every_setting_says_what_it_is_for() -> None:
    assert all(len(field.metadata["description"]) > 20 for field in dataclasses.fields(Settings))
