"""Sentences for requests that are refused whatever they ask for."""

REQUEST_TEXTS: dict[str, str] = {
    "mail.not_sent": "The mail server did not take the message; try again later or tell whoever runs this server.",
    "mail.not_set_up": (
        "This server sends no e-mail, so it cannot send a link. Ask whoever runs it for another password: "
        "`./ahsp manage changepassword E-MAIL` sets one."
    ),
    "request.method": "This address does not answer that kind of request; go back and use the page's own buttons.",
    "request.not_ours": (
        "The page was open too long, or the browser keeps no cookies, so nothing was changed. Go back, reload the "
        "page and do it again."
    ),
    "request.too_large": "More than {limit} at once is not accepted; send a smaller file.",
    "request.too_often": "That was asked for too often from here; try again in {minutes} min.",
    "server.database_away": (
        "The database is busy or starts again; what was confirmed as saved is safe. Load the page again in a moment."
    ),
}
