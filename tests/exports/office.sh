#!/bin/sh
# Make sure that LibreOffice and Poppler are there for the tests that open exported files again.
set -eu
if command -v soffice >/dev/null 2>&1 && command -v pdftotext >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        libreoffice-calc libreoffice-impress libreoffice-writer poppler-utils >/dev/null
    exit 0
fi
echo "The export tests need LibreOffice and Poppler: install your system's packages, for instance" >&2
echo "with 'sudo apt-get install libreoffice poppler-utils', and run this again." >&2
exit 1
