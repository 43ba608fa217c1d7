"""Sentences for what sign-in and tokens refuse."""

ACCOUNT_TEXTS: dict[str, str] = {
    "member.last_owner": "{person} is the only owner; make somebody else an owner first.",
    "member.no_account": "Nobody has an account with {email}; ask them to sign up here first, then add them.",
    "member.not_found": "This person does not belong to the organization, or no longer.",
    "member.owns_organization": "{person} owns the organization, and so every project of it.",
    "member.there_already": "{person} belongs to the organization already.",
    "member.too_many": "An organization may have {limit} members.",
    "organization.not_found": "There is no such organization, or it is not yours to see.",
    "organization.owners_only": "Only owners of {organization} may change who belongs to it; ask one of them.",
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
