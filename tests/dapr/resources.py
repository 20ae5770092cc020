"""Components and subscriptions of a test: the same kinds as under dapr/, with short times, on the test's own Redis."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from taskora.config import Settings
from taskora.runtime.dapr.broker import DEAD_LETTERS, REDELIVER
from taskora.runtime.ports import Inbound

SETTINGS = Settings()


def component(name: str, kind: str, metadata: Mapping[str, str], scopes: Iterable[str] = ()) -> dict[str, object]:
    values = [{"name": key, "value": value} for key, value in metadata.items()]
    return {
        "apiVersion": "dapr.io/v1alpha1",
        "kind": "Component",
        "metadata": {"name": name},
        "spec": {"type": kind, "version": "v1", "metadata": values},
        **({"scopes": list(scopes)} if scopes else {}),
    }


def subscription(pubsub: str, topic: str, route: str, app: str, dead_letters: str | None = None) -> dict[str, object]:
    spec: dict[str, object] = {"pubsubname": pubsub, "topic": topic, "routes": {"default": route}}
    if dead_letters is not None:
        spec["deadLetterTopic"] = dead_letters
    return {
        "apiVersion": "dapr.io/v2alpha1",
        "kind": "Subscription",
        "metadata": {"name": f"{app}-{pubsub}-{topic}"},
        "spec": spec,
        "scopes": [app],
    }


def subscriptions_of(inbound: Inbound) -> list[dict[str, object]]:
    """The subscriptions that a service needs for its handler table."""
    app, bus = inbound.service, SETTINGS.pubsub
    dead = DEAD_LETTERS + app
    found = [
        subscription(bus, one.topic.value, f"/events/{one.consumer}/{one.topic.value}", app, dead)
        for one in inbound.subscriptions
    ]
    if found:
        found.append(subscription(bus, REDELIVER + app, f"/redeliver/{app}", app, dead))
    topics = dict.fromkeys(live.topic.value for live in inbound.live)
    found += [subscription(SETTINGS.pubsub_live, topic, f"/live/{topic}", app) for topic in topics]
    return found


def cron(name: str, every: dt.timedelta) -> dict[str, object]:
    """The binding that calls an interval."""
    return component(name, "bindings.cron", {"schedule": f"@every {every.total_seconds():.0f}s", "direction": "input"})


def resiliency(tries: int, pause: str) -> dict[str, object]:
    """How often the sidecar delivers again, and how soon."""
    policy = {"policy": "constant", "duration": pause, "maxRetries": tries}
    return {
        "apiVersion": "dapr.io/v1alpha1",
        "kind": "Resiliency",
        "metadata": {"name": "taskora"},
        "spec": {
            "policies": {"retries": {"again": policy}},
            "targets": {"components": {"taskbus": {"inbound": {"retry": "again"}}}},
        },
    }


def write(folder: Path, documents: Iterable[Mapping[str, object]]) -> Path:
    """Write each to a file of its own (the sidecar reads one resiliency a file) and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, document in enumerate(documents):
        plain = json.loads(json.dumps(document))  # no anchors: the sidecar does not follow them
        file, text = folder / f"{number:02}.yaml", yaml.safe_dump(plain)
        if not file.exists() or file.read_text() != text:  # a running sidecar would read it again
            file.write_text(text)
    return folder
