"""Workbooks and text files in: a bill of quantities as rows, with every doubt said. Pure Python, no Django."""
