"""A synthetic municipality, shaped like a large one, in the tables of the trial app; nothing in it is anybody's data.

Scale 1: 12,271 places of five levels, 7 million volunteers, 5 million services, 100,000 societies, 80,000 social
workers, 60,000 undertakings, 12,000 venues, eleven years of population. The same seed gives the same rows.
"""

from tests.benchmarks.city.load import load, vacuum
from tests.benchmarks.city.places import Places
from tests.benchmarks.city.policy import MEASURES, make_policy
from tests.benchmarks.city.records import City, generate

__all__ = ["MEASURES", "City", "Places", "generate", "load", "make_policy", "vacuum"]
