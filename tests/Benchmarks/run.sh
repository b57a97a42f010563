#!/usr/bin/env bash
# Builds the released programs and the floors beside them, then prints the figures. Run it when nothing else runs.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
bash "$top/native-host/build.sh"
dotnet publish "$top/tests/EchoHost" -c Release -r "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" --self-contained true \
  -p:PublishTrimmed=true -p:PublishReadyToRun=true -p:PublishSingleFile=true -o "$top/dist/bench" -v q --nologo
exec dotnet run --project "$top/tests/Benchmarks" -c Release -v q -- "$@"
