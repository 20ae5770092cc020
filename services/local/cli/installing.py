"""`taskora mcp install`: writes the entry into the file of an assistant, after showing it and asking, with a backup beside it.

Everything else in the file stays as it is. A file that is not plain JSON (comments, a slip) is left alone, and the person is
told what to put there.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from services.local.cli.assistants import ASSISTANTS, NAME, Assistant, Places, entry
from taskora.domain.errors import Refused


class NotWritten(Refused):
    """The file was left as it is."""

    code = "not_written"


def install(names: Sequence[str], *, yes: bool) -> None:
    """Install for these assistants, or for all that are on this machine. Raises NotWritten where that is not possible."""
    places = Places.here()
    chosen = [ASSISTANTS[name] for name in names] or [one for one in ASSISTANTS.values() if one.is_here(places)]
    if not chosen:
        raise NotWritten(
            "There is no assistant here that I know.",
            advice=f"Name one with --client ({', '.join(ASSISTANTS)}), or see `taskora mcp --print-config`.",
        )
    for assistant in chosen:
        _install(assistant, assistant.file(places), yes=yes)


def _install(assistant: Assistant, file: Path, *, yes: bool) -> None:
    config = assistant.config(entry())
    before = _read(file, config)
    after = merged(before, config, file)
    if after == before:
        click.echo(f"{assistant.title} has it already ({file}).")
        return
    click.echo(f"{assistant.title}: this {'replaces the entry' if _has(before, assistant) else 'is added'} in {file}:")
    click.echo(json.dumps(config, indent=2))
    if not (yes or _agreed()):
        click.echo("Nothing was written.")
        return
    kept = _write(file, after)
    click.echo(f"Written.{f' The file as it was: {kept}.' if kept else ''} Start {assistant.title} again.")


def merged(before: Mapping[str, object], config: Mapping[str, object], file: Path) -> dict[str, object]:
    """Return the content of a file with our entry in it. Raises NotWritten when its list of servers has another form."""
    after = dict(before)
    for key, ours in config.items():
        servers = before.get(key, {})
        if not isinstance(servers, dict) or not isinstance(ours, dict):
            raise NotWritten(f"“{key}” in {file} is no list of servers.", advice=_by_hand(config))
        after[key] = servers | ours
    return after


def _has(before: Mapping[str, object], assistant: Assistant) -> bool:
    servers = before.get(assistant.key)
    return isinstance(servers, dict) and NAME in servers


def _read(file: Path, config: Mapping[str, object]) -> dict[str, object]:
    """Return what is in the file; nothing where there is none or it is empty."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        found = json.loads(text) if text.strip() else {}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise NotWritten(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise NotWritten(f"{file} is not plain JSON (comments?).", advice=_by_hand(config)) from error
    if not isinstance(found, dict):
        raise NotWritten(f"{file} holds no object.", advice=_by_hand(config))
    return found


def _by_hand(config: Mapping[str, object]) -> str:
    return f"Put this into it yourself: {json.dumps(config)}"


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise NotWritten("Nobody is here to say yes.", advice="Add --yes to write it.")
    return click.confirm("Write this?", default=False)


def _write(file: Path, content: Mapping[str, object]) -> Path | None:
    """Replace the file at once, behind a link too, with its permissions; return the backup. Raises NotWritten."""
    file = file.resolve()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = _backup(file) if file.exists() else None
        with tempfile.NamedTemporaryFile("w", dir=file.parent, encoding="utf-8", delete=False) as fresh:
            json.dump(content, fresh, indent=2, ensure_ascii=False)
            fresh.write("\n")
        if kept is not None:
            shutil.copymode(file, fresh.name)
        os.replace(fresh.name, file)  # noqa: PTH105  of a name
    except OSError as error:
        raise NotWritten(f"{file} cannot be written: {error.strerror}.") from error
    return kept


def _backup(file: Path) -> Path:
    """Copy the file beside itself; a backup that is there already is never overwritten."""
    number = 1
    while (kept := file.with_name(f"{file.name}.{number}.bak")).exists():
        number += 1
    shutil.copy2(file, kept)
    return kept
