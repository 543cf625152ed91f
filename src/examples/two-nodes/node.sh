#!/bin/sh
# Runs one node at this port: a Jetty of its own with the WAR in it.
#
#   JETTY_HOME=/opt/jetty-home src/examples/two-nodes/node.sh 8081
set -e
BASE=target/two-nodes/node-$1
mkdir -p "$BASE"
cp -r jetty-base/. "$BASE"
cp target/tidings.war "$BASE/webapps/ROOT.war"
# The shell becomes the node, so this is the node's process id, too.
echo $$ > "$BASE.pid"
exec java -Xmx256m \
  -Dtidings.config=src/examples/two-nodes/node.properties \
  -Dtidings.node="node-$1" \
  -jar "$JETTY_HOME/start.jar" \
  jetty.base="$BASE" \
  jetty.http.host=127.0.0.1 \
  jetty.http.port="$1"
