"""Policies: which hold on a day, and one with its texts, what changed between them, and what cites it."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sqlalchemy import and_, func, select

from application.actors.actor import READERS, TOWNSHIPS
from application.input.keyset import After
from application.question import Asker, Limit, Listing, question
from application.questions.history import steps_of
from application.questions.sentences import HistoryStep
from application.questions.whose import own
from application.things import POLICY
from domain.account.role import Role
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.kernel.errors import Unknown
from domain.kernel.folding import folded
from domain.kernel.values import Key, OptionalLine, Whole
from domain.policy.articles import Article, ArticleCompared, articles_of, compared, preamble_of
from domain.policy.citing import citations
from domain.policy.events import PolicyArea, PolicyKind
from domain.policy.policy import last_day
from projections.boards import trail
from projections.boards.assessment.runs import schemes_known
from projections.boards.pairing.pairings import pairings
from projections.boards.pairing.plans import plan_tasks
from projections.boards.policies import PolicyBook, PolicyOnRecord, PolicyText, policy_places
from projections.kit.columns import known

SIGNED_IN = READERS | {Role.ADMIN}
"""Everybody who can sign in."""
Version = Annotated[int, Whole(1, 999)]


class PolicyState(enum.Enum):
    """How a policy stands on a day. ``OVER``: it ran out or was repealed; ``VOIDED``: it was recorded in error."""

    IN_FORCE = "in_force"
    TO_COME = "to_come"
    OVER = "over"
    VOIDED = "voided"


class CitedFrom(enum.Enum):
    """Where a policy is cited."""

    SCHEME = "scheme"
    PLANS = "plans"
    POLICY = "policy"


@dataclass(frozen=True)
class PolicyListed:
    """A policy by the version in force on the day, else by the one nearest to it. ``last_day``: of that version, ``None`` where
    no end is known."""

    policy_id: str
    policy_kind: PolicyKind
    state: PolicyState
    version: int
    versions: int
    title: str
    document_no: str
    issuing_body: str
    issued_on: date
    valid_from: date
    last_day: date | None


@dataclass(frozen=True)
class PoliciesOnDay:
    """The policies as they stand on a day: those in force first."""

    on: date
    found: int
    rows: tuple[PolicyListed, ...]
    next: str | None


@dataclass(frozen=True)
class VersionRow:
    """A version. ``last_day``: before ``valid_from`` where it never came into force."""

    version: int
    title: str
    document_no: str
    issuing_body: str
    issued_on: date
    valid_from: date
    last_day: date | None
    because: str


@dataclass(frozen=True)
class Place:
    """Pages that show the policy, or an article of it. ``stands``: whether the newest text has the article."""

    policy_area: PolicyArea
    article: int | None
    stands: bool


@dataclass(frozen=True)
class Citing:
    """What cites it: a scheme by year, tasks of a year's plans, another policy. ``article``: ``None`` for the whole;
    ``matter``: the place in what cites; ``on``: the day by which the citation is judged, and ``stands``: whether it leads to
    something in force then.
    """

    source: CitedFrom
    key: str
    year: int | None
    matter: str
    article: int | None
    times: int
    on: date
    stands: bool


@dataclass(frozen=True)
class PolicyShown(PolicyListed):
    """A policy with one of its texts, by default that in force on the day. ``against``: the version that it is compared with,
    ``None`` for the first."""

    on: date
    repealed_from: date | None
    repealed_because: str
    preamble: str
    articles: tuple[Article, ...]
    texts: tuple[VersionRow, ...]
    against: int | None
    changes: tuple[ArticleCompared, ...]
    places: tuple[Place, ...]
    cited_by: tuple[Citing, ...]
    history: tuple[HistoryStep, ...]


@question("/policies", SIGNED_IN)
def list_policies(
    asker: Asker,
    *,
    on: date | None,
    state: PolicyState | None,
    q: OptionalLine,
    after: After | None,
    limit: Limit | None,
) -> PoliciesOnDay:
    """The policies as they stand on a day, by default today; what was voided only where it is asked for."""
    day, wanted = on or asker.look.today(), folded(q)
    rows = [
        row
        for row in (_listed(each, day) for each in _book(asker).policies.values())
        if (row.state is state if state else row.state is not PolicyState.VOIDED)
        and wanted in folded(row.title + row.document_no)
    ]
    order = list(PolicyState)
    listed = Listing.placed(
        rows, lambda row: (order.index(row.state), row.title, row.policy_id), after, limit
    )
    return PoliciesOnDay(day, len(rows), listed.rows, listed.next)


@question("/policies/{key}", SIGNED_IN, on=POLICY)
def show_policy(
    asker: Asker, *, key: Key, on: date | None, version: Version | None, against: Version | None
) -> PolicyShown:
    """A policy as it stands on a day. ``version``: the text to read; ``against``: what it is compared with, by default the one
    before."""
    day, book = on or asker.look.today(), _book(asker)
    policy = book.policies.get(key)
    if policy is None:
        raise Unknown("policy", key)
    numbers = [each.version for each in policy.versions]
    text = _nearest(policy, day) if version is None else policy.versions[_index(numbers, version)]
    at = numbers.index(text.version)
    other = policy.versions[_index(numbers, against)] if against else policy.versions[at - 1] if at else None
    earlier, later = (other, text) if other and other.valid_from <= text.valid_from else (text, other or text)
    listed, stream = _listed(policy, day, text), POLICY.stream(asker.look, key)
    return PolicyShown(
        **{name: getattr(listed, name) for name in PolicyListed.__dataclass_fields__},
        on=day,
        repealed_from=policy.repealed_from,
        repealed_because=policy.repealed_because,
        preamble=preamble_of(text.text),
        articles=articles_of(text.text),
        texts=tuple(_version(policy, n) for n in range(len(policy.versions))),
        against=other.version if other else None,
        changes=compared(earlier.text, later.text) if other else (),
        places=tuple(_places(asker, policy)),
        cited_by=tuple(_citing(asker, book, policy)),
        history=steps_of(asker, trail.of_streams(asker.connection, [stream], asker.known_at)),
    )


def _book(asker: Asker) -> PolicyBook:
    return PolicyBook(asker.connection, asker.known_at)


def _index(numbers: list[int], version: int) -> int:
    if version not in numbers:
        raise Unknown("version of the policy", str(version))
    return numbers.index(version)


def _nearest(policy: PolicyOnRecord, day: date) -> PolicyText:
    """The text in force on a day, else the last that had begun by then, else the first to come."""
    begun = [each for each in policy.versions if each.valid_from <= day]
    return policy.on(day) or (begun[-1] if begun else policy.versions[0])


def _state(policy: PolicyOnRecord, day: date) -> PolicyState:
    if policy.voided_on is not None:
        return PolicyState.VOIDED
    if policy.on(day) is not None:
        return PolicyState.IN_FORCE
    repealed = policy.repealed_from is not None and policy.repealed_from <= day
    to_come = not repealed and any(each.valid_from > day for each in policy.versions)
    return PolicyState.TO_COME if to_come else PolicyState.OVER


def _version(policy: PolicyOnRecord, n: int) -> VersionRow:
    text = policy.versions[n]
    following = policy.versions[n + 1] if n + 1 < len(policy.versions) else None
    return VersionRow(
        text.version,
        text.title,
        text.document_no,
        text.issuing_body,
        text.issued_on,
        text.valid_from,
        last_day(text, following, policy.repealed_from),
        text.because,
    )


def _listed(policy: PolicyOnRecord, day: date, text: PolicyText | None = None) -> PolicyListed:
    text = text or _nearest(policy, day)
    row = _version(policy, policy.versions.index(text))
    return PolicyListed(
        policy_id=policy.policy_id,
        policy_kind=PolicyKind(policy.policy_kind),
        state=_state(policy, day),
        version=row.version,
        versions=len(policy.versions),
        title=row.title,
        document_no=row.document_no,
        issuing_body=row.issuing_body,
        issued_on=row.issued_on,
        valid_from=row.valid_from,
        last_day=row.last_day,
    )


def _places(asker: Asker, policy: PolicyOnRecord) -> Iterator[Place]:
    c, newest = policy_places.c, policy.versions[-1]
    of_policy = known(policy_places, asker.known_at), c.policy_id == policy.policy_id
    areas = [each.value for each in PolicyArea]
    rows = asker.connection.execute(select(c.policy_area, c.article).where(*of_policy)).all()
    for area, number in sorted(rows, key=lambda row: (areas.index(row[0]), row[1] or 0)):
        yield Place(PolicyArea(area), number, number is None or newest.article(number) is not None)


def _citing(asker: Asker, book: PolicyBook, policy: PolicyOnRecord) -> Iterator[Citing]:
    """What cites the policy by its title, each judged by the last day on which what cites it holds, or by today."""
    today = asker.look.today()
    for source, key, year, matter, words, times, day in _texts(asker, book):
        if key == policy.policy_id:
            continue
        seen = set[int | None]()
        for cited in citations(words):
            meant = book.meant(cited.title, cited.article, min(day, today))
            if meant is None or meant.policy is not policy or cited.article in seen:
                continue
            seen.add(cited.article)
            stands = meant.text is not None and (cited.article is None or meant.article is not None)
            yield Citing(source, key, year, matter, cited.article, times, min(day, today), stands)


def _texts(
    asker: Asker, book: PolicyBook
) -> Iterator[tuple[CitedFrom, str, int | None, str, str, int, date]]:
    """All that may cite: whence, its key, the year, the place in it, its words, how often they stand, the last day they hold."""
    for year, row in sorted(schemes_known(asker.connection, asker.known_at).items(), reverse=True):
        if "《" in row.text:
            scheme = parse_scheme(row.text)
            yield CitedFrom.SCHEME, str(year), year, "", scheme.source, 1, scheme.last_day
            parts = [(each.title, each.clause) for group in scheme.groups for each in group.indicators]
            parts += [(each.title, each.clause) for each in scheme.vetoes]
            for title, clause in parts:
                words = f"{clause.number} {clause.words.zh}"
                yield CitedFrom.SCHEME, str(year), year, title.zh, words, 1, scheme.last_day
    c = plan_tasks.c
    cites = [known(plan_tasks, asker.known_at), c.content.contains("《")]
    paired = and_(pairings.c.pairing_id == c.pairing_id, known(pairings, asker.known_at))
    query = select(c.year, c.content, func.count().label("times")).select_from(
        plan_tasks.join(pairings, paired)
    )
    if asker.actor.role in TOWNSHIPS:
        cites.append(own(asker.actor, pairings.c.branch, pairings.c.village))
    query = query.where(*cites)
    for task in asker.connection.execute(
        query.group_by(c.year, c.content).order_by(c.year.desc(), c.content)
    ):
        last = date(task.year, 12, 31)
        yield CitedFrom.PLANS, str(task.year), task.year, task.content, task.content, task.times, last
    for other in book.policies.values():
        if not other.voided_on:
            text = other.versions[-1]
            yield CitedFrom.POLICY, other.policy_id, None, text.title, text.text, 1, date.max
