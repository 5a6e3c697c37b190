"""An import contract of our own: a package that imports the standard library and itself, nothing else.

A list of forbidden packages would have to be remembered with every new dependency; this asks Python.
"""

from __future__ import annotations

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class StandardLibraryOnly(Contract):
    """``package`` and everything below it imports only the standard library and ``package``."""

    type_name = "standard_library_only"

    package = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every direct import of the package; an indirect one begins with a direct one."""
        package = str(self.package)
        allowed = sys.stdlib_module_names | {package}
        strangers = [
            f"{importer}:{detail['line_number']} imports {imported}"
            for importer in sorted({package} | graph.find_descendants(package))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if imported.partition(".")[0] not in allowed
            for detail in graph.get_import_details(importer=importer, imported=imported)
        ]
        return ContractCheck(kept=not strangers, metadata={"strangers": strangers})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import with its line."""
        for stranger in check.metadata["strangers"]:
            output.print_error(stranger)
        output.new_line()
