"""Orders about preferences: "my week starts on sunday", "I'm in Tokyo", "use day first dates", "turn off reminders"."""

import re
from zoneinfo import available_timezones

from agent.session import Call
from agent.speaking.accounts import choice_lines
from agent.speaking.facts import Choices
from agent.speaking.replies import Told
from agent.steps import Step, asking, calling
from agent.understanding.commands import Translator
from agent.understanding.forms import Forms
from taskora.nlu.quantities import quantity_at
from taskora.nlu.reading import Command
from taskora.nlu.tokens import tokenise
from taskora.nlu.zones import zone_at

READ = Call("preferences", {})
_WEEK_STARTS = ("monday", "sunday", "saturday")
_LANGUAGES = {"english": "en", "german": "de", "spanish": "es", "french": "fr", "deutsch": "de", "español": "es"}
_LANGUAGES |= {"français": "fr", "en": "en", "de": "de", "es": "es", "fr": "fr"}
_DAY_FIRST = re.compile(r"\b(?:day[ -]?first|european|british|uk|dmy|day|dd?) ?(?:[/-]|first|comes|\b)", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"\b(?:year[ -]?first|iso|ymd|yyyy)\b", re.IGNORECASE)
_OFF = re.compile(r"\b(?:off|disable|mute|silence|stop|no|don'?t|do not)\b", re.IGNORECASE)
_NOT_OURS = re.compile(
    r"\b(?:quiet hours|disturb|bother|notify|between|from|by|via|sounds?|e-?mails?|alerts?)\b", re.IGNORECASE
)
_UNTIL = re.compile(r"\b(?:this|next) (?:week|month|weekend)\b|\buntil\b|\bfor\b|\btoday\b", re.IGNORECASE)

_READ = Forms("""
    [in] (what|which) (time zone|timezone) (am i in|are you using|do i have|do you use|is set|is this)
    (what is|what's) my (time zone|timezone|week start|date format|default reminder|usual reminder|language)
    (when|on which day|on what day) does my week (start|begin)
    how do you read [my] dates
""")
_HOME = Forms("[i'm|i am|im] [now|finally] [back] (home|back) in {place}\nback in {place}")
_DATES = Forms("[my|the] dates are (day|month|year) first\n(read|write) dates (day|month|year) first")
NO_ZONE = "I know no place or time zone “{place}”. Name a large city, or a zone such as Europe/Paris."
NO_WEEK_START = "A week can start on Monday, Sunday or Saturday. Nothing was changed."
NO_CLOCK = "Times are always shown in 24 hours, and understood either way: 5pm or 17:00."
NO_CHANNELS = (
    "I can't set quiet hours or channels from here. I can turn the usual reminder on or off, or change how long before it "
    "comes: remind me 10 minutes before by default."
)
NO_LANGUAGE = "I read English, German, Spanish and French. Say for example: set my language to German."
NO_ORDER = "Which comes first in a date such as 3/4? Say: use day first dates, or: use month first dates."


def preference_order(line: str, _translator: Translator) -> Step | None:
    """Return what a line asks of the preferences, where the reader takes it for something else."""
    if _READ.fits(line):
        return calling(READ)
    if _DATES.fits(line):
        return _order(line)
    home = _HOME.read(line)
    zone = zone_of(home["place"]) if home else None
    return _setting({"zone": zone}) if zone else None


def choose(command: Command) -> Step:
    """Return what a command about preferences does: read them, change one, or say why not."""
    setting, value = command.words.get("setting"), command.words.get("value", "")
    match setting:
        case "week_start":
            day = next((day for day in _WEEK_STARTS if value.lower().startswith(day[:3])), None)
            return _setting({"week_start": day}) if day else _as_it_is(NO_WEEK_START, "week_start")
        case "zone":
            zone = zone_of(value)
            return (
                _setting({"zone": zone}, _stay(command.text, zone))
                if zone
                else _as_it_is(NO_ZONE.format(place=value), "zone")
            )
        case "date_order":
            return _order(value or command.text)
        case "reminders":
            return _reminding(command.text, value)
        case "locale":
            return _language(command.text, value)
        case _:
            return calling(READ)


def zone_of(place: str) -> str | None:
    """Return the IANA zone of a city, a country's usual words for its time, or a zone's own name."""
    tokens = tokenise(place.strip())
    found = zone_at(tokens, 0) if len(tokens) else None
    if found is not None and found.end == len(tokens):
        return found.value
    wanted = re.sub(r"[\s_]+", "_", place.strip().lower())
    for zone in sorted(available_timezones()):
        if wanted in {zone.lower(), zone.lower().rpartition("/")[2]}:
            return zone
    return None


def _as_it_is(sentence: str, name: str) -> Step:
    """Say why nothing was chosen, and what holds instead."""
    return asking(READ, Choices, lambda choices: Told(f"{sentence} As it is: {choice_lines(choices)[name]}."))


def _setting(chosen: dict[str, object], note: str = "") -> Step:
    """Look at what was chosen before, so that undo can bring it back, and choose."""
    call = Call("preferences", {"set": chosen})

    def choosing(_before: Choices) -> Told | Step:
        step = calling(call)
        return Step(call, lambda output: _noted(step.say(output), note))

    return asking(READ, Choices, choosing)


def _noted(told: Told | Step, note: str) -> Told | Step:
    return Told(f"{told.text} {note}", told.pending) if note and isinstance(told, Told) else told


def _stay(line: str, _zone: str | None) -> str:
    """Say that a stay does not end by itself."""
    return "Tell me when you are back." if _UNTIL.search(line) else ""


def _order(text: str) -> Step:
    if _YEAR_FIRST.search(text):
        return _setting({"date_order": "ymd"})
    if re.search(r"\bmonth|\bamerican\b|\bus\b|\bmdy\b|\bmm", text, re.IGNORECASE) and not re.match(
        r".*\bday\b.*\bmonth\b", text, re.IGNORECASE
    ):
        return _setting({"date_order": "mdy"})
    return _setting({"date_order": "dmy"}) if _DAY_FIRST.search(text) else _as_it_is(NO_ORDER, "date_order")


def _reminding(line: str, value: str) -> Step:
    minutes = _minutes(value)
    if minutes is not None:
        return _setting({"default_reminder_minutes": minutes})
    if re.match(r"(?:none|no|off|never)\b", value, re.IGNORECASE):
        return _setting({"no_default_reminder": True})
    if _NOT_OURS.search(line):
        return _as_it_is(NO_CHANNELS, "default_reminder_minutes")
    return _setting({"no_default_reminder": True} if _OFF.search(line) else {"default_reminder_minutes": 30})


def _minutes(value: str) -> int | None:
    """Return the minutes that words such as "an hour before" say."""
    tokens = tokenise(value)
    for i in range(len(tokens)):
        quantity = quantity_at(tokens, i)
        elapsed = quantity.value.elapsed if quantity else None
        if elapsed is not None:
            return round(elapsed.total_seconds() / 60)
    return 0 if re.search(r"\bdue\b|\bon time\b", value) else None


def _language(line: str, value: str) -> Step:
    if re.search(r"\b(?:12|24)\b|\bclock\b|\btime format\b", line, re.IGNORECASE):
        return _as_it_is(NO_CLOCK, "locale")
    locale = _LANGUAGES.get(value.strip().lower())
    return _setting({"locale": locale}) if locale else _as_it_is(NO_LANGUAGE, "locale")
