#!/bin/sh
# Prints a token for an hour, which may publish and read everything and see who is connected.
set -e
KEY=$(cat target/two-nodes/key)
encode() {
  openssl base64 -A | tr '+/' '-_' | tr -d =
}
EXP=$(($(date +%s) + 3600))
GRANT='"publish":["*","/clients","/clients/{id}"],"subscribe":["*","/clients","/clients/{id}"]'
HEAD=$(printf '{"alg":"HS256","typ":"JWT"}' | encode)
BODY=$(printf '{"sub":"alice","exp":%s,"mercure":{%s}}' "$EXP" "$GRANT" | encode)
SIGNATURE=$(printf '%s.%s' "$HEAD" "$BODY" | openssl dgst -sha256 -hmac "$KEY" -binary | encode)
echo "$HEAD.$BODY.$SIGNATURE"
