"""The rate limit: so many requests of a user in a minute, each user apart, and it is said when to go on."""

import pytest

from services.kit.rate_limit import RateLimit
from taskora.domain.errors import TooMany


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_minute_s_worth_can_be_sent_at_once_and_then_one_by_one() -> None:
    time = Seconds()
    limit = RateLimit(6, now=time)
    for _ in range(6):
        limit.take("ada")
    with pytest.raises(TooMany) as refused:
        limit.take("ada")
    assert refused.value.extra == {"retry_after": 10, "limit": 6}
    time.now += 10
    limit.take("ada")
    with pytest.raises(TooMany):
        limit.take("ada")
    time.now += 60
    for _ in range(6):
        limit.take("ada")


def test_a_refused_request_costs_nothing() -> None:
    time = Seconds()
    limit = RateLimit(1, now=time)
    limit.take("ada")
    for _ in range(5):
        with pytest.raises(TooMany):
            limit.take("ada")
    time.now += 60
    limit.take("ada")


def test_users_do_not_share_a_limit() -> None:
    limit = RateLimit(1, now=Seconds())
    for user in ("ada", "bob"):
        limit.take(user)


def test_users_who_rest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.kit.rate_limit._REMEMBERED", 3)
    time = Seconds()
    limit = RateLimit(1, now=time)
    for user in range(100):
        limit.take(str(user))
        time.now += 61
    assert len(limit._full_at) <= 3
