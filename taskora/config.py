"""The settings: one object, built once where a process starts and passed on. Every knob has its default and its reason.

Plain values and no settings library: every command of the terminal reads them, and such a library costs half a second.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path

from taskora.domain.errors import CannotStart

PREFIX = "TASKORA_"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOCAL, SERVER = "local", "server"
HYBRID, ALWAYS = "hybrid", "always"
_TOPIC_NAME = re.compile(r"[A-Za-z0-9._-]+")


def _about(
    description: str, parse: Callable[[str], object], *, variable: str | None = None, secret: bool = False
) -> dict[str, object]:
    """Say what a setting is for, and how its text is read; `parse` raises ValueError with what it accepts.

    `variable` is the name of the variable where somebody else (the sidecar) gave it one; a secret is never printed.
    """
    return {"description": description, "parse": parse, "variable": variable, "secret": secret}


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("an IANA name such as Europe/Berlin") from error
    return text


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ValueError("a number from 1 to 65535")
    return int(text)


def _level(text: str) -> str:
    if text.upper() not in LEVELS:
        raise ValueError(f"one of {', '.join(LEVELS)}")
    return text.upper()


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise ValueError("a whole number above 0")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise ValueError("a number of seconds above 0")
    return seconds


def _mode(text: str) -> str:
    if text not in {LOCAL, SERVER}:
        raise ValueError(f"{LOCAL} or {SERVER}")
    return text


def _use(text: str) -> str:
    if text not in {HYBRID, ALWAYS}:
        raise ValueError(f"{HYBRID} or {ALWAYS}")
    return text


def _url(text: str) -> str:
    if not re.match(r"https?://[^\s/]", text):
        raise ValueError("an address such as http://127.0.0.1:11434/v1")
    return text


def _price(text: str) -> float:
    try:
        price = float(text)
    except ValueError:
        price = -1.0
    if not 0 <= price < float("inf"):
        raise ValueError("a price, 0 or above")
    return price


def _switch(text: str) -> bool:
    if text.lower() not in {"true", "false", "1", "0"}:
        raise ValueError("true or false")
    return text.lower() in {"true", "1"}


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _topics(text: str) -> Mapping[str, str]:
    pairs = dict(pair.partition("=")[::2] for pair in _names(text))
    if not all(_TOPIC_NAME.fullmatch(part) for pair in pairs.items() for part in pair):
        raise ValueError("pairs such as reminders=reminder-events, with commas between them")
    return pairs


def _key(text: str) -> str:
    if len(text.encode()) < 32:
        raise ValueError("a secret of at least 32 bytes")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Taskora's settings."""

    data_dir: Path = field(
        default_factory=lambda: user_data_path("taskora", appauthor=False),
        metadata=_about(
            "Folder of the database, the log and host.json. Unset: the place for a user's data on this system.", _path
        ),
    )
    port: int | None = field(
        default=None,
        metadata=_about("Port on the loopback address. Unset: 8710, or a free one if that is taken.", _port),
    )
    zone: str | None = field(
        default=None,
        metadata=_about("The user's IANA time zone until a preference says otherwise. Unset: the machine's.", _zone),
    )
    clock_file: Path | None = field(
        default=None,
        metadata=_about("For tests: a file with an ISO 8601 instant that stands for the present time.", _path),
    )
    body_limit: int = field(
        default=1024 * 1024,
        metadata=_about("Largest request body in bytes: a hundred tasks with long descriptions fit in.", _count),
    )
    request_wait: float = field(
        default=5.0,
        metadata=_about("Seconds that a write waits for the database before it is refused as busy.", _seconds),
    )
    delivery_attempts: int = field(
        default=10,
        metadata=_about("Times that a handler gets an event before it is a dead letter: some three minutes.", _count),
    )
    delivery_pause: float = field(
        default=60.0,
        metadata=_about("Longest pause in seconds before an event is tried again; pauses double from 0.2.", _seconds),
    )
    mode: str = field(
        default=LOCAL,
        metadata=_about("local: one person, no login. server: many users, each known by a signed token.", _mode),
    )
    bind: str = field(
        default="127.0.0.1",
        metadata=_about("Address to listen on; another than the loopback one only in server mode.", str),
    )
    hosts: tuple[str, ...] = field(
        default=(),
        metadata=_about("Host names, with commas, under which the server is reached beside the loopback ones.", _names),
    )
    signing_key: str | None = field(
        default=None,
        repr=False,
        metadata=_about("Server mode: the secret that signs and checks tokens (HS256).", _key, secret=True),
    )
    database_url: str | None = field(
        default=None,
        repr=False,
        metadata=_about("postgresql://… for a server. Unset: SQLite in the data folder.", str, secret=True),
    )
    pool_size: int = field(
        default=10,
        metadata=_about(
            "Connections of a process to PostgreSQL; who finds none free waits request_wait seconds.", _count
        ),
    )
    require_end: bool = field(
        default=False,
        metadata=_about("Refuse a repetition without an end, for users who did not choose.", _switch),
    )
    series_limit: int = field(
        default=10_000,
        metadata=_about("Most tasks that a series ever makes, so that none runs away.", _count),
    )
    trash_days: int = field(
        default=30,
        metadata=_about("Days after which a deleted task is gone for good.", _count),
    )
    answer_days: int = field(
        default=7,
        metadata=_about("Days for which an idempotency key gives its first answer again.", _count),
    )
    rate_limit: int | None = field(
        default=None,
        metadata=_about(
            "Requests that a user may send to the task service in a minute, at each process of it; what is more gets "
            "status 429. Unset: no limit, which is right for one person; a server for many sets it, say to 600.",
            _count,
        ),
    )
    seen_days: int = field(
        default=30,
        metadata=_about("Days for which a consumer remembers events: longer than any broker keeps them.", _count),
    )
    topics: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_about(
            "Names of topics at the broker that differ from their roles: reminders=reminder-events.", _topics
        ),
    )
    model_url: str | None = field(
        default=None,
        metadata=_about(
            "Base address of a server that speaks OpenAI's chat completions: a language model helps the rules then. "
            "Unset: the rules alone, without any key or network.",
            _url,
        ),
    )
    model_name: str | None = field(default=None, metadata=_about("Name of the model, as its server calls it.", str))
    model_key: str | None = field(
        default=None, repr=False, metadata=_about("Key for the model's server, if it wants one.", str, secret=True)
    )
    model_use: str = field(
        default=HYBRID,
        metadata=_about("hybrid: the model gets what the rules do not cover. always: it gets every line.", _use),
    )
    model_stream: bool = field(
        default=True, metadata=_about("Ask the model for its words as they come; not every server can.", _switch)
    )
    model_seconds: float = field(
        default=30.0, metadata=_about("Seconds that the model may take for one line before the rules go on.", _seconds)
    )
    model_requests: int = field(default=8, metadata=_about("Most requests to the model for one line.", _count))
    model_calls: int = field(default=20, metadata=_about("Most tool calls of the model for one line.", _count))
    model_tokens: int = field(
        default=100_000, metadata=_about("Tokens (in and out) after which a line gets no further request.", _count)
    )
    model_answer: int = field(default=4000, metadata=_about("Most characters of what the model says.", _count))
    model_price_in: float = field(
        default=0.0, metadata=_about("Price of a million tokens sent, to count what a line costs.", _price)
    )
    model_price_out: float = field(
        default=0.0, metadata=_about("Price of a million tokens received, to count what a line costs.", _price)
    )
    trace_content: bool = field(
        default=False, metadata=_about("Put what people and models say into the traces of the chat.", _switch)
    )
    dapr_http_port: int = field(
        default=3500,
        metadata=_about("Port of this process's sidecar.", _port, variable="DAPR_HTTP_PORT"),
    )
    dapr_api_token: str | None = field(
        default=None,
        repr=False,
        metadata=_about("What the sidecar wants to see from us.", str, variable="DAPR_API_TOKEN", secret=True),
    )
    app_api_token: str | None = field(
        default=None,
        repr=False,
        metadata=_about("What we want to see from the sidecar.", str, variable="APP_API_TOKEN", secret=True),
    )
    pubsub: str = field(default="taskbus", metadata=_about("Dapr component of the broker.", str))
    pubsub_live: str = field(
        default="taskbus-live", metadata=_about("Dapr component that reaches every instance of a service.", str)
    )
    state_store: str = field(default="statestore", metadata=_about("Dapr component of the state store.", str))
    secret_store: str = field(default="secretstore", metadata=_about("Dapr component of the secret store.", str))
    log_level: str = field(default="INFO", metadata=_about("Least severity that is logged.", _level))

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """Return the settings that variables such as TASKORA_PORT ask for; an empty one counts as unset.

        Raises CannotStart naming the variable whose text cannot be read.
        """
        given: dict[str, Any] = {}
        for setting in fields(cls):
            name = _variable(setting)
            text = environment.get(name, "").strip()
            if not text:
                continue
            try:
                given[setting.name] = setting.metadata["parse"](text)
            except ValueError as error:
                shown = "not usable" if setting.metadata["secret"] else repr(text)
                raise CannotStart(f"{name} is {shown}.", advice=f"Set it to {error}, or unset it.") from error
        return cls(**given)

    def environment(self) -> dict[str, str]:
        """Return the variables by which another process reads the same settings."""
        values = {_variable(setting): getattr(self, setting.name) for setting in fields(self)}
        return {name: _text(value) for name, value in values.items() if value not in (None, (), {})}


def _variable(setting: Field[Any]) -> str:
    return setting.metadata["variable"] or PREFIX + setting.name.upper()


def _text(value: object) -> str:
    """Return the text from which a setting is read."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, Mapping):
        return ",".join(f"{name}={given}" for name, given in value.items())
    return str(value)
