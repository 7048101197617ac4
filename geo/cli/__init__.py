"""The command line. A module is a command: the words that it takes, and what it prints.

Tables for people, `--json` for programs. Ends with 0, or with 2 and a message that says what to do.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict

from geo.cli.parser import parser
from geo.cli.terminal import print_json
from geo.errors import DataError, GeoError
from geo.plan import load_plan
from geo.scenario import parse_rings

__all__ = ["FAILED", "main"]

FAILED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0, or 2 after a message on the error stream."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal of another encoding is no reason to fail
    options = parser().parse_args(arguments)
    try:
        plan = load_plan(options.data)
        options.run(plan, plan.view(options.extent, options.reading, _rings(options)), options)
        sys.stdout.flush()
    except DataError as error:
        _tell_faults(error, options)
        return FAILED
    except GeoError as error:
        print(error.text(options.lang), file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"The output cannot be written: {error.strerror}. 无法写出结果。", file=sys.stderr)
        return FAILED
    return 0


def _rings(options: argparse.Namespace) -> tuple[float, ...] | None:
    return None if options.rings is None else parse_rings(options.rings)


def _tell_faults(error: DataError, options: argparse.Namespace) -> None:
    """Every fault of the data: JSON on the output stream for programs, lines on the error stream for people."""
    if options.json:
        print_json({"ok": False, "faults": [asdict(fault) for fault in error.faults]})
    else:
        print(error.text(options.lang), file=sys.stderr)
