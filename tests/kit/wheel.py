"""The package as a wheel: the same files give the same bytes, whenever and wherever they were checked out.

    python -m tests.kit.wheel dist

Built from files copied aside, with the locked setuptools of this environment and without a network: nothing that an earlier
build left gets in, and rights and times in the wheel are not those of the checkout.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "application", "projections", "interface")
FILES = ("pyproject.toml", "README.md", "LICENSE")
EARLIEST = "315532800"
"""The first second that the format of a wheel can state, 1 January 1980: every file in it bears that time."""
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


def build_wheel(root: Path, target: Path) -> Path:
    """The wheel of the checkout ``root``, written to the folder ``target``. Raises ``CalledProcessError``."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        aside = Path(scratch)
        for name in PACKAGES:
            shutil.copytree(root / name, aside / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in FILES:
            shutil.copy(root / name, aside)
        for path in aside.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        subprocess.run(
            [sys.executable, "-c", BUILD, str(target.resolve())],
            cwd=aside,
            env={**os.environ, "SOURCE_DATE_EPOCH": EARLIEST},
            umask=0o022,
            check=True,
            capture_output=True,
        )
    (built,) = target.glob("lianjian-*.whl")
    return built


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for older in folder.glob("lianjian-*.whl"):
        older.unlink()
    print(build_wheel(ROOT, folder))
