"""The import of administrative divisions: `import_divisions` reads a file or folder and brings the tree into line."""

from governance.regions.divisions.files import ImportRefused
from governance.regions.divisions.importing import UnknownPlace, import_divisions
from governance.regions.divisions.report import Report

__all__ = ["ImportRefused", "Report", "UnknownPlace", "import_divisions"]
