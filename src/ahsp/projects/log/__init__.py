"""The change log as people read it: rows by their names, values before and after, and putting them back."""
