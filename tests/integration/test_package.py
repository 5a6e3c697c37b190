"""Evidence packages: made from the pages and by command, checked by nothing but the standard library, and attacked."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from application.integrity.keys import SigningKey, read_signing_key
from application.integrity.standalone import verifier
from application.integrity.witness import Witness
from application.proof.packaging import package
from application.questions.results.explaining import pairing_of
from application.system import System
from application.verbs.assessment.appeals import file_appeal
from domain.integrity import evidence
from domain.integrity.archive import ArchiveError, pack, unpack
from domain.integrity.evidence import ALTERED, INCOMPLETE, MANIFEST, NOT_IN_LOG, UNREADABLE, Failed, check
from domain.integrity.note import Checkpoint, Note, read_key, read_note
from domain.integrity.tlog_proof import TlogProof, read_proof
from domain.kernel.parties import Side
from domain.kernel.recorded import By, Source
from interface.cli.main import app
from tests.kit.acts import carried_out
from tests.kit.numbers import finding_id
from tests.kit.serving import Visitor, demo_app
from tests.kit.yearend import published_run

BY = By(actor="fuhe", source=Source(kind="command", name="test"))
EVERY = os.environ.get("LIANJIAN_EVERY_BYTE") == "1"
"""The long form changes every byte; the quick one every byte of what is short and some of what is long."""


@dataclass
class Made:
    """A county that was witnessed, and three packages of it."""

    system: System
    visitor: Callable[[str], Visitor]
    finding: bytes
    score: bytes
    appeal: bytes
    pairing: str

    @property
    def key(self) -> SigningKey:
        written = read_key(self.system.custody.identity().key)
        return read_signing_key(self.system.settings.keys / f"{written.id.hex()}.key")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("packages")
    system, application = demo_app(folder)
    witness = Witness.new(folder / "witness", "w.prefecture.local")
    witness.trust(read_key(system.custody.identity().key))
    system.custody.name_witness(witness.key, "州督查室", BY)
    system.custody.accept(witness.cosign(system.custody.request(), system.clock()))
    with system.reading() as connection:
        pairing = pairing_of(connection, 2025, "南溪村", None, system.runner.position())
    published_run(system)
    contested: dict[str, Any] = {"year": 2025, "pairing_id": pairing, "indicator": "A3"}
    contested |= {"finding_id": "", "side": Side.UNIT, "grounds": "漏计一次活动"}
    appeal_id = carried_out(system, file_appeal, "", **contested, by=BY).key
    yield Made(
        system,
        lambda who: Visitor(application, who),
        package(system, "finding", "WT2025-001", BY),
        package(system, "score", pairing, BY, 2025),
        package(system, "appeal", appeal_id, BY),
        pairing,
    )
    system.close()


def refused(data: bytes, code: int, member: str, saying: str = "") -> None:
    with pytest.raises(Failed) as failure:
        check(data)
    assert (failure.value.code, failure.value.member) == (code, member), str(failure.value)
    assert saying in str(failure.value)


@pytest.mark.parametrize("kind", ["finding", "score", "appeal"])
def test_a_package_proves_what_it_holds(made: Made, kind: str) -> None:
    data = getattr(made, kind)
    found = check(data, [made.system.custody.fingerprint()])
    assert found.key_known
    assert len(found.witnessed) == 1 and "w.prefecture.local" in found.witnessed[0]
    assert check(data, [made.system.custody.identity().key]).key_known
    assert not check(data).key_known
    members = unpack(data)
    for position, leaf in found.leaves.items():
        recorded = made.system.log.read(after=position - 1, limit=1)[0]
        assert (recorded.stream, recorded.version, recorded.event.NAME) == (
            leaf.stream,
            leaf.version,
            leaf.topic,
        )
    assert found.manifest["heads"]["log"] == 2
    names = {
        row.name for row in made.system.vault._engine.connect().exec_driver_sql("SELECT name FROM person")
    }
    told = (data for name, data in members.items() if name not in ("verify.py", "README.zh.md"))
    text = b"".join(told).decode("utf-8", "replace")
    assert not [name for name in names if len(name) > 2 and name in text], "a package names nobody"


def test_a_score_package_holds_the_trace_and_every_event_behind_it(made: Made) -> None:
    members = unpack(made.score)
    trace = json.loads(members["score/trace.json"])
    with made.system.reading() as connection:
        results = made.system.scoring.results(connection, 2025, trace["known_at"])
    result = next(r for r in results if r.pairing == made.pairing)
    assert trace["total"] == f"{result.sheet.total / 100:.2f}"
    facts = [fact["position"] for line in trace["lines"] for fact in line["facts"] + line["excluded"]]
    assert len(facts) > 50
    assert {f"events/{position:09d}.leaf" for position in facts} <= set(members)
    assert "南溪村" in members["summary.html"].decode()
    appealed = json.loads(unpack(made.appeal)["score/trace.json"])
    assert appealed["known_at"] <= trace["known_at"]


def test_any_other_program_opens_the_zip(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    path.write_bytes(made.score)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == unpack(made.score)


def test_the_verifier_is_one_file_for_python_3_8_with_the_standard_library_only(
    made: Made, tmp_path: Path
) -> None:
    text = unpack(made.finding)["verify.py"].decode()
    assert text == verifier()
    tree = ast.parse(text, feature_version=(3, 8))
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]  # type: ignore[union-attr]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert imported <= sys.stdlib_module_names
    script, good, bad = tmp_path / "verify.py", tmp_path / "good.zip", tmp_path / "bad.zip"
    script.write_text(text, encoding="utf-8")
    good.write_bytes(made.finding)
    bad.write_bytes(made.finding[:-1])

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", str(script), *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)

    proved = run(good, "--key", made.system.custody.fingerprint())
    assert (proved.returncode, proved.stderr) == (0, "")
    assert proved.stdout.startswith("证明成立。")
    assert run(good).returncode == 1
    assert run(good, "--key", "00" * 32).returncode == 3
    assert run(bad).returncode == 5
    assert run(tmp_path / "nowhere.zip").returncode == run().returncode == 5


def test_the_command_says_the_same(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    data = str(made.system.settings.folder)

    def run(*words: str) -> tuple[int, str]:
        answer = CliRunner(env={"LIANJIAN_DATABASE_URL": None}).invoke(app, list(words))
        return answer.exit_code, answer.output

    assert run("package", "--score", "2025/南溪村", "-o", str(path), "--data", data)[0] == 0
    assert run("package", "--score", "2025/南溪村", "-o", str(path), "--data", data)[0] == 2
    assert run("package", "--score", "南溪村", "-o", str(tmp_path / "x"), "--data", data)[0] == 2
    assert run("package", "--finding", "WT-none", "-o", str(tmp_path / "x"), "--data", data)[0] == 2
    assert run("package", "-o", str(tmp_path / "x"), "--data", data)[0] == 2
    assert not (tmp_path / "x").exists()
    assert run("verify-package", str(path))[0] == 1
    assert run("verify-package", str(tmp_path / "none.zip"))[0] == UNREADABLE, "not 2, which says changed"
    code, said = run("verify-package", str(path), "--key", made.system.custody.fingerprint(), "--json")
    assert (code, json.loads(said)["code"]) == (0, 0)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r", 1))
    code, said = run("verify-package", str(path), "--json")
    assert (code, json.loads(said)["member"]) == (2, "README.zh.md")


def test_from_the_pages_only_by_those_who_may(made: Made) -> None:
    for who in ("fuhe", "ducha", "shenji"):
        answer = made.visitor(who).post("/evidence/finding/WT2025-001")
        assert answer.status_code == 200 and answer.headers["content-type"] == "application/zip"
        assert check(answer.content)
    for who in ("danwei", "cun", "kaohe", "guanli"):
        assert made.visitor(who).post("/evidence/finding/WT2025-001").status_code == 403
    assert made.visitor("fuhe").post("/evidence/finding/none").status_code == 404
    assert made.visitor("fuhe").post("/evidence/secrets/x").status_code == 404
    page = made.visitor("shenji").get("/trail?name=system.EvidencePackaged").text
    assert "导出关于 WT2025-001 的证据包" in page, "what was handed out is on record"


def test_every_changed_byte_is_found_and_its_member_named(made: Made) -> None:
    data = made.finding
    members = unpack(data)
    at = 0
    for name in sorted(members):
        start = at + 30 + len(name)
        end = start + len(members[name])
        step = 1 if EVERY else 5 if end - start < 400 else 401
        for place in [*range(at, start, 1 if EVERY else 3), *range(start, end, step)]:
            changed = bytearray(data)
            changed[place] ^= 1 << (place % 8)
            with pytest.raises(ArchiveError) as error:
                unpack(bytes(changed))
            # A damaged name or length is told by the name that then stands there, or by what follows it.
            assert error.value.member == name or place < start, (name, place, str(error.value))
        at = end
    for place in range(at, len(data), 1 if EVERY else 17):
        changed = bytearray(data)
        changed[place] ^= 1 << (place % 8)
        with pytest.raises(ArchiveError):
            unpack(bytes(changed))
    for cut in (1, 22, 5000):
        with pytest.raises(Failed):
            check(data[:-cut])
    refused(b"", UNREADABLE, "")
    refused(data + b"\0", UNREADABLE, "")


@pytest.mark.parametrize("name", ["checkpoint", "events/000000001.leaf", "summary.html", "log.vkey"])
def test_a_member_replaced_in_a_proper_zip_is_named(made: Made, name: str) -> None:
    members = unpack(made.finding)
    changed = {**members, name: members[name][:-2] + b"!\n"}
    with pytest.raises(Failed) as failure:
        check(pack(changed))
    assert (failure.value.code, failure.value.member) == (ALTERED, name)
    refused(pack({k: v for k, v in members.items() if k != name}), INCOMPLETE, name)
    refused(pack({**members, "more.txt": b"x"}), ALTERED, "more.txt")


def signed_anew(members: dict[str, bytes], key: SigningKey, **changes: object) -> bytes:
    """The package with a manifest that fits its members, signed by ``key``: what the owner of the key could make."""
    body = evidence.read_manifest(read_note(members[MANIFEST]))
    rest = {name: data for name, data in members.items() if name != MANIFEST}
    body["members"] = {name: hashlib.sha256(data).hexdigest() for name, data in rest.items()}
    text = evidence.manifest_text({**body, **changes})
    return pack({**rest, MANIFEST: str(Note(text, (key.sign(text),))).encode()})


def event_names(members: dict[str, bytes]) -> list[str]:
    """The finding's events, without their endings."""
    about = evidence.read_manifest(read_note(members[MANIFEST]))["about"]
    leaves = sorted(name for name in members if name.endswith(".leaf"))
    return [
        n[: -len(".leaf")]
        for n in leaves
        if evidence.read_leaf_data(members[n]).stream == f"finding-{about['id']}"
    ]


def test_even_the_owner_of_the_key_cannot_prove_what_is_not_in_the_log(made: Made) -> None:
    members = unpack(made.finding)
    first, second = event_names(members)[-2:]
    forged = {**members}
    forged[f"{second}.leaf"] = members[f"{second}.leaf"].replace(b"2025", b"2024", 1)
    refused(signed_anew(forged, made.key), NOT_IN_LOG, f"{second}.leaf", "another root")
    swapped = {**members, f"{second}.tlog-proof": members[f"{first}.tlog-proof"]}
    refused(signed_anew(swapped, made.key), NOT_IN_LOG, f"{second}.leaf")
    proof = read_proof(members[f"{second}.tlog-proof"])
    shorter = str(TlogProof(proof.index, proof.path[:-1], proof.note)).encode()
    refused(
        signed_anew({**members, f"{second}.tlog-proof": shorter}, made.key),
        NOT_IN_LOG,
        f"{second}.leaf",
        "shorter",
    )
    read_as = members[f"{second}.json"].replace(b'"version"', b'"Version"')
    refused(signed_anew({**members, f"{second}.json": read_as}, made.key), ALTERED, f"{second}.json")


def test_size_and_root_from_elsewhere_are_refused(made: Made) -> None:
    members = unpack(made.finding)
    origin = made.system.custody.identity().origin
    text = str(Checkpoint(origin, 9, b"\1" * 32))
    note = str(Note(text, (made.key.sign(text),))).encode()
    refused(
        signed_anew({**members, "checkpoint": note}, made.key),
        ALTERED,
        "checkpoint",
        "not the one in the manifest",
    )
    elsewhere = signed_anew({**members, "checkpoint": note}, made.key, checkpoint=text)
    first = next(name for name in sorted(members) if name.endswith(".leaf"))[: -len(".leaf")]
    refused(elsewhere, NOT_IN_LOG, f"{first}.leaf", "another checkpoint")


def test_an_omitted_event_is_missed_and_a_lie_about_it_is_signed(made: Made) -> None:
    members = unpack(made.finding)
    last = event_names(members)[-1]
    fewer = {name: data for name, data in members.items() if not name.startswith(last)}
    refused(
        signed_anew(fewer, made.key),
        INCOMPLETE,
        f"finding-{finding_id(made.system, 'WT2025-001')}",
        "5 events",
    )
    trace = unpack(made.score)
    behind = next(
        f"events/{f['position']:09d}" for f in json.loads(trace["score/trace.json"])["lines"][2]["facts"]
    )
    heads = evidence.read_manifest(read_note(trace[MANIFEST]))["heads"]
    stream = evidence.read_leaf_data(trace[f"{behind}.leaf"]).stream
    heads = {name: head for name, head in heads.items() if name != stream}
    left = {
        name: data
        for name, data in trace.items()
        if not (name.endswith(".leaf") and evidence.read_leaf_data(data).stream == stream)
    }
    refused(signed_anew(left, made.key, heads=heads), INCOMPLETE, "score/trace.json", "is not there")


@pytest.mark.parametrize(
    "changes",
    [{"heads": []}, {"heads": {"log": "2"}}, {"checkpoint": None}, {"heads": None}],
    ids=str,
)
def test_a_signed_package_of_another_shape_is_refused(made: Made, changes: dict[str, object]) -> None:
    members = unpack(made.finding)
    with pytest.raises(Failed) as failure:
        check(signed_anew(members, made.key, **changes))
    assert failure.value.code in (ALTERED, INCOMPLETE)
    odd = {**members, "score/odd.json": b'{"lines": [3]}'}
    refused(signed_anew(odd, made.key), ALTERED, MANIFEST, "shape")


def test_a_key_of_ones_own_is_refused(made: Made) -> None:
    members = unpack(made.finding)
    own = SigningKey.new(made.system.custody.identity().origin)
    mine = {**members, "log.vkey": f"{own.verifier}\n".encode()}
    refused(signed_anew(mine, own), ALTERED, "checkpoint")
    with pytest.raises(Failed) as failure:
        check(made.finding, [str(own.verifier)])
    assert (failure.value.code, failure.value.member) == (NOT_IN_LOG, "log.vkey")


def test_a_witness_that_saw_another_log_does_not_help(made: Made) -> None:
    members = unpack(made.finding)
    another = {**members, "earlier/consistency": members["earlier/consistency"].replace(b"old ", b"old 1", 1)}
    refused(signed_anew(another, made.key), NOT_IN_LOG, "earlier/consistency")


def test_after_a_change_of_key_old_and_new_packages_prove(made: Made, tmp_path: Path) -> None:
    system, _ = demo_app(tmp_path)
    before = package(system, "finding", "WT2025-001", BY)
    system.custody.change_key("yearly", BY)
    after = package(system, "finding", "WT2025-001", BY)
    pinned = [system.custody.fingerprint()]
    assert check(before, pinned).key_known and check(after, pinned).key_known
    system.close()
