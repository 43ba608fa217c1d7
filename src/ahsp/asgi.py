"""The application as an ASGI callable: what the web server runs."""

from ahsp.core.streams.application import Application
from ahsp.wsgi import application as pages

application = Application(pages)
