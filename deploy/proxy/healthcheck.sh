#!/bin/sh
# A page of the application must come back through the proxy and its TLS.
set -eu
exec curl --fail --silent --show-error --insecure --max-time 8 --output /dev/null "https://127.0.0.1:${PROXY_PORT:-8443}/livez"
