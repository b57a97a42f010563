#!/usr/bin/env bash
# Builds everything into dist/: latchkey (one self-contained executable), the extension for Chromium and for Firefox, the
# Firefox package and the detector as a classic script. Does only what is needed since the last time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source native-host/setup.sh
latchkey_setup build
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

[[ $(uname -m) == x86_64 ]] || latchkey_complain "there is no build for $(uname -m) yet" "use an x86_64 machine"
runtime=linux-x64

mkdir -p dist
built=no
if latchkey_is_older dist/latchkey native-host/Host native-host/Office native-host/Vault server/Contracts Directory.Build.props Directory.Packages.props; then
  echo "build: dist/latchkey ($runtime)"
  published=native-host/Host/obj/published
  # The analyzers have their say where the whole solution is compiled, in tests/run.sh.
  dotnet publish native-host/Host -c Release -r "$runtime" --self-contained true -v quiet -o "$published" \
    -p:PublishTrimmed=true -p:PublishReadyToRun=true -p:PublishSingleFile=true -p:RunAnalyzers=false
  # Replaced, not overwritten: the old one may be running.
  cp "$published/latchkey" dist/latchkey.new
  touch dist/latchkey.new
  mv dist/latchkey.new dist/latchkey
  built=yes
fi

if latchkey_is_older extension/node_modules/.package-lock.json extension/package.json extension/package-lock.json; then
  echo "build: the extension's packages"
  npm ci --prefix extension --ignore-scripts --no-audit --no-fund --loglevel=error
  touch extension/node_modules/.package-lock.json
  built=yes
fi
if latchkey_is_older dist/detector.js extension; then
  echo "build: dist/extension-chromium, dist/extension-firefox, dist/latchkey-firefox.xpi, dist/detector.js"
  npm run --prefix extension --silent build
  built=yes
fi
[[ $built == yes ]] || echo "build: nothing to do"
