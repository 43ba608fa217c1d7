"""Named versions of a project: saved, compared, approved, brought back."""
