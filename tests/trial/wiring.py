"""The roles of persons in the trial tables."""

from __future__ import annotations

from governance.kit.personroles import PersonRole, register
from tests.trial.models import Confidant, Helper

register(
    PersonRole("trial_helper", "试验帮手", Helper),
    PersonRole("trial_confidant", "试验求助人", Confidant, person="who", region="place", sensitive=True),
)
