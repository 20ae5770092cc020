"""The domain: pure values and rules. Nothing here does input or output, reads a clock or draws a random number."""
