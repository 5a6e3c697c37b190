"""What is done with the calendar and with the names of persons, and by whom.

Names stand beside the log: application/stores/forgetting.py.
"""

from __future__ import annotations

from application.things import CALENDAR, PERSON
from application.verb import Verb
from domain.account.role import Role
from domain.system.calendar import ImportedCalendar
from domain.system.person import PersonalData

# Notice periods move with it, so it is for whoever approves. A file of the year's holidays is imported on the command line;
# days may as well be stated one by one.
import_calendar = Verb(CALENDAR, ImportedCalendar.import_calendar, frozenset({Role.APPROVER}))
# Done on the command line, by the keeper of the machine, as an office decided: it cannot be taken back.
erase_person = Verb(PERSON, PersonalData.erase_person, frozenset({Role.ADMIN}), beside_log=True)
