"""Sentences for what a stream of events refuses."""

LIVE_TEXTS: dict[str, str] = {
    "live.full": "This server holds as many live pages as it can; work on, changes of others come when you reload.",
    "live.too_many": "You have {limit} pages of projects open at once; close some to see changes of others live.",
}
