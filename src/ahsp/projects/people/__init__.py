"""Roles of members of the organization in one project."""
