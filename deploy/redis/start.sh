#!/bin/sh
# Starts Redis or Valkey (the program is the first argument) with the common file and, from its secret, the password.
# Everything goes through standard input, so that the password shows in no list of processes. The program takes the
# place of this shell: as the first process of a container it must hear SIGTERM itself, to write everything down.
set -eu
settings=$(
    cat "${REDIS_CONFIGURATION:-/etc/ahsp/redis.conf}"
    printf 'bind %s\nport %s\ndir %s\n' "${REDIS_BIND:-*}" "${REDIS_PORT:-6379}" "${REDIS_FOLDER:-/data}"
    printf 'maxmemory %s\n' "${REDIS_MEMORY:-256mb}"
    printf 'requirepass "%s"\n' "$(cat "$REDIS_PASSWORD_FILE")"
)
exec "$1" - <<END
$settings
END
