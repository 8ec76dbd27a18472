"""The records behind a number: for an expression, a place and a month exactly those that were counted.

Which places count (their register is kept, a reported figure stands in, they are units and valid) is decided by the
arithmetic of `rollup`; the records are then querysets over the declared tables, narrowed to those places at once.
"""

from governance.attainment.sources.evidence.gather import evidence
from governance.attainment.sources.evidence.parts import Evidence, EvidencePart
from governance.attainment.sources.evidence.scene import Scene

__all__ = ["Evidence", "EvidencePart", "Scene", "evidence"]
