"""The report as one HTML page: counts, then each case with what was expected beside what was got, its spans coloured.

The page stands alone: no script, no font, nothing loaded. Spans are those of the parser, whatever the engine.
"""

import html
import json
from collections.abc import Mapping

from evals.case import Case, Phrase
from evals.engine import Result
from evals.moments import UnknownPreference, context_of
from evals.runner import Count, Run
from taskora.domain.errors import TaskoraError
from taskora.nlu.reader import read_line

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b1f24;background:#fff}
table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .7rem;border-bottom:1px solid #d8dee4;text-align:left}
article{border:1px solid #d8dee4;border-left:.4rem solid #b42318;border-radius:.4rem;padding:.7rem 1rem;margin:1rem 0}
article.passed{border-left-color:#1a7f37}.beside{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f8fa;padding:.6rem;border-radius:.3rem;margin:.3rem 0}
mark{border-radius:.2rem;padding:0 .15rem;background:#ddf4ff;color:inherit}mark.rule,mark.bound{background:#fbefff}
mark.time,mark.duration{background:#d2f4ea}mark.tag{background:#e7e9ff}mark.priority,mark.deadline{background:#ffe2df}
mark.reminder{background:#fff3c4}mark.command{background:#eaeef2}.wrong{color:#b42318;font-weight:600}
@media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}pre{background:#161b22}mark{color:#1b1f24}}
"""


def as_html(run: Run) -> str:
    """Return the page; failures come first."""
    ordered = sorted(run.results, key=lambda result: result.passed)
    skipped = f", {run.skipped} skipped" if run.skipped else ""
    title = html.escape(f"{run.suite}, engine {run.engine}")
    return "\n".join(
        (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>',
            f"<h1>{title}</h1>",
            f"<p>{run.count.passed} of {run.count.total} passed ({run.count.share:.1%}){skipped}</p>",
            _table("category", run.by_category()),
            _table("field", run.by_field()),
            *map(_case, ordered),
            "</html>\n",
        )
    )


def _table(title: str, counts: Mapping[str, Count]) -> str:
    rows = (
        f"<tr><td>{html.escape(name)}<td>{count.passed}<td>{count.total}<td>{count.share:.1%}"
        for name, count in counts.items()
    )
    return f"<table><tr><th>{title}<th>passed<th>total<th>{''.join(rows)}</table>"


def _case(result: Result) -> str:
    failed = ", ".join(result.verdict.failed)
    wrong = f' <span class="wrong">{html.escape(failed)}</span>' if failed else ""
    kind = "passed" if result.passed else "failed"
    moment = result.case.moment
    return (
        f'<article class="{kind}"><h3>{html.escape(result.case.id)}{wrong}</h3><p>{_line(result.case)}</p>'
        f"<p>{moment.now.isoformat()} in {html.escape(moment.tz)}</p>"
        f'<div class="beside"><div>expected{_data(result.case.expect)}</div><div>got{_data(result.got)}</div></div></article>'
    )


def _data(value: object) -> str:
    return f"<pre>{html.escape(json.dumps(value, ensure_ascii=False, indent=1))}</pre>"


def _line(case: Case) -> str:
    """Return the words of a case, of a phrase with its spans marked."""
    if not isinstance(case, Phrase):
        return "<br>".join(html.escape(turn.say) for turn in case.turns)
    try:
        spans = read_line(case.text, context_of(case.moment)).spans
    except (TaskoraError, UnknownPreference):
        spans = ()
    pieces, position = [], 0
    for span in spans:
        pieces.append(html.escape(case.text[position : span.start]))
        inner = html.escape(case.text[span.start : span.end])
        pieces.append(f'<mark class="{html.escape(span.kind)}" title="{html.escape(span.kind)}">{inner}</mark>')
        position = span.end
    return "".join((*pieces, html.escape(case.text[position:])))
