"""Sentences for what sign-in and tokens refuse."""

ACCOUNT_TEXTS: dict[str, str] = {
    "sign_in.too_many_for_account": (
        "There were too many wrong passwords for this account from here. Try again in {minutes} min; nobody elsewhere "
        "is held up by this."
    ),
    "sign_in.too_many_from_here": (
        "Too many accounts were tried with wrong passwords from your network. Try again in {minutes} min, or use a "
        "browser in which you signed in before."
    ),
    "token.expired": "This API token has expired; make another one on the page of your account.",
    "token.not_found": "This API token is no longer there.",
    "token.person_inactive": "The account of this API token is disabled; ask whoever runs this server.",
    "token.read_only": "This API token may only read; make one that may write.",
    "token.revoked": "This API token was revoked; make another one on the page of your account.",
    "token.too_many": "You have {limit} API tokens; revoke one before you make another.",
    "token.unknown": "This API token is not known here; check that it was copied whole.",
}
