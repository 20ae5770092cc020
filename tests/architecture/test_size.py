"""The size rules of the house: modules that can be read in one sitting, functions that fit a screen, a docstring on each."""

import ast
import statistics
from pathlib import Path

import pytest

from tests.architecture.sources import PRODUCT, parse, product_modules

MODULE_LIMIT = 400
MEDIAN_LIMIT = 100
FUNCTION_LIMIT = 40
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "base", "common", "misc"}


def test_the_sources_are_found() -> None:
    assert {path.parts[0] for path in product_modules()} == set(PRODUCT)


def test_the_median_module_is_under_a_hundred_lines() -> None:
    lengths = [len(path.read_text().splitlines()) for path in product_modules() if path.name != "__init__.py"]
    assert statistics.median(lengths) <= MEDIAN_LIMIT


@pytest.mark.parametrize("path", product_modules(), ids=str)
def test_no_module_is_longer_than_four_hundred_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MODULE_LIMIT


@pytest.mark.parametrize("path", product_modules(), ids=str)
def test_no_function_is_longer_than_forty_lines(path: Path) -> None:
    long = [
        f"{node.name} at line {node.lineno}"
        for node in ast.walk(parse(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LIMIT
    ]
    assert long == []


@pytest.mark.parametrize("path", product_modules(), ids=str)
def test_every_module_opens_by_saying_what_it_is(path: Path) -> None:
    assert ast.get_docstring(parse(path))


def test_modules_are_named_for_what_they_are() -> None:
    assert [path for path in product_modules() if path.stem in FORBIDDEN_NAMES] == []
