"""Settings for the benchmarks: the private portal of one machine, with the tables of the trial app in addition.

They exist only in the scratch databases that the benchmarks make beside the user's own. The private server is the
durable one, so that what is written costs what it costs in earnest.
"""

from governance.config.settings.dev import *  # noqa: F403
from governance.config.settings.dev import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.trial"]
