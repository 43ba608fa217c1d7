#!/bin/bash
# Signs in, pings and writes: healthy is only who answers OK, PONG and OK. (redis-cli would end with 0 on NOAUTH.)
# Bash alone, which speaks to the port by itself.
set -eu
password=$(cat "$REDIS_PASSWORD_FILE")

said() {
    local answer
    IFS= read -r -t 4 -u 3 answer || { echo "no answer"; exit 1; }
    answer=${answer%$'\r'}
    [ "$answer" = "$1" ] || { echo "$answer"; exit 1; }
}

exec 3<>"/dev/tcp/127.0.0.1/${REDIS_PORT:-6379}"
printf '*2\r\n$4\r\nAUTH\r\n$%d\r\n%s\r\n' "${#password}" "$password" >&3
said +OK
printf 'PING\r\n' >&3
said +PONG
printf 'SET ahsp:healthcheck 1 EX 60\r\n' >&3
said +OK
