#!/bin/sh
# Make sure that a PostgreSQL server is there for the tests that keep teams in one.
set -eu
if command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        postgresql >/dev/null
    exit 0
fi
echo "The store's tests need PostgreSQL: install your system's package, for instance with" >&2
echo "'sudo apt-get install postgresql', and run this again." >&2
exit 1
