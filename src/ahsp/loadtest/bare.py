"""Serves the bare page beside the running application, on the same servers: `python -m ahsp.loadtest.bare PORT`."""

from __future__ import annotations

import os
import sys

from ahsp.operations.stack.ports import LOOPBACK
from ahsp.operations.stack.servers import running_stack
from ahsp.operations.stack.web_process import serve

if __name__ == "__main__":
    with running_stack() as environment:
        os.environ.update(environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "ahsp.loadtest.bare_settings"
    serve(LOOPBACK, int(sys.argv[1]))
