"""What people say about rows of a project."""
