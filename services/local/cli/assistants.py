"""The desktop assistants that can start `taskora mcp`: where each keeps its list of servers, and in which form.

Only forms that are JSON and documented by their makers; every other assistant takes what `taskora mcp --print-config` prints.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from taskora.config import PREFIX, Settings

NAME = "taskora"
"""What the server is called in every list."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where this system keeps the settings of programs."""

    home: Path
    settings: Path

    @classmethod
    def here(cls) -> "Places":
        """Return the places of this system and user."""
        home = Path.home()
        if sys.platform == "darwin":
            return cls(home, home / "Library" / "Application Support")
        if sys.platform == "win32":
            return cls(home, Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming"))
        return cls(home, Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config"))


@dataclass(frozen=True, slots=True)
class Assistant:
    """One program. `key` holds its servers in the file, `more` is what it wants in an entry besides command and arguments."""

    title: str
    key: str
    below_home: str = ""
    below_settings: str = ""
    more: Mapping[str, object] = field(default_factory=dict)

    def file(self, places: Places) -> Path:
        """Return the file of its servers."""
        return places.home / self.below_home if self.below_home else places.settings / self.below_settings

    def is_here(self, places: Places) -> bool:
        """Tell whether the program was used on this machine: its file, or a folder of its own around it, is there."""
        file = self.file(places)
        return file.exists() or (file.parent not in {places.home, places.settings} and file.parent.is_dir())

    def config(self, entry: Mapping[str, object]) -> dict[str, object]:
        """Return what belongs into the file, and nothing else."""
        return {self.key: {NAME: {**self.more, **entry}}}


_ZED = "zed/settings.json"

ASSISTANTS: Mapping[str, Assistant] = {
    "claude-desktop": Assistant("Claude Desktop", "mcpServers", below_settings="Claude/claude_desktop_config.json"),
    "claude-code": Assistant("Claude Code", "mcpServers", below_home=".claude.json", more={"type": "stdio"}),
    "cursor": Assistant("Cursor", "mcpServers", below_home=".cursor/mcp.json"),
    "vscode": Assistant("VS Code", "servers", below_settings="Code/User/mcp.json", more={"type": "stdio"}),
    "windsurf": Assistant("Windsurf", "mcpServers", below_home=".codeium/windsurf/mcp_config.json"),
    "zed": Assistant("Zed", "context_servers", below_home=f".config/{_ZED}")
    if sys.platform != "win32"
    else Assistant("Zed", "context_servers", below_settings=_ZED),
    "gemini-cli": Assistant("Gemini CLI", "mcpServers", below_home=".gemini/settings.json"),
}


def entry() -> dict[str, object]:
    """Return how an assistant starts us: with the settings of this moment, so that it reaches the same tasks.

    Secrets stay out: the file is another program's, and whoever needs them is the host, not its clients.
    """
    secrets = {PREFIX + setting.name.upper() for setting in fields(Settings) if setting.metadata["secret"]}
    variables = {name: value for name, value in os.environ.items() if name.startswith(PREFIX) and name not in secrets}
    command: dict[str, object] = {"command": str(Path(sys.argv[0]).resolve()), "args": ["mcp"]}
    return {**command, "env": variables} if variables else command
