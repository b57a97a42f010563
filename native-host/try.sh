#!/usr/bin/env bash
# Shows Latchkey at work: sets up this machine, builds, and fills a demo login page in a real browser, twice.
#
#   bash native-host/try.sh                  in Chromium, with a demo vault
#   bash native-host/try.sh --firefox        in Firefox
#   bash native-host/try.sh --vault FILE     with a copy of your own KeePass file, which is thrown away; asks for its passphrase
#   bash native-host/try.sh --help           says this
#
# On a display the window stays open. Without one it prints what the page says. Ends with an error if either fill did not happen.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ " $* " == *" --help "* || " $* " == *" -h "* ]]; then
  sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
  exit
fi
source "$here/setup.sh"
latchkey_setup tests
bash "$here/build.sh"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
exec dotnet run "$here/try.cs" -- "$(cd "$here/.." && pwd)/dist" "$@"
