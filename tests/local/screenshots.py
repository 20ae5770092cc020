"""`make screenshots`: pictures of the terminal for README and docs, drawn from what real commands write to a terminal.

Each scene runs on a host of its own folder, on Tuesday, 24 November 2026, so that the pictures change only with what is shown.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from services.local.cli.host_client import HostClient
from services.local.cli.live import LiveReader
from services.local.cli.prompt import SpanLexer
from services.local.cli.talk import Conversation
from tests.clocks import MovableClock
from tests.hosts import HostProcess
from tests.local.drawn import drawn

FOLDER = Path("docs/images")
FONT = re.compile(r"\s*@font-face \{\{.*?\}\}\n(?=\s*[@.])", re.DOTALL)
PICTURE = re.sub(r"<!--.*?-->\s*", "", FONT.sub("\n", CONSOLE_SVG_FORMAT))
"""Rich's drawing without its fonts from the web: a picture asks nobody for anything."""
ADDED = (
    "standup every weekday at 9am #work",
    "call the dentist friday at 3pm urgent #health",
    "pay rent on the 1st every month #home",
    "return the library books yesterday",
    "prepare the quarterly report next tuesday high priority #work #finance",
    "buy milk today",
)
SAID = (
    "add water the plants every sunday at 10am #home",
    "what's due this week",
    "move the dentist to monday at 9",
    "done with standup",
    "delete everything tagged work",
    "no",
    "undo",
)


def scenes() -> Mapping[str, tuple[int, Callable[[HostProcess, int], Text]]]:
    """Return the pictures by name: how wide, and what is in them."""
    return {
        "terminal": (100, _commands(["add", ADDED[1]], ["list"], ["done", "milk"], ["show", "rent"])),
        "narrow": (40, _commands(["list", "this", "week"], ["show", "standup"])),
        "explain": (100, _commands(["explain", "pay rent on the 1st every month except july #home"])),
        "chat": (100, _chat),
    }


def record(folder: Path) -> None:
    """Write all pictures into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (width, scene) in scenes().items():
        with tempfile.TemporaryDirectory() as place:
            host = HostProcess(Path(place) / "data", MovableClock(Path(place) / "clock"))
            host.start()
            try:
                for line in ADDED:
                    if name != "terminal" or line != ADDED[1]:
                        host.command("add", line)
                shown = scene(host, width)
            finally:
                host.stop()
        (folder / f"{name}.svg").write_text(picture(shown, width, name), encoding="utf-8")


def picture(shown: Text, width: int, name: str) -> str:
    """Return what was shown as an SVG document."""
    console = Console(record=True, width=width, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(shown, soft_wrap=True)
    return console.export_svg(title="taskora", code_format=PICTURE, unique_id=f"taskora-{name}")


def _commands(*commands: Sequence[str]) -> Callable[[HostProcess, int], Text]:
    def scene(host: HostProcess, width: int) -> Text:
        shown = Text()
        for arguments in commands:
            words = " ".join(f"'{word}'" if word.startswith("#") else word for word in arguments)
            shown.append("$ ", style="dim").append(f"taskora {words}\n", style="bold")
            shown.append(Text.from_ansi(drawn(host, *arguments, width=width).replace("\r\n", "\n").rstrip())).append(
                "\n\n"
            )
        shown.rstrip()
        return shown

    return scene


def _chat(host: HostProcess, _: int) -> Text:
    """Show a conversation with each line as the prompt colours it, and below the last one what is said while one types."""
    client = HostClient(host.settings, lambda _: None)
    reader = LiveReader(client)
    reader.ready.wait()
    conversation = Conversation(client)
    shown = Text()
    for line in SAID:
        shown.append("> ", style="dim").append(_typed(reader, line)).append("\n")
        shown.append("".join(conversation.say(line))).append("\n")
    unsaid = "call mom sunday at noon every two weeks, high priority #family"
    shown.append("> ", style="dim").append(_typed(reader, unsaid)).append("▏\n\n")
    return shown.append(reader.understood(unsaid), style="bright_black")


def _typed(reader: LiveReader, line: str) -> Text:
    typed = Text()
    for style, text, *_ in SpanLexer(reader).coloured(line):
        typed.append(text, style=style.removeprefix("ansi").replace("bright", "bright_"))
    return typed


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)
    record(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
