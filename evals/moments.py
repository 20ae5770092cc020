"""Turns the moment of a case into what the product takes: the reader's context and the user's preferences."""

import dataclasses
import datetime as dt

from pydantic import ValidationError

from evals.case import Moment
from taskora.api.wire import PreferencesEdit
from taskora.domain.due import local_datetime
from taskora.domain.preferences import Preferences
from taskora.nlu.reading import Context


class UnknownPreference(ValueError):
    """A case sets a preference that Taskora does not have, or to a value it cannot have."""


def context_of(moment: Moment) -> Context:
    """Return the context in which the words are read. Raises UnknownPreference."""
    chosen = chosen_by(moment).model_dump(exclude_unset=True)
    return Context(moment.now, dataclasses.replace(Preferences(), **chosen))


def chosen_by(moment: Moment) -> PreferencesEdit:
    """Return what the user of a case has chosen. Raises UnknownPreference."""
    locale = {"locale": moment.locale} if moment.locale is not None else {}
    try:
        return PreferencesEdit.model_validate({**moment.prefs, **locale, "zone": moment.tz})
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise UnknownPreference(f"prefs: {faults}") from error


def local_day(moment: Moment) -> dt.date:
    """Return the day on which the words are said, at the user's place."""
    return local_datetime(moment.now, moment.tz).date()
