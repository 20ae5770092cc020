"""Ports of this machine: free ones, and whether somebody listens or answers on one."""

import socket
from contextlib import ExitStack

import httpx2

LOOPBACK = "127.0.0.1"


def free_ports(count: int) -> list[int]:
    """Return different ports that nobody listens on at the moment."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def listens(port: int) -> bool:
    """Tell whether somebody listens on the loopback address."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((LOOPBACK, port)) == 0


def says_pong(port: int) -> bool:
    """Tell whether a Redis has read its files and takes commands: it listens before that."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=0.5) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


async def answers(url: str) -> bool:
    """Tell whether a request is answered with success."""
    async with httpx2.AsyncClient(trust_env=False, timeout=5) as http:
        try:
            return (await http.get(url)).is_success
        except httpx2.TransportError:
            return False
