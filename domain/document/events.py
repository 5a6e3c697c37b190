"""What can happen to the documents that an office issues."""

from __future__ import annotations

import enum
from datetime import date

from domain.kernel.event import Event


class Paper(enum.Enum):
    """What kind of document it is (文种); each has a register of its own."""

    ORDER = "order"
    RECEIPT = "receipt"
    EXTENSION = "extension"
    REINSPECTION = "reinspection"
    CLOSING = "closing"
    NOTICE = "notice"
    CIRCULAR = "circular"
    ANNUAL = "annual"


class FindingPaper(enum.Enum):
    """The documents of a finding. [政府督查工作条例 art. 16-18]"""

    ORDER = "order"
    RECEIPT = "receipt"
    EXTENSION = "extension"
    REINSPECTION = "reinspection"
    CLOSING = "closing"


class RunPaper(enum.Enum):
    """The documents of a published run that are not about one unit."""

    CIRCULAR = "circular"
    ANNUAL = "annual"


class DocumentEvent(Event, context="document"):
    """Base of the document events."""

    document_id: str
    paper: Paper


class DocumentIssued(DocumentEvent, occurred="issued_on"):
    """A document is issued, and frozen: its files stand in the store under their SHA-256 in hex, sizes in bytes.

    ``model``: what it says, as data; ``page``: to be shown; ``pdf``: to be printed. ``substance``: digest of what it says but for
    number, date and seal. ``place``: that in the finding's stream of what it tells of, 0 for another thing.
    ``signed_as``: the post of whoever signed. ``replaces``: the id of the one whose place it takes, empty where it is the first.
    """

    number: str
    finding_id: str
    run_id: str
    pairing_id: str
    branch: str
    village: str
    place: int
    title: str
    signed_as: str
    copies_to: str
    issued_on: date
    substance: str
    model: str
    model_size: int
    page: str
    page_size: int
    pdf: str
    pdf_size: int
    replaces: str = ""


class DocumentNumbered(DocumentEvent, occurred="numbered_on"):
    """The next number of a register is given to a document; recorded together with ``DocumentIssued``."""

    year: int
    serial: int
    number: str
    numbered_on: date
