"""One file per figure; `python -m benchmarks` measures all and writes docs/benchmarks.md. No part of the product."""
