"""Ports of this machine: free ones, and whether somebody listens or answers on one."""

import itertools
import random
import socket

import httpx2

LOOPBACK = "127.0.0.1"


_CANDIDATES = itertools.cycle(random.sample(range(20_000, 32_000), 12_000))
"""Below the ports that systems give to outgoing connections (RFC 6335 §6: from 49152; Linux: from 32768): one that is chosen
here is not taken by a connection before its process listens. Each comes up once in a process, so none is given out twice."""


def free_ports(count: int) -> list[int]:
    """Return different ports that nobody listens on at the moment, none of which was returned before."""
    return list(itertools.islice(filter(_free, _CANDIDATES), count))


def _free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


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
