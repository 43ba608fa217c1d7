#!/bin/sh
# A query by the application's own role, over the network and with its password, must come back.
set -eu
PGPASSWORD=$(cat "$APPLICATION_PASSWORD_FILE")
export PGPASSWORD PGCONNECT_TIMEOUT=4
answer=$(psql --no-psqlrc --no-password --tuples-only --no-align --host=127.0.0.1 --port="${PGPORT:-5432}" \
    --username="$APPLICATION_ROLE" --dbname="$APPLICATION_DATABASE" --command="SELECT 'well'")
[ "$answer" = well ]
