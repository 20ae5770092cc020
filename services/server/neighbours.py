"""One system at a time on a machine: sidecars find each other by mDNS, which knows an app id and nothing of whose it is.

Two systems side by side would answer each other's invocations. In a cluster, names are the cluster's and this is not needed.
"""

import contextlib
import socket
import sys
from collections.abc import Iterator

from taskora.domain.errors import CannotStart

_NAME = "\0taskora-on-dapr"
"""In the abstract namespace, which is the network's, as mDNS is, and forgets with the process (unix(7); Linux only)."""


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Be the only system of this machine for the time of the block. Raises CannotStart when another one is here."""
    with socket.socket(socket.AF_UNIX) as held:
        if sys.platform == "linux":
            try:
                held.bind(_NAME)
            except OSError as error:
                raise CannotStart(
                    "Another Taskora on Dapr runs on this machine, and its sidecars would answer for ours.",
                    advice="End it first (make up-dapr, make test-dapr).",
                ) from error
        yield
