"""The wheel holds every file of the packages, is the same bytes each time, and starts the demo outside the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import fastapi
import httpx2 as httpx
import pytest

from application.stores.accounts.keeping import accounts_of
from interface.demo.accounts import PASSWORD, open_demo_accounts
from tests.kit.prepared import prepared
from tests.kit.serving import QUICK
from tests.kit.wheel import FILES, PACKAGES, ROOT, build_wheel
from tests.unit.test_repository import repository_files

DEPENDENCIES = Path(fastapi.__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with the wheel in it; its dependencies are those of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    programs = folder / "bin"
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    (packages,) = folder.glob("lib/python3*/site-packages")
    (packages / "dependencies.pth").write_text(str(DEPENDENCIES), encoding="utf-8")
    return programs


def test_a_wheel_holds_every_file_of_the_packages_and_no_other(wheel: Path) -> None:
    wanted = {path.relative_to(ROOT).as_posix() for path in repository_files()}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == {name for name in wanted if name.split("/")[0] in PACKAGES}
    assert {Path(name).suffix for name in held} >= {".html", ".css", ".xlsx", ".po", ".md", ".toml"}


def test_another_checkout_gives_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    """Of another day and other rights, and with what an earlier build left behind."""
    checkout = tmp_path / "checkout"
    for path in repository_files():
        name = path.relative_to(ROOT)
        if name.parts[0] in (*PACKAGES, *FILES):
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, checkout / name)
            (checkout / name).chmod(0o600)
            os.utime(checkout / name, (1_000_000_000, 1_000_000_000))
    (checkout / "build/lib/domain").mkdir(parents=True)
    (checkout / "build/lib/domain/gone.py").write_text("", encoding="utf-8")
    again = build_wheel(checkout, tmp_path / "dist")
    assert (again.name, again.read_bytes()) == (wheel.name, wheel.read_bytes())


@pytest.mark.long
def test_the_wheel_serves_a_county(installed: Path, tmp_path: Path) -> None:
    system = prepared(tmp_path / "data")
    accounts = accounts_of(system, QUICK)
    open_demo_accounts(system, accounts)
    accounts.close()
    system.close()
    printed = _looked_around(installed, tmp_path, "serve", "--data", "data")
    assert len(printed) == 1


# What it does before it serves takes half a minute, and is done in the checkout by test_lived_demo every time.
@pytest.mark.long
def test_the_demo_of_the_wheel_prints_its_figures_and_answers_at_the_address_it_prints(
    installed: Path, tmp_path: Path
) -> None:
    printed = _looked_around(installed, tmp_path, "demo")
    shown = [int(line.rsplit(": ", 1)[1]) for line in printed if re.fullmatch(r"[a-z_]+: \d+", line)]
    assert shown == [141, 141, 6, 147, 147, 147, 147, 2111, 159, 150]
    assert "lianjian-2025" in "\n".join(printed)
    assert (tmp_path / "data/demo").is_dir()


def _looked_around(installed: Path, folder: Path, *words: str) -> list[str]:
    """What a command of the wheel printed up to the address at which it then served."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LIANJIAN", "PYTHON"))}
    command = [str(installed / "lianjian"), *words, "--port", "0"]
    printed: list[str] = []
    with subprocess.Popen(command, cwd=folder, env=clean, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                printed.append(line.strip())
                if line.startswith("http://127.0.0.1:"):
                    break
            _look_around(printed[-1])
        finally:
            process.terminate()
    return printed


def _look_around(address: str) -> None:
    """Health, the page to sign in in both languages with its stylesheets, help, and a document."""
    with httpx.Client(base_url=address, follow_redirects=True) as client:
        assert client.get("/health").status_code == 200
        page = client.get("/sign-in").text
        assert "登录" in page
        assert "Sign in" in client.get("/language?to=en&next=/sign-in").text
        styles = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
        assert styles and all("{" in client.get(style).raise_for_status().text for style in styles)
        client.post("/sign-in", data={"username": "kaohe", "password": PASSWORD, "next": "/pairings"})
        for path in ("/help/rules/duties", "/static/help/zh/assessor-1.webp"):
            assert client.get(path).raise_for_status().content
        pairing = re.search(r'href="/pairings/([^"?]+)', client.get("/pairings").text)
        assert pairing is not None
        document = client.get(f"/documents/result/{pairing[1]}").raise_for_status().text
        assert "county.local/lianjian/" in document


def test_the_command_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    say = "import domain, application, projections, interface as i; print(i.__file__)"
    told = subprocess.run(
        [installed / "python", "-c", say], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(told.stdout.strip()).is_relative_to(installed.parent)
