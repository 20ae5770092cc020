"""Hypothesis as these tests use it: the same examples on every run, and no clock (the machine may be busy)."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "taskora", deadline=None, derandomize=True, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("taskora")
