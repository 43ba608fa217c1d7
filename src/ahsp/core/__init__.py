"""What every app stands on: errors, texts of issues, request ids, logging, pagination, the base of audit."""
