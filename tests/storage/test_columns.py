"""Instants are aware and UTC in the database, and sort there as they do here."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, MetaData, Table, create_engine, insert, select
from sqlalchemy.exc import StatementError

from taskora.storage.columns import UtcDateTime, to_json

TABLE = Table("t", MetaData(), Column("at", UtcDateTime))
BERLIN = ZoneInfo("Europe/Berlin")


def kept(instants: list[dt.datetime], after: dt.datetime | None = None) -> list[dt.datetime]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        TABLE.create(connection)
        connection.execute(insert(TABLE), [{"at": at} for at in instants])
        query = select(TABLE.c.at).order_by(TABLE.c.at)
        rows = connection.execute(query if after is None else query.where(TABLE.c.at > after))
        found = [row.at for row in rows]
    engine.dispose()
    return found


def test_instants_come_back_in_utc_in_the_order_in_which_they_happened() -> None:
    first = dt.datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    again = first.replace(fold=1)  # an hour later, when the clocks went back
    later = dt.datetime(2026, 10, 25, 1, 30, 0, 1, tzinfo=dt.UTC)
    found = kept([later, again, first])
    assert found == [first.astimezone(dt.UTC), again.astimezone(dt.UTC), later]
    assert {at.tzinfo for at in found} == {dt.UTC}


def test_instants_compare_across_zones() -> None:
    noon = dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC)
    at = [noon - dt.timedelta(microseconds=1), noon, noon + dt.timedelta(microseconds=1)]
    assert kept(at, after=noon.astimezone(BERLIN)) == at[2:]


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(StatementError, match="offset"):
        kept([dt.datetime(2026, 7, 1, 12)])  # noqa: DTZ001  that is the mistake


def test_json_is_compact_and_keeps_characters_and_refuses_what_json_does_not_know() -> None:
    assert to_json({"b": "Büro ☕", "a": [1, None]}) == '{"b":"Büro ☕","a":[1,null]}'
    with pytest.raises(ValueError, match="JSON"):
        to_json(float("nan"))
