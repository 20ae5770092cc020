"""Time zones named behind a clock time: 3pm EST, 15:00 UTC+2, 9am Pacific, 10am London time, 8am Europe/Berlin."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from taskora.nlu.candidates import Match
from taskora.nlu.tokens import TokenKind, Tokens

_ABBREVIATIONS = {
    "America/New_York": "est edt et",
    "America/Chicago": "cst cdt ct",
    "America/Denver": "mst mdt mt",
    "America/Los_Angeles": "pst pdt pt",
    "America/Anchorage": "akst akdt",
    "Pacific/Honolulu": "hst",
    "America/Sao_Paulo": "brt",
    "UTC": "utc gmt z zulu",
    "Europe/London": "bst",
    "Europe/Berlin": "cet cest mez mesz",
    "Europe/Athens": "eet eest",
    "Europe/Moscow": "msk",
    "Asia/Kolkata": "ist",
    "Asia/Singapore": "sgt",
    "Asia/Hong_Kong": "hkt",
    "Asia/Tokyo": "jst",
    "Asia/Seoul": "kst",
    "Australia/Sydney": "aest aedt",
    "Australia/Adelaide": "acst acdt",
    "Australia/Perth": "awst",
    "Pacific/Auckland": "nzst nzdt",
    "Africa/Johannesburg": "sast",
}
_BY_ABBREVIATION = {short: zone for zone, forms in _ABBREVIATIONS.items() for short in forms.split()}
_REGIONS = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}
_CITIES = {
    "new york": "America/New_York", "nyc": "America/New_York", "boston": "America/New_York",
    "chicago": "America/Chicago", "denver": "America/Denver", "los angeles": "America/Los_Angeles",
    "la": "America/Los_Angeles", "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles",
    "toronto": "America/Toronto", "london": "Europe/London", "uk": "Europe/London", "dublin": "Europe/Dublin",
    "paris": "Europe/Paris", "berlin": "Europe/Berlin", "german": "Europe/Berlin", "madrid": "Europe/Madrid",
    "rome": "Europe/Rome", "amsterdam": "Europe/Amsterdam", "zurich": "Europe/Zurich", "vienna": "Europe/Vienna",
    "stockholm": "Europe/Stockholm", "moscow": "Europe/Moscow", "istanbul": "Europe/Istanbul",
    "dubai": "Asia/Dubai", "india": "Asia/Kolkata", "indian": "Asia/Kolkata", "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata", "singapore": "Asia/Singapore", "hong kong": "Asia/Hong_Kong",
    "shanghai": "Asia/Shanghai", "beijing": "Asia/Shanghai", "tokyo": "Asia/Tokyo", "seoul": "Asia/Seoul",
    "sydney": "Australia/Sydney", "melbourne": "Australia/Melbourne", "auckland": "Pacific/Auckland",
}  # fmt: skip
_AREAS = frozenset(("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian"))
_ODD_OFFSETS = {
    (5, 30): "Asia/Kolkata",
    (9, 30): "Australia/Darwin",
    (3, 30): "Asia/Tehran",
    (4, 30): "Asia/Kabul",
    (5, 45): "Asia/Kathmandu",
    (6, 30): "Asia/Yangon",
}


def zone_at(tokens: Tokens, i: int) -> Match[str] | None:
    """Read a zone at `i`, right behind a clock time; the value is an IANA name."""
    if tokens.word(i) == "(" and tokens.word(i + 2) == ")":
        inside = _abbreviation_at(tokens, i + 1)
        return Match(inside.end + 1, inside.value) if inside else None
    if i >= len(tokens) or tokens[i].kind is not TokenKind.WORD:
        return None
    return _abbreviation_at(tokens, i) or _place_at(tokens, i)


def _abbreviation_at(tokens: Tokens, i: int) -> Match[str] | None:
    word = tokens.word(i)
    zone = _BY_ABBREVIATION.get(word)
    if zone is None or (len(word) <= 2 and not tokens[i].text.isupper()):
        return None
    if zone == "UTC" and tokens.word(i + 1) in {"+", "-", "−"} and tokens.number(i + 2) >= 0 and tokens.glued(i + 2):
        return _offset_at(tokens, i + 1)
    return Match(i + 1, zone) if tokens.closes(i + 1) else None


def _offset_at(tokens: Tokens, i: int) -> Match[str] | None:
    """Read +2, -05:00 or +5:30. The names of the Etc area count west as positive."""
    hours, minutes, end = tokens.number(i + 1), 0, i + 2
    if len(tokens.word(i + 1)) == 4:
        hours, minutes = divmod(hours, 100)
    elif tokens.word(end) == ":" and tokens.glued(end) and tokens.number(end + 1) >= 0:
        minutes, end = tokens.number(end + 1), end + 2
    west = tokens.word(i) != "+"
    if minutes:
        odd = _ODD_OFFSETS.get((hours, minutes)) if not west else None
        return Match(end, odd) if odd else None
    if hours > (12 if west else 14):
        return None
    return Match(end, f"Etc/GMT{'+' if west else '-'}{hours}" if hours else "UTC")


def _place_at(tokens: Tokens, i: int) -> Match[str] | None:
    word = tokens.word(i)
    if tokens[i].text in _AREAS and tokens.word(i + 1) == "/" and tokens.glued(i + 1) and tokens.glued(i + 2):
        return _iana_at(tokens, i)
    if word in _REGIONS:
        end = i + 2 if tokens.word(i + 1) in {"standard", "daylight"} else i + 1
        if tokens.word(end) == "time":
            return Match(end + 1, _REGIONS[word])
        return Match(i + 1, _REGIONS[word]) if word in {"eastern", "pacific"} else None
    for length in (2, 1):
        zone = _CITIES.get(" ".join(tokens.words[i : i + length]))
        if zone and tokens.word(i + length) == "time" and tokens.closes(i + length + 1):
            return Match(i + length + 1, zone)
    return None


def _iana_at(tokens: Tokens, i: int) -> Match[str] | None:
    end = i + 3
    while tokens.word(end) == "_" and tokens.glued(end) and tokens.glued(end + 1):
        end += 2
    name = tokens.slice(i, end)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return Match(end, name) if tokens.closes(end) else None
