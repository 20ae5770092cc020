"""Writes a part as the text of an RFC 5545 §3.3.10 rule; its end and time of day are kept beside it (`domain.series`)."""

from taskora.nlu.rules.phrase import Freq, Part

_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rrule(part: Part) -> str:
    """Return the rule of a part. A month day that some month lacks means its last day (see `domain.rules`)."""
    freq = Freq.MONTHLY if part.freq is Freq.YEARLY and part.positions else part.freq
    pieces = [f"FREQ={freq}"]
    if part.interval > 1:
        pieces.append(f"INTERVAL={part.interval}")
    if part.months:
        pieces.append(f"BYMONTH={_listed(part.months)}")
    if part.month_days:
        pieces.append(f"BYMONTHDAY={_listed(part.month_days)}")
    if part.hours:
        pieces.append(f"BYHOUR={_listed(part.hours)}")
    if part.weekdays:
        pieces.append("BYDAY=" + ",".join(f"{nth or ''}{_NAMES[day]}" for nth, day in part.weekdays))
    if part.positions:
        pieces.append(f"BYSETPOS={_listed(part.positions)}")
    return ";".join(pieces)


def _listed(numbers: tuple[int, ...]) -> str:
    return ",".join(str(number) for number in numbers)
