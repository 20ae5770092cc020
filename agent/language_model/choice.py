"""Which language model helps the rules, and what it may use for one line: the settings of models as the agent reads them.

It loads nothing heavy, so that a host which starts can refuse settings that do not go together.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from taskora.config import ALWAYS, Settings
from taskora.domain.errors import CannotStart


@dataclass(frozen=True, slots=True)
class Limits:
    """What a line may use: seconds, requests, tool calls, tokens after which no request follows, characters of prose."""

    seconds: float = 30.0
    requests: int = 8
    calls: int = 20
    tokens: int = 100_000
    answer: int = 4000


@dataclass(frozen=True, slots=True)
class Choice:
    """A model, where it is reached, what it is given (`always`: every line) and what it costs per million tokens."""

    url: str
    name: str
    key: str | None = field(default=None, repr=False)
    always: bool = False
    stream: bool = True
    limits: Limits = field(default_factory=Limits)
    price_in: float = 0.0
    price_out: float = 0.0

    @property
    def hosted_by_openai(self) -> bool:
        """Tell whether it is OpenAI's own server, which keeps conversations unless it is told not to."""
        return (urlsplit(self.url).hostname or "").endswith("api.openai.com")

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """Return what so many tokens cost."""
        return (tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000


def chosen(settings: Settings) -> Choice | None:
    """Return the model that the settings name, None for the rules alone. Raises CannotStart for an address without a name."""
    if settings.model_url is None:
        return None
    if settings.model_name is None:
        raise CannotStart(
            "TASKORA_MODEL_URL is set, but no model is named.",
            advice="Set TASKORA_MODEL_NAME to a model of that server, or unset TASKORA_MODEL_URL.",
        )
    return Choice(
        url=settings.model_url,
        name=settings.model_name,
        key=settings.model_key,
        always=settings.model_use == ALWAYS,
        stream=settings.model_stream,
        limits=Limits(
            settings.model_seconds,
            settings.model_requests,
            settings.model_calls,
            settings.model_tokens,
            settings.model_answer,
        ),
        price_in=settings.model_price_in,
        price_out=settings.model_price_out,
    )
