#!/bin/sh
# Make sure that nginx is there for the tests of several processes behind it.
set -eu
if command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        nginx-light >/dev/null
    exit 0
fi
echo "The tests of several processes need nginx: install your system's package, for instance with" >&2
echo "'sudo apt-get install nginx-light', and run this again." >&2
exit 1
