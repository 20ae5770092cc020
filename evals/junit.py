"""The report as JUnit XML, which CI servers show: a test suite for each category, a test case for each case."""

import json
from itertools import groupby
from xml.etree import ElementTree as ET

from evals.engine import Result
from evals.runner import Run


def as_junit(run: Run) -> str:
    """Return the XML."""
    root = ET.Element("testsuites", name=f"{run.suite} {run.engine}", tests=str(run.count.total))
    root.set("failures", str(run.count.total - run.count.passed))
    ordered = sorted(run.results, key=lambda result: result.case.cat)
    for cat, members in groupby(ordered, key=lambda result: result.case.cat):
        results = list(members)
        failures = sum(not result.passed for result in results)
        suite = ET.SubElement(root, "testsuite", name=cat, tests=str(len(results)), failures=str(failures))
        for result in results:
            _case(suite, result, f"{run.engine}.{cat}")
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ET.Element, result: Result, name: str) -> None:
    case = ET.SubElement(suite, "testcase", classname=name, name=result.case.id)
    if result.passed:
        return
    failure = ET.SubElement(case, "failure", message=", ".join(result.verdict.failed))
    pair = {"expected": result.case.expect, "got": result.got}
    failure.text = _printable(json.dumps(pair, ensure_ascii=True, indent=1))


def _printable(text: str) -> str:
    """Return a text without the control characters that XML 1.0 §2.2 forbids."""
    return "".join(letter for letter in text if letter in "\n\t" or letter >= " ")
