"""One HTTP/1.1 request to a host on this machine (RFC 9112), as small as that can be.

The standard library's client imports the mail parser and TLS, which takes longer than everything else that `taskora list`
does. Not here: redirects, cookies, compression, kept connections; our own host does without.
"""

import socket
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import BinaryIO

LINE_LIMIT = 64 * 1024


class BrokenAnswer(ConnectionError):
    """The connection ended before the answer did, or what came is no HTTP."""


class Response:
    """An answer whose body is read once: whole, or line by line as it comes. Closed at the end of `with`."""

    def __init__(self, connection: socket.socket) -> None:
        """Read the status and the headers. Raises BrokenAnswer."""
        self._connection = connection
        self._file: BinaryIO = connection.makefile("rb")
        words = _line(self._file).split(b" ", 2)
        if len(words) < 2 or not words[0].startswith(b"HTTP/1.") or not words[1].isdigit():
            raise BrokenAnswer("This is no HTTP.")
        self.status = int(words[1])
        headers = {}
        while line := _line(self._file):
            name, _, value = line.partition(b":")
            headers[name.strip().lower()] = value.strip().lower()
        self._chunked = headers.get(b"transfer-encoding") == b"chunked"
        self._length = int(headers.get(b"content-length") or 0)

    def __enter__(self) -> "Response":
        """Give the answer."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._file.close()
        self._connection.close()

    def read(self) -> bytes:
        """Return the body. Raises BrokenAnswer when it ends too early."""
        return b"".join(self._parts())

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the body as they come, without their ends."""
        rest = b""
        for part in self._parts():
            *whole, rest = (rest + part).split(b"\n")
            yield from (line.removesuffix(b"\r") for line in whole)
        if rest:
            yield rest

    def _parts(self) -> Iterator[bytes]:
        if not self._chunked:
            yield _exactly(self._file, self._length)
            return
        while size := self._size():
            yield _exactly(self._file, size)
            _line(self._file)

    def _size(self) -> int:
        """Read the size of the next chunk (RFC 9112 §7.1)."""
        try:
            return int(_line(self._file).partition(b";")[0], 16)
        except ValueError as error:
            raise BrokenAnswer("This is no HTTP.") from error


def request(
    port: int, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None, *, timeout: float
) -> Response:
    """Send a request to a port of this machine and return the answer. Raises OSError where nobody answers in time."""
    head = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"]
    head += [f"{name}: {value}" for name, value in headers.items()]
    head += [] if body is None else [f"Content-Length: {len(body)}"]
    connection = socket.create_connection(("127.0.0.1", port), timeout)
    try:
        connection.sendall("\r\n".join([*head, "", ""]).encode("ascii") + (body or b""))
        return Response(connection)
    except ValueError as error:
        connection.close()
        raise BrokenAnswer("This is no HTTP.") from error
    except BaseException:
        connection.close()
        raise


def _line(file: BinaryIO) -> bytes:
    line = file.readline(LINE_LIMIT)
    if not line.endswith(b"\n"):
        raise BrokenAnswer("The answer broke off.")
    return line.rstrip(b"\r\n")


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise BrokenAnswer("The answer broke off.")
    return data
