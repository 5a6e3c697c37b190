"""Natural persons appear in events by reference and salted commitment only; the name is in the vault."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class PersonRef:
    """``ref`` finds the name in the vault; ``commitment`` proves which name it was, once salt and name are revealed."""

    ref: str
    commitment: str


def normal_name(written: str) -> str:
    """A person's name in the one form in which names are kept and compared: full width as half width (NFKC), and no space
    around it or within a Chinese name (“张 三” is “张三”). Empty where nothing is written.
    """
    words = unicodedata.normalize("NFKC", written).split()
    return "".join(words) if any("一" <= each <= "鿿" for word in words for each in word) else " ".join(words)


def name_commitment(ref: str, salt: bytes, name: str) -> str:
    """Hex SHA-256 of ``name/v1 | ref | salt | name``, length-framed. docs/decisions/0006-vault.md"""
    hasher = hashlib.sha256(b"name/v1\0")
    for part in (ref.encode(), salt, name.encode()):
        hasher.update(len(part).to_bytes(2, "big") + part)
    return hasher.hexdigest()


@dataclass(frozen=True)
class Persons:
    """Who ever stood behind accounts: user name to references. An account that names nobody, such as an import's, stands
    for itself.

    Rules that want two or three people compare these, for one person may hold several accounts.
    """

    behind: Mapping[str, frozenset[str]] = field(default_factory=dict)
    links: frozenset[frozenset[str]] = frozenset()
    """Pairs of references that are one person."""

    def of(self, *usernames: str) -> frozenset[str]:
        """All who ever stood behind these accounts, by every reference that is known to be theirs."""
        found = frozenset().union(*(self.behind.get(each) or {f"account:{each}"} for each in usernames))
        return self.same(*found)

    def same(self, *refs: str) -> frozenset[str]:
        """All references that are known to be of the same persons as these."""
        found, more = frozenset(refs), frozenset(refs)
        while more:
            linked = frozenset().union(*(pair for pair in self.links if not pair.isdisjoint(more)))
            found, more = found | linked, linked - found
        return found

    def joined(self, pairs: Iterable[tuple[str, str]]) -> Persons:
        """The same where the two accounts of each pair count as one person's."""
        behind = dict(self.behind)
        for pair in pairs:
            both = Persons(behind, self.links).of(*pair)
            behind.update(dict.fromkeys(pair, both))
        return Persons(behind, self.links)

    def meet(self, username: str, *others: str) -> bool:
        """Whether somebody behind the account ever stood behind one of the others."""
        return not self.of(username).isdisjoint(self.of(*others))
