"""Policies as they were published: clauses, indicators, targets and stated facts."""

from governance.policies.models.clause import Clause
from governance.policies.models.indicator import Indicator
from governance.policies.models.policy import Policy
from governance.policies.models.reference import ReferencePoint
from governance.policies.models.target import Target

__all__ = ["Clause", "Indicator", "Policy", "ReferencePoint", "Target"]
