"""What happens in a project while somebody has it open: the stream of events, and who is here."""
