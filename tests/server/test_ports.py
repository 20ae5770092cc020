"""Ports for processes that start later: free, each given out once, and none that an outgoing connection may take meanwhile."""

import socket

from services.server.ports import LOOPBACK, free_ports, listens

FIRST_OUTGOING = 32_768
"""Linux, `net.ipv4.ip_local_port_range`."""


def test_no_port_is_given_out_twice_though_nobody_listens_yet() -> None:
    given = [port for _ in range(50) for port in free_ports(4)]
    assert len(set(given)) == 200
    assert not any(listens(port) for port in given)


def test_no_outgoing_connection_can_take_a_port_that_was_given_out() -> None:
    assert max(free_ports(200)) < FIRST_OUTGOING


def test_a_port_on_which_somebody_listens_is_passed_over() -> None:
    with socket.socket() as taken:
        [port] = free_ports(1)
        taken.bind((LOOPBACK, port))
        taken.listen()
        assert listens(port)
        # more than there are: every candidate comes up again
        assert port not in free_ports(11_500)
