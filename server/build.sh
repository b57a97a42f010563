#!/usr/bin/env bash
# Builds dist/latchkey-server: the share server as one self-contained executable. Does only what is needed since the last time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source native-host/setup.sh
latchkey_setup build
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

[[ $(uname -m) == x86_64 ]] || latchkey_complain "there is no build for $(uname -m) yet" "use an x86_64 machine"
runtime=linux-x64
target=dist/latchkey-server

mkdir -p dist
if latchkey_is_older "$target" server/Server server/Contracts Directory.Build.props Directory.Packages.props; then
  echo "build: $target ($runtime)"
  published=server/Server/obj/published
  # Not trimmed and not compiled ahead: it starts once and runs for months, and the build stays quick.
  dotnet publish server/Server -c Release -r "$runtime" --self-contained true -v quiet -o "$published" \
    -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true -p:RunAnalyzers=false
  # Replaced, not overwritten: the old one may be running.
  cp "$published/latchkey-server" "$target.new"
  touch "$target.new"
  mv "$target.new" "$target"
else
  echo "build: nothing to do"
fi
