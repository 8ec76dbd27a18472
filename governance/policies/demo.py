"""Demonstration data of this app: the packs that come with the portal."""

from __future__ import annotations

from governance.kit.demo import DemoStep, Progress, register
from governance.policies.packing import load, shipped


def load_policies(progress: Progress) -> None:
    """Load the packs; their root regions are there since the step of the divisions."""
    outcome = load(shipped())
    if outcome.refused:
        raise ValueError("\n".join(map(str, outcome.findings)))
    progress("政策", len(outcome.differences), len(outcome.differences))


register(DemoStep("政策", 30, load_policies))
