"""Cost estimates for Indonesian construction work from the national unit price analyses."""
