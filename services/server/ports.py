"""Ports of this machine: a free one, and whether somebody listens or answers on one."""

import socket

import httpx2


def free_port() -> int:
    """Return a port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Tell whether somebody listens on the loopback address."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(url: str) -> bool:
    """Tell whether a request is answered with success."""
    try:
        return httpx2.get(url, trust_env=False, timeout=5).is_success
    except httpx2.TransportError:
        return False
