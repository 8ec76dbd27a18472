#!/usr/bin/env python
"""Command line of the portal."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a management command; a private portal on one machine is the default."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.config.settings.dev")
    # A terminal that cannot write a character, as under GBK or C, shows its code instead of a traceback.
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has seen enough, as in `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
