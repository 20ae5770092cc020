"""The runtime: the ports through which services reach the outside, the relay, and the hosts that implement the ports."""
