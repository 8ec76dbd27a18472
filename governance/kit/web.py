"""Granian with the application imported before it forks: two workers then take the time and memory of one.

Run as `python -m governance.kit.web`, with granian's own arguments.
"""

import gc

import django
from django.urls import get_resolver
from granian.cli import entrypoint

if __name__ == "__main__":
    django.setup()
    _ = get_resolver().url_patterns  # imports every view
    # What is loaded now stays: the collector need not walk it again at every request, nor copy its pages in the workers.
    gc.collect()
    gc.freeze()
    entrypoint()  # type: ignore[no-untyped-call]
