"""Policy packs: a policy with all it says in one file written for people, loaded, compared and printed again."""

from governance.policies.packing.export import export
from governance.policies.packing.loading import Outcome, load, load_files, shipped

__all__ = ["Outcome", "export", "load", "load_files", "shipped"]
