"""Policies with all their versions, and the pages that show them; and which of them a title means on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Connection, Date, Integer, String, Text, select

from domain.kernel.folding import folded
from domain.policy.articles import Article, articles_of
from domain.policy.events import (
    PolicyArea,
    PolicyCorrected,
    PolicyIssued,
    PolicyPlaced,
    PolicyRepealed,
    PolicyRestored,
    PolicyRevised,
    PolicyTakenOff,
    PolicyVersionVoided,
    PolicyVoided,
)
from domain.policy.policy import in_force
from projections.kit.columns import known, said, versioned_table
from projections.kit.projection import Projection
from projections.kit.writer import Writer

policies = versioned_table(
    "policy",
    Column("policy_id", String(40), nullable=False),
    *said(PolicyIssued, "policy_kind"),
    Column("repealed_from", Date),
    Column("repealed_because", Text, nullable=False),
    Column("voided_on", Date),
)
policy_versions = versioned_table(
    "policy_version",
    Column("version_id", String(50), nullable=False),
    Column("policy_id", String(40), nullable=False, index=True),
    *said(PolicyRevised, "version", "title", "document_no", "issuing_body", "issued_on"),
    *said(PolicyRevised, "valid_from", "valid_until", "text", "because"),
)
policy_places = versioned_table(
    "policy_place",
    Column("place_id", String(80), nullable=False),
    Column("policy_id", String(40), nullable=False),
    Column("policy_area", String(20), nullable=False, index=True),
    Column("article", Integer),
)
policies_board = Projection(
    "policies_board", 1, [policies, policy_versions, policy_places], small=[policies, policy_places]
)


def _place_id(event: PolicyPlaced | PolicyTakenOff) -> str:
    return f"{event.policy_id}/{event.policy_area.value}/{event.article or ''}"


@policies_board.on(PolicyIssued)
def _issued(write: Writer, event: PolicyIssued) -> None:
    write.add(policies, repealed_from=None, repealed_because="", voided_on=None)
    write.add(policy_versions, version_id=f"{event.policy_id}/1", version=1, because="")


@policies_board.on(PolicyRevised)
def _revised(write: Writer, event: PolicyRevised) -> None:
    write.add(policy_versions, version_id=f"{event.policy_id}/{event.version}")


@policies_board.on(PolicyCorrected)
def _corrected(write: Writer, event: PolicyCorrected) -> None:
    key = f"{event.policy_id}/{event.version}"
    row = write.get(policy_versions, key)
    text = row["text"] if row else ""
    text = text.replace(event.wrong, event.right) if event.wrong else text
    write.change(policy_versions, key, "title", "document_no", "valid_from", "valid_until", text=text)


@policies_board.on(PolicyVersionVoided)
def _version_voided(write: Writer, event: PolicyVersionVoided) -> None:
    write.end(policy_versions, f"{event.policy_id}/{event.version}")


@policies_board.on(PolicyRepealed)
def _repealed(write: Writer, event: PolicyRepealed) -> None:
    write.change(policies, event.policy_id, "repealed_from", repealed_because=event.because)


@policies_board.on(PolicyRestored)
def _restored(write: Writer, event: PolicyRestored) -> None:
    write.change(policies, event.policy_id, repealed_from=None, repealed_because="")


@policies_board.on(PolicyVoided)
def _voided(write: Writer, event: PolicyVoided) -> None:
    write.change(policies, event.policy_id, "voided_on")


@policies_board.on(PolicyPlaced)
def _placed(write: Writer, event: PolicyPlaced) -> None:
    write.put(policy_places, place_id=_place_id(event))


@policies_board.on(PolicyTakenOff)
def _taken_off(write: Writer, event: PolicyTakenOff) -> None:
    write.end(policy_places, _place_id(event))


@dataclass(frozen=True)
class PolicyText:
    """A version of a policy. ``because``: why it was revised, empty for the first."""

    version: int
    title: str
    document_no: str
    issuing_body: str
    issued_on: date
    valid_from: date
    valid_until: date | None
    text: str
    because: str

    def article(self, number: int) -> Article | None:
        """The article with the number, ``None`` where the text has none."""
        return next((each for each in articles_of(self.text) if each.number == number), None)


@dataclass(frozen=True)
class PolicyOnRecord:
    """A policy with its versions, the earliest first."""

    policy_id: str
    policy_kind: str
    repealed_from: date | None
    repealed_because: str
    voided_on: date | None
    versions: tuple[PolicyText, ...]

    def on(self, day: date) -> PolicyText | None:
        """The text in force on a day."""
        return None if self.voided_on else in_force(self.versions, self.repealed_from, day)


@dataclass(frozen=True)
class Cited:
    """What a citation means on a day. ``text``: ``None`` where the policy did not hold; ``article``: ``None`` where the text in
    force has none with that number, or the whole is cited."""

    policy: PolicyOnRecord
    text: PolicyText | None
    article: Article | None


@dataclass(frozen=True)
class Ground:
    """What a page is done by: a policy in force, and an article of it, ``None`` for the whole."""

    policy_id: str
    title: str
    article: Article | None


class PolicyBook:
    """All policies as known at a position."""

    def __init__(self, connection: Connection, known_at: int | None) -> None:
        texts: dict[str, list[PolicyText]] = defaultdict(list)
        v = policy_versions.c
        names = [each for each in PolicyText.__dataclass_fields__]
        query = select(v.policy_id, *(v[name] for name in names)).where(known(policy_versions, known_at))
        for row in connection.execute(query.order_by(v.policy_id, v.valid_from)).mappings():
            texts[row["policy_id"]].append(PolicyText(**{name: row[name] for name in names}))
        query = select(policies).where(known(policies, known_at)).order_by(policies.c.policy_id)
        self.policies = {
            row.policy_id: PolicyOnRecord(
                row.policy_id,
                row.policy_kind,
                row.repealed_from,
                row.repealed_because,
                row.voided_on,
                tuple(texts[row.policy_id]),
            )
            for row in connection.execute(query)
        }
        self._by_title: dict[str, list[PolicyOnRecord]] = defaultdict(list)
        for policy in self.policies.values():
            for title in sorted({folded(each.title) for each in policy.versions}):
                if not policy.voided_on:
                    self._by_title[title].append(policy)

    def meant(self, title: str, article: int | None, day: date) -> Cited | None:
        """The policy that a folded title means on a day: of those in force, else of all, the one that began last; ``None`` where
        none is called so."""
        called = self._by_title.get(title, [])
        policy = max(
            [each for each in called if each.on(day)] or called,
            key=lambda each: each.versions[0].valid_from,
            default=None,
        )
        if policy is None:
            return None
        text = policy.on(day)
        return Cited(policy, text, text.article(article) if text and article is not None else None)


def grounds(connection: Connection, known_at: int | None, area: PolicyArea, day: date) -> list[Ground]:
    """What the pages of an area show as their ground on a day: what is in force then, with articles that it has."""
    p = policy_places.c
    placed = select(p.policy_id, p.article).where(known(policy_places, known_at), p.policy_area == area.value)
    places = connection.execute(placed.order_by(p.policy_id, p.article)).all()
    if not places:
        return []
    book, found = PolicyBook(connection, known_at), list[Ground]()
    for policy_id, number in places:
        text = book.policies[policy_id].on(day)
        article = text.article(number) if text and number is not None else None
        if text and (number is None or article):
            found.append(Ground(policy_id, text.title, article))
    return found
