"""What is done with the calendar, and by whom."""

from __future__ import annotations

from application.things import CALENDAR
from application.verb import Verb
from domain.account.role import Role
from domain.system.calendar import ImportedCalendar

# Notice periods move with it, so it is for whoever approves. A file of the year's holidays is imported on the command line;
# days may as well be stated one by one.
import_calendar = Verb(CALENDAR, ImportedCalendar.import_calendar, frozenset({Role.APPROVER}))
