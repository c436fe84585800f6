#!/bin/sh
# Installs Debian's Chromium for the browser tests where that can be done; elsewhere those tests skip, and say so.
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "chromium is not here and cannot be installed: THE BROWSER TESTS WILL BE SKIPPED" >&2
