#!/bin/sh
# Chromium, its driver and a Chinese font through the system's package manager; a loud line where that cannot be.
if command -v chromium >/dev/null 2>&1 && command -v chromedriver >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing chromium, chromium-driver and fonts-noto-cjk for the browser tests"
  if apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      chromium chromium-driver fonts-noto-cjk >/dev/null; then exit 0; fi
fi
echo "*** NO CHROMIUM HERE: THE BROWSER TESTS WILL BE SKIPPED. Install chromium and chromium-driver to run them. ***"
exit 0
