"""Figures that the portal is held to, measured on the machine at hand: `make bench`.

Each module has `run()`, which returns its figures by name; `python -m tests.benchmarks` runs all, or those named.
"""
