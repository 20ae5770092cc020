"""Where the product's sources are, for the tests that read them."""

import ast
import functools
from pathlib import Path

PRODUCT = ("agent", "evals", "mcp_server", "services", "taskora")


@functools.cache
def product_modules() -> tuple[Path, ...]:
    """Return every module that is shipped, relative to the root; migrations are kept as they were written."""
    found = (path for package in PRODUCT for path in Path(package).rglob("*.py"))
    return tuple(sorted(path for path in found if "versions" not in path.parts))


@functools.cache
def parse(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text())


def imported(path: Path) -> set[str]:
    """Return the full names that a module imports, at any depth of its code."""
    names: set[str] = set()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names
