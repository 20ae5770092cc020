"""A listening socket. A module of its own and quick to import: a host has its port before anything slow begins."""

import socket


def bound(address: str, port: int) -> socket.socket:
    """Return a listening socket; port 0 is any that is free. Raises OSError when the port is not to be had."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # with the protocol named, asyncio sets TCP_NODELAY: else every answer on a kept connection waits 40 ms for an ACK
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener
