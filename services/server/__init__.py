"""Server processes: one service each, with a sidecar beside it. The composition roots of the Dapr host."""
