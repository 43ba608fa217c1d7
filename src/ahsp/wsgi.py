"""The application as a WSGI callable."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ahsp.settings")

application = get_wsgi_application()

# Only now: models can be imported once the applications are set up.
from ahsp.catalog.finder import read_ahead  # noqa: E402
from ahsp.operations.watching import sampling  # noqa: E402

read_ahead()

# What is loaded now lives as long as the process: the collector need not walk through it again and again.
gc.collect()
gc.freeze()

sampling.start()
