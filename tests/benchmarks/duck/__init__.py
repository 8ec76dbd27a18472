"""The second engine: the same expressions in DuckDB, from docs/attainment.md and nothing of the product's arithmetic.

It holds for a city in which nothing is missing (`load` refuses another one): every place is valid throughout, every
register is kept at the top from before the window, figures are those of communities and have no end. Then a value is
the plain sum of what is homed at a place and below it.
"""

from tests.benchmarks.duck.counted import Counted
from tests.benchmarks.duck.history import History, one_statement
from tests.benchmarks.duck.split import split_aggregation
from tests.benchmarks.duck.tables import load

__all__ = ["Counted", "History", "load", "one_statement", "split_aggregation"]
