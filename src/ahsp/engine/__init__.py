"""Pure calculation: numbers in, numbers and issues out.

Standard library only, Decimal only, no clock, no I/O. The rules and their worked
numbers are in docs/calculation.md, whose tables run as tests.

Two calls, each in a module that hands on the types it takes and gives: `estimate.price_estimate` for a bill,
`pricing.price_analysis` for one analysis. What goes in is described in `boq`, `analysis`, `resources` and `prices`,
what comes out in `priced_item` and `priced_analysis`; `item_pricing` and `line_pricing` lead from one to the other.
`needs` and `pareto` look at what came out.
"""
