"""Numbers of every place and month from rows homed at places: whole arrays, no framework (docs/attainment.md, 2 to 4).

An array has a row for each place of the tree and a column for each month. Amounts are integers in hundredths, so that
areas and money are exact.
"""
