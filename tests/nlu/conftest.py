"""The profiles of Hypothesis: a short search in every run, a long one by `make fuzz`."""

from hypothesis import HealthCheck, settings

LONG = 10_000

settings.register_profile("fuzz", max_examples=LONG, deadline=None, suppress_health_check=list(HealthCheck))
