"""`python -m geo`: the door to the command line in geo/cli/."""

from __future__ import annotations

import sys

from geo.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
