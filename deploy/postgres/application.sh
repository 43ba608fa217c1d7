#!/bin/sh
# Run once by the image of PostgreSQL on an empty data folder: a role that may do nothing but own its database.
set -eu
psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres --quiet \
    --set=role="$APPLICATION_ROLE" --set=database="$APPLICATION_DATABASE" <<SQL
\\set password \`cat "$APPLICATION_PASSWORD_FILE"\`
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE DATABASE :"database" OWNER :"role" TEMPLATE template0 ENCODING 'UTF8';
SQL
