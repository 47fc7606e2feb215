#!/usr/bin/env python3
"""Entry point of every command of Warta."""

import os
import sys


def main() -> None:
    """Run the command; Ctrl-C before it answers by itself, while Django starts, ends quietly too."""
    try:
        from django.core.management import execute_from_command_line

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)  # what a shell says of a program that Ctrl-C has ended


if __name__ == "__main__":
    main()
