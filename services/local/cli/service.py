"""`taskora service install | uninstall`: the host begins at login and ends with it, by systemd (Linux) or launchd (macOS).

The system's own manager starts `taskora up` and starts it again when it fails. What the settings say now is written down for
it: a service reads no variables of a shell.
"""

import os
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from services.local import folder, launch
from services.local.cli.screen import Look, Screen
from taskora.config import PREFIX, Settings
from taskora.domain.errors import CannotStart

LABEL = "org.taskora.host"


@dataclass(frozen=True, slots=True)
class Manager:
    """How a system keeps a service of a person: its file, what the file says, and the commands around it."""

    file: Path
    content: bytes
    tool: str
    start: Sequence[Sequence[str]]
    stop: Sequence[Sequence[str]]
    forget: Sequence[Sequence[str]] = ()


def install(settings: Settings, screen: Screen) -> int:
    """Write the file, have the host started now and at every login. Raises CannotStart where the system has no such manager."""
    manager = _manager(settings)
    _need(manager.tool)
    launch.stop(settings.data_dir)  # the manager starts its own
    with folder.using(manager.file.parent):
        manager.file.write_bytes(manager.content)
        manager.file.chmod(0o600)
    for command in manager.start:
        _run(command)
    return _tell(screen, manager, installed=True, said="Taskora starts at login from now on")


def uninstall(settings: Settings, screen: Screen) -> int:
    """End the host and take the file away; that there is none is no error."""
    manager = _manager(settings)
    if not manager.file.exists():
        return _tell(screen, manager, installed=False, said="Taskora was not installed to start at login")
    _need(manager.tool)
    for command in manager.stop:
        _run(command)
    manager.file.unlink(missing_ok=True)
    for command in manager.forget:
        _run(command)
    return _tell(screen, manager, installed=False, said="Taskora starts at login no more")


def _manager(settings: Settings) -> Manager:
    home = Path.home()
    if sys.platform == "darwin":
        file = home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
        domain = f"gui/{os.getuid()}"
        return Manager(
            file,
            plist(settings, program()),
            "launchctl",
            start=(("launchctl", "bootstrap", domain, str(file)),),
            stop=(("launchctl", "bootout", f"{domain}/{LABEL}"),),
        )
    configuration = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    systemctl = ("systemctl", "--user")
    return Manager(
        configuration / "systemd" / "user" / "taskora.service",
        unit(settings, program()),
        "systemctl",
        start=((*systemctl, "daemon-reload"), (*systemctl, "enable", "--now", "taskora.service")),
        stop=((*systemctl, "disable", "--now", "taskora.service"),),
        forget=((*systemctl, "daemon-reload"),),
    )


def unit(settings: Settings, command: Sequence[str]) -> bytes:
    """Return a systemd user unit (systemd.service(5))."""
    lines = [f"Environment={_quoted(f'{name}={value}')}" for name, value in _variables(settings).items()]
    text = "\n".join(
        (
            "[Unit]",
            "Description=Taskora, a task manager you talk to",
            "",
            "[Service]",
            f"ExecStart={' '.join(_quoted(part).replace('$', '$$') for part in command)}",
            *lines,
            "Restart=on-failure",
            "RestartSec=5",
            "NoNewPrivileges=true",
            "",
            "[Install]",
            "WantedBy=default.target",
            "",
        )
    )
    return text.encode()


def plist(settings: Settings, command: Sequence[str]) -> bytes:
    """Return a launchd property list (launchd.plist(5))."""
    log = str(folder.log(settings.data_dir))
    return plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": list(command),
            "EnvironmentVariables": dict(_variables(settings)),
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "StandardOutPath": log,
            "StandardErrorPath": log,
        }
    )


def program() -> tuple[str, ...]:
    """Return the command that is this program with this interpreter, wherever it is called from."""
    return (sys.executable, "-P", "-m", "services.local.serve")


def _variables(settings: Settings) -> Mapping[str, str]:
    """Return the settings that differ from the defaults, as variables; a model's key is among them: the file is private."""
    ordinary = Settings(data_dir=settings.data_dir).environment()
    own = {name: value for name, value in settings.environment().items() if ordinary.get(name) != value}
    return {f"{PREFIX}DATA_DIR": str(settings.data_dir), **own}


def _quoted(text: str) -> str:
    """Quote for systemd: backslash, quote and percent mean something there (systemd.syntax(7)), in commands a dollar too."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _need(tool: str) -> None:
    if shutil.which(tool) is None:
        raise CannotStart(
            f"This system has no {tool}.", advice="Have `taskora up` started at login by what your system has for that."
        )


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  the commands above
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split())
        raise CannotStart(f"`{' '.join(command)}` failed: {said or f'status {done.returncode}'}.")


def _tell(screen: Screen, manager: Manager, *, installed: bool, said: str) -> int:
    if screen.look is Look.JSON:
        screen.json({"installed": installed, "file": str(manager.file)})
    else:
        click.echo(f"{said} ({manager.file}).")
    return 0
