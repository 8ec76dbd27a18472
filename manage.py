#!/usr/bin/env python
"""Command line of the portal."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a management command; a private portal on one machine is the default."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.config.settings.dev")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
