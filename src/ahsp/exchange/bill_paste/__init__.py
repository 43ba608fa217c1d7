"""Rows of a bill that are pasted from a spreadsheet."""
