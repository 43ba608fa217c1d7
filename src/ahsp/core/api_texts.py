"""Sentences of errors that only programs meet, at the border of the API."""

API_TEXTS: dict[str, str] = {
    "api.address": "There is nothing at this address; /api/v2/docs/ lists those that answer.",
    "api.cursor": "The cursor is not one that this list gave; begin again without it.",
    "api.denied": "You may not do this.",
    "api.invalid": "{count} of the values sent cannot be used; “errors” names each. Nothing was written.",
    "api.media_type": "The body must be application/json.",
    "api.method": "This address does not answer {method}.",
    "api.not_acceptable": "The answer is application/json, which Accept does not name.",
    "api.parameter": "The parameter {name} cannot be “{value}”; allowed: {allowed}.",
    "api.precondition_missing": (
        "This write needs If-Match with the ETag of the project you saw, so that nobody's change is overwritten unseen."
    ),
    "api.precondition_unreadable": "If-Match “{value}” is no ETag of a project; send the one that reading it gave.",
    "api.sign_in": "Sign in, or send a valid token: Authorization: Bearer ahsp_…",
    "api.too_large": "A body of more than {limit} is not accepted.",
    "api.too_many": "Too many requests; wait {seconds} seconds.",
    "api.unreadable": "The request cannot be read: {reason}",
    "server.failed": "Something went wrong here that should not have; tell whoever runs this server the request id.",
}
