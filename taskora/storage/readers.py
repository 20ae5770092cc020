"""The readers: run queries on read-only connections in threads, so that no query waits for the writer or holds up the loop.

Above: `database`. Below: an `engine`, which says how many there are.
"""

import queue
import threading

from sqlalchemy import Connection

from taskora.storage.engine import Engine
from taskora.storage.request import Request, answer


class Readers:
    """Threads that each own one read-only connection, and the queue they take queries from."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"taskora-reader-{number}", daemon=True)
            for number in range(engine.readers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, request: Request) -> None:
        """Queue a query."""
        self._queue.put(request)

    def close(self) -> None:
        """Finish what is queued and end the threads."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        connection: Connection | None = None
        while (request := self._queue.get()) is not None:
            if request.future.cancelled():
                continue
            connection = self._serve(connection, request)
            answer((request,))
        if connection is not None:
            self._engine.close(connection)

    def _serve(self, connection: Connection | None, request: Request) -> Connection | None:
        try:
            connection = connection or self._engine.connect(read_only=True)
            self._engine.begin_reading(connection)
            try:
                request.value = request.call(connection)
            finally:
                self._engine.rollback(connection)
        except BaseException as error:  # noqa: BLE001  the edge of the thread: the caller gets it
            request.error = self._engine.explain(error, reading=True) or error
        return connection
