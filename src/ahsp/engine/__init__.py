"""Pure calculation: numbers in, numbers and issues out.

Standard library only, Decimal only, no clock, no I/O. The rules and their worked
numbers are in docs/calculation.md, whose tables run as tests.
"""
