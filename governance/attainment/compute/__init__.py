"""From indicators and rows to answers: readings of the counted numbers, given to the evaluator."""
