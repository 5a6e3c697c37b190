"""Importing ledgers: rows find what they are about, or ask, or are refused. docs/decisions/0018-identity.md"""

from interface.importing.folder_import import import_folder
from interface.importing.questions import Answers
from interface.importing.result import ImportResult

__all__ = ["Answers", "ImportResult", "import_folder"]
