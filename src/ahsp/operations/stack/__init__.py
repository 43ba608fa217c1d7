"""Starts, supervises and stops the servers the application needs on one machine."""
