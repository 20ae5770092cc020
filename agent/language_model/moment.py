"""The moment and the person's choices as a language model is told them, with the weekday, which models get wrong alone."""

import datetime as dt
from importlib.resources import files
from zoneinfo import ZoneInfo

from agent.language_model.guard import text_of
from agent.speaking.facts import Choices, read
from agent.tools import LineTools
from taskora.domain.preferences import DateOrder, Preferences, WeekStart
from taskora.nlu.reading import Context

INSTRUCTIONS = "instructions.md"


async def preferences(tools: LineTools) -> Preferences:
    """Return the person's preferences by which words are read, the defaults when they cannot be had."""
    chosen = read(Choices, text_of(await tools.try_out("preferences", {})))
    if chosen is None:
        return Preferences()
    return Preferences(
        zone=chosen.zone,
        locale=chosen.locale,
        week_start=WeekStart(chosen.week_start),
        date_order=DateOrder(chosen.date_order),
        all_day_time=dt.time.fromisoformat(chosen.all_day_time),
    )


def instructions(context: Context) -> str:
    """Return what the model is told before the conversation."""
    chosen = context.preferences
    now = context.now.astimezone(ZoneInfo(chosen.zone))
    text = files("agent.language_model").joinpath(INSTRUCTIONS).read_text(encoding="utf-8")
    return text.format(
        now=f"{now:%A, {now.day} %B %Y, %H:%M}", zone=chosen.zone, week_start=chosen.week_start.capitalize()
    )
