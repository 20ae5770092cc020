"""Priorities, tags and notes in a line."""

import pytest

from tests.nlu.saying import parts, title_and_due

PRIORITIES = (
    ("reply to email asap", "reply to email", None, {"priority": "urgent"}),
    ("pay fine urgent", "pay fine", None, {"priority": "urgent"}),
    ("urgent: fix production bug", "fix production bug", None, {"priority": "urgent"}),
    ("!!! call the lawyer", "call the lawyer", None, {"priority": "urgent"}),
    ("buy milk p3", "buy milk", None, {"priority": "medium"}),
    ("clean desk low priority", "clean desk", None, {"priority": "low"}),
    ("high priority: submit the grant", "submit the grant", None, {"priority": "high"}),
    ("submit the grant, high priority, by friday", "submit the grant", "2026-11-20", {"priority": "high"}),
    ("do taxes due:friday pri:H", "do taxes", "2026-11-20", {"priority": "high"}),
    ("buy batteries asap please", "buy batteries", None, {"priority": "urgent"}),
    ("pay electric bill p1 friday", "pay electric bill", "2026-11-20", {"priority": "urgent"}),
    ("p2 pay electric bill", "pay electric bill", None, {"priority": "high"}),
    ("pay electric bill !1", "pay electric bill", None, {"priority": "low"}),
    ("pay electric bill !high", "pay electric bill", None, {"priority": "high"}),
    ("pay electric bill !!", "pay electric bill", None, {"priority": "high"}),
    ("pay electric bill priority 1", "pay electric bill", None, {"priority": "urgent"}),
    ("pay electric bill priority: low", "pay electric bill", None, {"priority": "low"}),
    ("pay electric bill with high priority", "pay electric bill", None, {"priority": "high"}),
    ("pay electric bill as high priority tomorrow", "pay electric bill", "2026-11-19", {"priority": "high"}),
    ("pay electric bill, it's urgent", "pay electric bill", None, {"priority": "urgent"}),
    ("urgently call the vet", "call the vet", None, {"priority": "urgent"}),
    ("urgent call the vet", "call the vet", None, {"priority": "urgent"}),
    ("top priority: call the vet", "call the vet", None, {"priority": "urgent"}),
    ("low prio sort the photos", "sort the photos", None, {"priority": "low"}),
)


@pytest.mark.requirement("R-002")
@pytest.mark.parametrize(("text", "title", "due", "said"), PRIORITIES)
def test_a_priority_in_words_or_signs_is_read(text: str, title: str, due: str | None, said: dict[str, object]) -> None:
    assert title_and_due(text) == (title, due)
    assert parts(text) == said


TAGS = (
    ("plan trip #travel @fun", "plan trip", None, {"tags": ["travel", "fun"]}),
    ("buy paint tagged home", "buy paint", None, {"tags": ["home"]}),
    ("buy paint tagged home and diy tomorrow", "buy paint", "2026-11-19", {"tags": ["home", "diy"]}),
    ("call bank with tags finance, urgent-stuff", "call bank", None, {"tags": ["finance", "urgent-stuff"]}),
    ("add task: buy batteries #home", "buy batteries", None, {"tags": ["home"]}),
    ("sort the photos low prio @home", "sort the photos", None, {"priority": "low", "tags": ["home"]}),
    (
        "sort the photos p4 #family #photos on sunday",
        "sort the photos",
        "2026-11-22",
        {"priority": "low", "tags": ["family", "photos"]},
    ),
    ("sort photos *home *fun", "sort photos", None, {"tags": ["home", "fun"]}),
    ("sort photos %home", "sort photos", None, {"tags": ["home"]}),
    ("sort photos tag home", "sort photos", None, {"tags": ["home"]}),
    ("sort photos with tag home", "sort photos", None, {"tags": ["home"]}),
    ("sort photos tagged as home", "sort photos", None, {"tags": ["home"]}),
    (
        "sort photos tagged home, family and fun by friday",
        "sort photos",
        "2026-11-20",
        {"tags": ["home", "family", "fun"]},
    ),
    ("sort photos labels: home, family", "sort photos", None, {"tags": ["home", "family"]}),
    ("sort photos labeled home", "sort photos", None, {"tags": ["home"]}),
    ("sort photos tags home family", "sort photos", None, {"tags": ["home", "family"]}),
    ("email @sarah about lunch", "email about lunch", None, {"tags": ["sarah"]}),
)


@pytest.mark.requirement("R-003")
@pytest.mark.parametrize(("text", "title", "due", "said"), TAGS)
def test_tags_are_read_in_order(text: str, title: str, due: str | None, said: dict[str, object]) -> None:
    assert title_and_due(text) == (title, due)
    assert parts(text) == said


NOTES = (
    ("buy gift // she likes blue", "buy gift", None, {"note": "she likes blue"}),
    (
        "buy gift tomorrow note: she likes blue on friday",
        "buy gift",
        "2026-11-19",
        {"note": "she likes blue on friday"},
    ),
)


@pytest.mark.parametrize(("text", "title", "due", "said"), NOTES)
def test_nothing_is_parsed_behind_the_mark_of_a_note(
    text: str, title: str, due: str | None, said: dict[str, object]
) -> None:
    assert title_and_due(text) == (title, due)
    assert parts(text) == said
