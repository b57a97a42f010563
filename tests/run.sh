#!/usr/bin/env bash
# Sets up this machine, builds, and runs every test. Ends with "N passed, N failed"; the exit code is not 0 if anything
# failed, was skipped, or if nothing ran. Needs neither standard input nor a display.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
# Four times what it takes on a common machine: there are slower ones. A test that hangs ends its suite long before.
limit=${LATCHKEY_TESTS_LIMIT:-85m}
# One compiler for all projects: a fifth of the time that they take, each with one of its own.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 UseSharedCompilation=true
# Nobody looks at the pictures of this run; `dotnet test` alone takes them.
export LATCHKEY_PICTURES=${LATCHKEY_PICTURES:-off}

# A suite writes lines "PASSED FAILED" to its file in $results.
count() { printf '%s %s\n' "$2" "$3" >>"$results/$1.count"; }

# Runs a command that has no counts of its own: it is one failure, or nothing.
step() { # name, command
  local -r name=$1 start=$SECONDS
  shift
  echo "== $name"
  if "$@"; then
    echo "== $name: done in $((SECONDS - start)) s"
  else
    echo "== $name: FAILED after $((SECONDS - start)) s"
    count "$name" 0 1
    return 1
  fi
}

sum_of() { # words: adds up the last number of each line of the log that begins with one of them
  local -r log=$1
  shift
  sed -nE "s/^(#|ℹ) ($(IFS='|' && echo "$*")) ([0-9]+)\$/\3/p" "$log" | awk '{ sum += $1 } END { print sum + 0 }'
}

extension_tests() { # what `node --test` says at its end, as TAP or in its own words: pass, fail, skipped …
  local -r log=$results/extension.log
  # A line for each that passed would push what failed out of sight.
  npm test --prefix extension --silent 2>&1 | tee "$log" | grep -v '^✔'
  local -r status=${PIPESTATUS[0]} passed=$(sum_of "$log" pass)
  local failed
  failed=$(sum_of "$log" fail cancelled skipped todo)
  ((failed > 0 || (status == 0 && passed > 0))) || failed=1
  count extension "$passed" "$failed"
  ((failed == 0))
}

# What the logger wrote: everything that did not pass, such as what was skipped, is a failure.
dotnet_tests() { # name, filter
  local -r name=$1 trx=$results/$1.trx
  # Of more than its limit of chosen tests the adapter of NUnit drops the choice and runs all.
  # Where no test has ended for ten minutes, the one that hangs is named and the suite ended.
  dotnet test tests/Suite --no-build --filter "$2" --logger "trx;LogFileName=$trx" --logger "console;verbosity=minimal" \
    --results-directory "$results/$name" --blame-hang-timeout 10m --blame-hang-dump-type none \
    -- NUnit.AssemblySelectLimit=1000000
  local -r status=$?
  local total=0 passed=0 failed
  if [[ -e $trx ]]; then
    total=$(sed -nE 's/.*<Counters total="([0-9]+)".*/\1/p' "$trx" | head -1)
    passed=$(sed -nE 's/.*<Counters [^>]* passed="([0-9]+)".*/\1/p' "$trx" | head -1)
  fi
  failed=$((${total:-0} - ${passed:-0}))
  ((failed > 0 || (status == 0 && ${passed:-0} > 0))) || failed=1
  count "$name" "${passed:-0}" "$failed"
  ((failed == 0))
}

# Runs a suite beside the others, three at a time: browsers wait for each other half of their time. What it says is shown at the end.
begin() { # name
  # A job that ended long ago answers the wait too, so it is asked again.
  while (($(jobs -rp | wc -l) >= 3)); do wait -n; done
  "run_$1" >"$results/$1.said" 2>&1 &
}

run_all() {
  source native-host/setup.sh
  local -r all=(firefox chromium suite firefox-more extension typescript whitespace)
  local name
  step setup latchkey_setup tests && step build bash native-host/build.sh || return
  # These need nothing compiled.
  for name in extension typescript whitespace; do begin "$name"; done
  if step compile compile; then
    for name in firefox chromium suite firefox-more; do begin "$name"; done
  fi
  wait
  for name in "${all[@]}"; do
    [[ ! -e $results/$name.said ]] || cat "$results/$name.said"
  done
  for name in firefox chromium suite firefox-more extension; do
    [[ -e $results/$name.count ]] || { echo "error: $name ended without a word"; count "$name" 0 1; }
  done
}

compile() {
  dotnet build NativeHost.sln -v quiet
  local -r status=$?
  # It would stay for ten minutes, and whoever reads what this run says would wait for it.
  dotnet build-server shutdown --vbcscompiler >/dev/null
  return "$status"
}

# Of Firefox's classes, as many go where the suite without browsers has ended as make its row no longer than Chromium's.
more=(LooksTests DriverTests SignInTests CodeTests PasskeyTests FormTests OnLoadTests)

run_firefox() {
  timed firefox dotnet_tests firefox \
    "FullyQualifiedName~Suite.Browser.&FullyQualifiedName~firefox$(printf '&FullyQualifiedName!~Suite.Browser.%s' "${more[@]}")"
}

run_firefox-more() {
  local -r names=$(printf '|FullyQualifiedName~Suite.Browser.%s' "${more[@]}")
  timed firefox-more dotnet_tests firefox-more "FullyQualifiedName~firefox&(${names#|})"
}

run_chromium() { timed chromium dotnet_tests chromium "FullyQualifiedName~Suite.Browser.&FullyQualifiedName!~firefox"; }

run_suite() { timed suite dotnet_tests suite "FullyQualifiedName!~Suite.Browser."; }

run_extension() { timed extension extension_tests; }

run_typescript() { step typescript npm run --prefix extension --silent check; }

# Style and analyzers, the formatter's other parts, had their say when it was compiled; the order of usings is theirs alone.
run_whitespace() { step whitespace dotnet format whitespace . --folder --verify-no-changes && step usings usings_in_order; }

usings_in_order() { # System first; then what is static, then other names
  git ls-files -z '*.cs' | xargs -0 awk '
    function key(line) {
      kind = line ~ /=/ ? 2 : line ~ /^using static/ ? 1 : 0
      sub(/^using (static )?/, "", line)
      sub(/;.*/, "", line)
      line = kind " " (line ~ /^System(\.|$)/ ? 0 : 1) " " tolower(line)
      gsub(/\./, "\001", line)
      return line
    }
    FNR == 1 { last = "" }
    /^using [A-Za-z]/ {
      now = key($0)
      if (now < last) { print FILENAME ":" FNR ": error: usings are not in order"; bad = 1 }
      last = now
    }
    END { exit bad }'
}

timed() { # name, command: runs a suite that counts by itself
  local -r name=$1 start=$SECONDS
  shift
  echo "== $name"
  "$@"
  echo "== $name: $((SECONDS - start)) s"
}

if [[ ${1-} == --inside ]]; then
  results=$2
  run_all
  exit 0
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
timeout --kill-after=30 "$limit" bash tests/run.sh --inside "$results" </dev/null
status=$?
if ((status != 0)); then
  # What the suites said till then, which nobody has shown.
  cat "$results"/*.said 2>/dev/null
  echo "error: the run ended early (exit code $status; the limit is $limit)"
  count run 0 1
fi
read -r passed failed < <(cat "$results"/*.count 2>/dev/null | awk '{ passed += $1; failed += $2 } END { print passed + 0, failed + 0 }')
echo "total time: $SECONDS s"
echo "$passed passed, $failed failed"
((passed > 0 && failed == 0))
