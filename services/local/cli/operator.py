"""How the commands for operators reach a host: its address, a token with their scope, and errors of the domain's tree."""

from collections.abc import Mapping
from typing import TypeVar

import click
import httpx2
from pydantic import BaseModel

from services.kit.tokens import TokenSigner
from services.local import launch
from services.local.serve import DEFAULT_PORT
from services.local.user import LOCAL_USER
from taskora.api.operations import AUDIENCE, BASE, SCOPE
from taskora.api.problems import from_problem
from taskora.config import LOCAL, Settings
from taskora.domain.actor import Actor, ActorKind, Channel, Principal
from taskora.domain.errors import CannotStart, Unavailable

Answer = TypeVar("Answer", bound=BaseModel)
PATIENCE = 600.0
"""Seconds: a replay of everything may take minutes."""


def call(
    settings: Settings,
    url: str | None,
    answer: type[Answer],
    method: str,
    path: str,
    *,
    params: Mapping[str, str] | None = None,
    body: BaseModel | None = None,
) -> Answer:
    """Ask a host and return its answer. Raises Unavailable when none answers, and the error that a problem stands for."""
    address, key = _host(settings, url)
    principal = Principal(LOCAL_USER, Actor(ActorKind.USER), Channel.API, frozenset({SCOPE}))
    headers = {"Authorization": f"Bearer {TokenSigner(key).sign(principal, AUDIENCE)}"}
    json = None if body is None else body.model_dump(mode="json", exclude_none=True)
    try:
        with httpx2.Client(base_url=address, timeout=PATIENCE) as http:
            response = http.request(method, BASE + path, headers=headers, params=params, json=json)
    except (httpx2.TransportError, httpx2.InvalidURL) as error:
        raise Unavailable(f"No Taskora answers at {address}.", advice="Mind the address, or start it.") from error
    if not response.is_error:
        return answer.model_validate_json(response.content)
    try:
        raise from_problem(response.json())
    except ValueError as error:
        raise Unavailable(f"What answers at {address} is no Taskora (status {response.status_code}).") from error


def _host(settings: Settings, url: str | None) -> tuple[str, str]:
    """Return address and key: of the server that is named or set, else of this person's host, started if none runs."""
    if url is None and settings.mode == LOCAL:
        record = launch.ensure(settings, lambda line: click.echo(line, err=True))
        return record.url, record.key
    if settings.signing_key is None:
        raise CannotStart("A server is asked with its key.", advice="Set TASKORA_SIGNING_KEY to that of the server.")
    return url or f"http://{settings.bind}:{settings.port or DEFAULT_PORT}", settings.signing_key
