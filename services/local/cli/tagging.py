"""`taskora tags`: the tags with their open tasks; rename, colour, delete."""

import click

from services.local import exits
from services.local.cli import outcome, wording
from services.local.cli.choosing import NeedsYes, NotWanted
from services.local.cli.host_client import HostClient, Json
from services.local.cli.screen import Look, Screen, clean, note


def show(client: HostClient, screen: Screen) -> int:
    """Print every tag with its number of open tasks."""
    page = client.get("/tags")

    def drawn() -> None:
        from services.local.cli import drawing

        drawing.tags(screen, page["tags"])

    def plain() -> None:
        for tag in page["tags"]:
            click.echo(
                "\t".join((f"#{clean(tag['name'])}", str(tag.get("open") or 0), tag.get("colour") or "")).rstrip()
            )

    screen.show(page, plain, drawn)
    if not page["tags"] and screen.look is not Look.JSON:
        note("No tags yet. Give a task one: taskora add call mom tagged family")
    return 0


def change(client: HostClient, screen: Screen, edit: Json) -> int:
    """Rename or colour a tag."""
    return _tell(screen, client.send("PATCH", "/tags", {"items": [edit]}), edit["tag"])


def delete(client: HostClient, screen: Screen, tags: list[str], *, yes: bool) -> int:
    """Take tags away, from their tasks too, once the person agrees."""
    bare = [tag.lstrip("#") for tag in tags]
    what = f"take {' and '.join(f'#{tag}' for tag in bare)} away from all tasks"
    if not yes:
        if not screen.asks:
            raise NeedsYes(f"This would {what}.")
        if not click.confirm(f"This would {what}. Go on?", default=False):
            raise NotWanted
    answer = client.send("POST", "/tags/delete", {"items": [{"tag": tag} for tag in bare]})
    return _tell(screen, answer, *bare)


def _tell(screen: Screen, answer: Json, *names: str) -> int:
    failed = [result for result in answer["results"] if not result["ok"]]
    if screen.look is Look.JSON:
        screen.json(answer)
    else:
        for name, result in zip(names, answer["results"], strict=True):
            if not result["ok"]:
                outcome.refuse(result["problem"])
            elif result["tag"] is None:
                screen.say(f"Took #{clean(name)} away")
            else:
                tag = result["tag"]
                number = wording.count(tag.get("open") or 0, "open task")
                colour = f", {tag['colour']}" if tag.get("colour") else ""
                screen.say(f"#{clean(tag['name'])}: {number}{colour}")
            for assumption in result.get("assumptions") or ():
                screen.say(f"  ({clean(assumption)})")
    return exits.REFUSED if failed else 0
