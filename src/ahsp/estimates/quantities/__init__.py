"""Quantities that are calculated: parameters, formulas and take-off sheets."""
