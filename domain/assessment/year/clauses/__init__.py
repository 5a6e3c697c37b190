"""The rules that are enforced in the work of an assessment year, one file per subject."""

# ruff: noqa: F403

from domain.assessment.year.clauses.cut_off import *
from domain.assessment.year.clauses.drafts import *
from domain.assessment.year.clauses.evidence import *
from domain.assessment.year.clauses.grades import *
from domain.assessment.year.clauses.lines import *
from domain.assessment.year.clauses.publication import *
from domain.assessment.year.clauses.result_uses import *
from domain.assessment.year.clauses.runs import *
from domain.assessment.year.clauses.turning import *
