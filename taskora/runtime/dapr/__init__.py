"""The Dapr host's implementation of the ports: HTTP to the sidecar of this process, and the routes that the sidecar calls."""
