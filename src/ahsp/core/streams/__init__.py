"""The web process as one ASGI application: pages in a few long-lived threads, streams in the event loop.

`application` leads each request to one of both; `bridge` runs the WSGI application in its threads; `stream` is one
stream of events; `hub` knows all of this process and hears Redis for them through `subscription`.
"""
