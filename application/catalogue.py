"""Every event there is, of every context."""

from domain.account.events import AccountEvent, PersonLinkEvent
from domain.appeal.events import AppealEvent
from domain.assessment.year.events import AssessmentEvent
from domain.attachment.events import AttachmentEvent
from domain.burden.events import BurdenEvent
from domain.complaint.events import ComplaintEvent
from domain.document.events import DocumentEvent
from domain.kernel.event import Catalogue
from domain.livelihood.events import LivelihoodEvent
from domain.pairing.events import PairingEvent, PairingListEvent, PlanTemplateEvent
from domain.policy.events import PolicyEvent
from domain.registry.events import RegistryEvent
from domain.supervision.events import SupervisionEvent
from domain.system.events import SystemEvent

CATALOGUE = Catalogue(
    AccountEvent,
    PersonLinkEvent,
    RegistryEvent,
    PairingEvent,
    PlanTemplateEvent,
    PairingListEvent,
    LivelihoodEvent,
    SupervisionEvent,
    AssessmentEvent,
    AppealEvent,
    AttachmentEvent,
    ComplaintEvent,
    BurdenEvent,
    DocumentEvent,
    PolicyEvent,
    SystemEvent,
)
