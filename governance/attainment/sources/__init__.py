"""Declared sources, compiled: how their rows are read, and which of them stand behind a number.

Reading, from the bottom up:
`lookups`    what the look-ups of a declaration lead to
`fields`     how the numbers of a row are packed into words of 63 bits
`compiled`   one statement for a set of rows: a line for each home, in it an array for each word
`packed`     runs it and unpacks the arrays
`needs`      what of the declarations a set of expressions reads, and how far back
`rows`, `intervals`, `events`   the records of a source as spans and days
`stated`     what is stated of places: capability items, registers kept, reported figures
`facts`      all of it, as the arithmetic asks for it
`indexes`    a system check: what cannot be counted, and the index that a declaration lacks

Telling what has changed: `reading`, `parts`, `joins`, `marks`, `triggers`. The rows behind a number: `evidence`.
"""
