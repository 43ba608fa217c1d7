"""Walks the chain from the name of the database to the page a person opens and names what is wrong first."""
