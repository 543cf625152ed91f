#!/bin/sh
# Prints a token for an hour, which may publish and read everything, see who is connected, and operate the hub.
set -e
KEY=$(cat target/two-nodes/key)
encode() {
  openssl base64 -A | tr '+/' '-_' | tr -d =
}
EXP=$(($(date +%s) + 3600))
GRANT='"publish":["*","/clients{/id}","/hub/{+any}"],"subscribe":["*","/clients{/id}","/hub/{+any}"]'
HEAD=$(printf '{"alg":"HS256","typ":"JWT"}' | encode)
BODY=$(printf '{"sub":"alice","exp":%s,"mercure":{%s}}' "$EXP" "$GRANT" | encode)
SIGNATURE=$(printf '%s.%s' "$HEAD" "$BODY" | openssl dgst -sha256 -hmac "$KEY" -binary | encode)
echo "$HEAD.$BODY.$SIGNATURE"
