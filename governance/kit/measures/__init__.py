"""What can be counted: the language of expressions, and the sources that apps declare.

`expressions` and `readings` know no framework: the arithmetic of attainment is built on them.
"""
