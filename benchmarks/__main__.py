"""Run the measurements and print one table: ``python -m benchmarks [NAME...] [--json]``.

A figure is the median of its runs with the fastest and the slowest beside it; ratios compare two things measured in
the same run on the same machine, since seconds alone say more about the machine than about the program.

Example: python -m benchmarks county demo --json
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks import assessment, county, demo, large, large_import, pages, trust, writing

MEASUREMENTS = {
    "county": county.measure,
    "assessment": assessment.measure,
    "demo": demo.measure,
    "trust": trust.measure,
    "large": large.measure,
    "import": large_import.measure,
    "pages": pages.measure,
    "writing": writing.measure,
}


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.split("\n")[0])
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"some of: {', '.join(MEASUREMENTS)} (default: all)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.add_argument(
        "--before", type=Path, metavar="CHECKOUT", help="writing: measure in turn with this checkout, too"
    )
    asked = parser.parse_args()
    unknown = set(asked.names) - set(MEASUREMENTS)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}")
    found: dict[str, dict[str, float | str]] = {}
    for name in asked.names or MEASUREMENTS:
        print(f"measuring {name} ...", file=sys.stderr)
        found[name] = writing.measure(asked.before) if name == "writing" else MEASUREMENTS[name]()
        if not asked.json:
            print(name)
            for what, value in found[name].items():
                shown = f"{value:.3g}" if isinstance(value, float) else value
                print(f"  {what:62} {shown}")
    if asked.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
