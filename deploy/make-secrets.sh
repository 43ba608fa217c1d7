#!/bin/sh
# Makes the passwords and keys of the production stack in deploy/secrets/, each once; what is there stays.
# With a name as argument also a certificate for it that signs itself, to begin with.
set -eu
folder=${AHSP_SECRETS:-$(dirname "$0")/secrets}
umask 077
mkdir -p "$folder"

for name in postgres-password database-password redis-password secret-key; do
    if [ ! -s "$folder/$name" ]; then
        head -c 48 /dev/urandom | base64 | tr -dc 'A-Za-z0-9' | head -c 43 >"$folder/$name"
    fi
done
if [ $# -gt 0 ] && [ ! -s "$folder/tls-certificate.pem" ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj "/CN=$1" -addext "subjectAltName=DNS:$1" \
        -keyout "$folder/tls-key.pem" -out "$folder/tls-certificate.pem" 2>/dev/null
fi
# The containers read them as users of their own; nobody else passes through the folder.
chmod 0444 "$folder"/*
chmod 0700 "$folder"
