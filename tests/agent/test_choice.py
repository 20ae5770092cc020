"""The settings of models."""

import dataclasses

import pytest

from agent.language_model.choice import chosen
from taskora.config import Settings
from taskora.domain.errors import CannotStart

GIVEN = {"TASKORA_MODEL_URL": "http://127.0.0.1:11434/v1", "TASKORA_MODEL_NAME": "qwen3", "TASKORA_MODEL_KEY": "k-42"}


def test_without_settings_there_is_no_model() -> None:
    assert chosen(Settings.read({})) is None
    assert chosen(Settings.read({"TASKORA_MODEL_NAME": "qwen3", "TASKORA_MODEL_KEY": "k-42"})) is None


def test_an_address_and_a_name_choose_a_model_that_gets_what_the_rules_do_not_cover() -> None:
    choice = chosen(Settings.read(GIVEN))
    assert choice is not None
    assert (choice.url, choice.name, choice.key, choice.always) == (
        GIVEN["TASKORA_MODEL_URL"],
        "qwen3",
        "k-42",
        False,
    )


def test_an_address_without_a_name_is_refused() -> None:
    with pytest.raises(CannotStart) as refused:
        chosen(Settings.read({"TASKORA_MODEL_URL": GIVEN["TASKORA_MODEL_URL"]}))
    assert "TASKORA_MODEL_NAME" in refused.value.sentence


def test_the_key_is_never_shown() -> None:
    settings = Settings.read(GIVEN)
    assert "k-42" not in repr(settings) + repr(chosen(settings))
    assert next(field for field in dataclasses.fields(Settings) if field.name == "model_key").metadata["secret"]


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("TASKORA_MODEL_URL", "localhost:11434", "http://"),
        ("TASKORA_MODEL_USE", "sometimes", "hybrid or always"),
        ("TASKORA_MODEL_PRICE_IN", "-1", "0 or above"),
        ("TASKORA_MODEL_REQUESTS", "0", "above 0"),
        ("TASKORA_MODEL_STREAM", "maybe", "true or false"),
    ],
)
def test_a_setting_of_a_wrong_form_is_named_with_what_is_accepted(name: str, value: str, accepted: str) -> None:
    with pytest.raises(CannotStart) as refused:
        Settings.read({name: value})
    assert name in refused.value.sentence
    assert accepted in refused.value.sentence


def test_a_model_costs_by_the_million_tokens() -> None:
    choice = chosen(Settings.read(GIVEN | {"TASKORA_MODEL_PRICE_IN": "2", "TASKORA_MODEL_PRICE_OUT": "10"}))
    assert choice is not None
    assert choice.cost(500_000, 100_000) == pytest.approx(2.0)
