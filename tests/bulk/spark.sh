#!/bin/sh
# Make sure that Java is there for the tests that start a Spark.
set -eu
if command -v java >/dev/null 2>&1 || { [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; }; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        openjdk-17-jre-headless >/dev/null
    exit 0
fi
echo "The tests of Spark need Java 17 or later: install your system's package, for instance with" >&2
echo "'sudo apt-get install openjdk-17-jre-headless', and run this again." >&2
exit 1
