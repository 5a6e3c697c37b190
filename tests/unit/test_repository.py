"""What may stand in the repository's files, whoever writes them."""

from __future__ import annotations

import re
import subprocess
import tomllib
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements/run.lock", "requirements/dev.lock")

# Written in two halves, so that this file does not hold what it forbids.
MACHINE_PATHS = [
    "/" + "work/",
    "/" + "root/",
    "/" + "home/",
    "/" + "Users/",
    "/" + "opt/",
    "C:" + r"\Users",
]
REGISTRY_HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb." + "debian.org",
    "security." + "debian.org",
    "index" + "-url",
]


@cache
def repository_files() -> tuple[Path, ...]:
    """Files that are committed or would be: everything git does not ignore."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing says which files belong to the repository")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = {ROOT / name for name in listed.stdout.decode().split("\0") if name}
    return tuple(sorted(path for path in paths if path.is_file()))


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """A file's name and text; for a workbook, those of every part inside it."""
    name = path.relative_to(ROOT).as_posix()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for part in archive.namelist():
                yield f"{name}!{part}", archive.read(part).decode("utf-8", "replace")
    else:
        yield name, path.read_bytes().decode("utf-8", "replace")


def found(words: list[str], text: str) -> list[str]:
    """Every one of the words in the text, where a path or a host could begin."""
    return re.findall(r"(?<![\w.~-])(?:" + "|".join(map(re.escape, words)) + ")", text, re.IGNORECASE)


def occurrences(words: list[str]) -> list[str]:
    """``file: word`` for every file of the repository that holds one of the words."""
    return [
        f"{name}: {word}"
        for path in repository_files()
        for name, text in texts(path)
        for word in found(words, text)
    ]


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert occurrences(MACHINE_PATHS) == []


def test_no_file_names_a_package_registry() -> None:
    assert occurrences(REGISTRY_HOSTS) == []


@pytest.mark.parametrize("word", MACHINE_PATHS + REGISTRY_HOSTS)
def test_the_search_sees_a_forbidden_word(word: str) -> None:
    assert found([word], f"fetched from https://{word}x") == [word]
    assert found([word], f"data = '{word}x'") == [word]


def test_the_search_looks_inside_workbooks() -> None:
    names = {name.split("!")[1] for path in repository_files() for name, _ in texts(path) if "!" in name}
    assert "xl/workbook.xml" in names


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_is_pinned_and_has_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert lines
    good = re.compile(
        r"^[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==[^ ;]+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+ *$"
    )
    assert [line[:60] for line in lines if not good.match(line)] == []


def test_the_dev_lock_holds_every_pin_of_the_run_lock() -> None:
    run, dev = (
        set(re.findall(r"^[a-z0-9].*==[^ ]+", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS
    )
    assert run - dev == set()
    assert dev - run


def test_every_dependency_of_the_package_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        LOCKS[0]: project["dependencies"],
        LOCKS[1]: project["dependencies"] + project["optional-dependencies"]["dev"],
    }
    for lock, requirements in wanted.items():
        locked = set(
            re.findall(r"^([a-z0-9._-]+)==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
        )
        assert {re.split(r"[\[<>=~!; ]", requirement)[0] for requirement in requirements} - locked == set()


def test_every_data_file_of_a_package_is_installed_with_it() -> None:
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = setup["package-data"]["*"]
    packages = {pattern.rstrip("*") for pattern in setup["packages"]["find"]["include"]}
    data = [
        path.relative_to(ROOT)
        for path in repository_files()
        if path.relative_to(ROOT).parts[0] in packages and path.suffix != ".py"
    ]
    assert data
    assert [str(path) for path in data if not any(fnmatch(f"/{path}", p) for p in patterns)] == []


def test_every_module_stands_in_a_package() -> None:
    folders = {
        path.parent
        for path in repository_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in {"domain", "application", "projections", "interface"}
    }
    assert [
        str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()
    ] == []
