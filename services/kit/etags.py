"""Entity tags (RFC 9110 §8.8.3) and the requests that depend on them: what has not changed is not sent again.

The tag of an answer is a hash of it. That of a single thing begins with its version: a change that may only be made to that
version names the tag in `If-Match`, and the version in it counts.
"""

import re
from hashlib import blake2b

from fastapi import Request
from starlette.responses import Response

from taskora.domain.errors import PreconditionFailed

_TAG = re.compile(r'(?:W/)?"[!#-~\x80-\xff]*"')
_VERSIONED = re.compile(r'"(\d{1,9})-[0-9a-f]+"')


def etag(body: bytes, version: int | None = None) -> str:
    """Return the tag of an answer; `version` is that of the single thing in it."""
    digest = blake2b(body, digest_size=12).hexdigest()
    return f'"{digest}"' if version is None else f'"{version}-{digest}"'


def tagged(request: Request, body: bytes, *, version: int | None = None) -> Response:
    """Return a JSON answer with its tag, or 304 without a body when the request knows it already (`If-None-Match`)."""
    tag = etag(body, version)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    known = request.headers.get("if-none-match")
    if known is not None and (known.strip() == "*" or tag in (one.removeprefix("W/") for one in _TAG.findall(known))):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def expected_version(request: Request) -> int | None:
    """Return the version that a change is meant for, by `If-Match`; None when the request names none, or takes any (`*`).

    Raises PreconditionFailed for a tag that was never given.
    """
    given = request.headers.get("if-match")
    if given is None or given.strip() == "*":
        return None
    found = _VERSIONED.fullmatch(given.strip())
    if found is None:
        raise PreconditionFailed("This tag was never given to a task.", field="If-Match")
    return int(found[1])
