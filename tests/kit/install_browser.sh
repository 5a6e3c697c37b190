#!/bin/sh
# Chromium, its driver and a Chinese font from the system's packages; a loud line where that cannot be.
# Never fails: every test that needs no browser runs without one.

has_browser() { command -v chromium >/dev/null 2>&1 && command -v chromedriver >/dev/null 2>&1; }
has_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn family)" ]; }

has_browser && has_font && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing chromium, chromium-driver, fontconfig and fonts-noto-cjk for the browser tests"
  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    chromium chromium-driver fontconfig fonts-noto-cjk >/dev/null
fi

has_browser || echo "*** NO CHROMIUM HERE: THE BROWSER TESTS WILL BE SKIPPED. Install chromium and chromium-driver to run them. ***"
has_font || echo "*** NO CHINESE FONT HERE: pages in screenshots show boxes. Install fontconfig and fonts-noto-cjk. ***"
exit 0
