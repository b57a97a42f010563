#!/usr/bin/env bash
# Installs what building and running, or testing, needs and is missing on this machine; names the exact command where it may not.
#
#   bash native-host/setup.sh build     .NET, Node.js and the system libraries: to build and to run latchkey
#   bash native-host/setup.sh tests     the above, and the programs that the tests drive
#
# Sourced, it defines latchkey_setup, which takes the same words.

# need|package of Debian|what proves that it is there: a program in PATH, a shared library, or a file
latchkey_needs='
build|libargon2-1|library libargon2.so.1
build|libsodium23|library libsodium.so.23
tests|chromium|program chromium
tests|firefox-esr|program firefox-esr
tests|keepassxc|program keepassxc-cli
tests|xvfb|program Xvfb
tests|xdotool|program xdotool
tests|xclip|program xclip
tests|zsh|program zsh
tests|fish|program fish
tests|dbus-daemon|program dbus-daemon
tests|groff-base|program groff
tests|systemd|program systemd-analyze
tests|postgresql|file /usr/lib/postgresql/*/bin/initdb
'
latchkey_min_dotnet=10
latchkey_min_node=20

latchkey_complain() {
  printf 'error: %s\nhint: %s\n' "$1" "$2" >&2
  return 1
}

latchkey_is_older() { # is the file $1 missing, or older than anything in the other paths?
  local -r target=$1
  shift
  [[ ! -e $target ]] || [[ -n $(find "$@" \( -name bin -o -name obj -o -name node_modules \) -prune -o -newer "$target" -print -quit) ]]
}

latchkey_is_there() { # library NAME | program NAME | file PATTERN
  case $1 in
    program) command -v "$2" >/dev/null ;;
    file) compgen -G "$2" >/dev/null ;;
    library)
      # ldconfig is not in every PATH; the folders are for systems without its cache.
      { PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | grep -qF "$2"; } ||
        compgen -G "/usr/lib*/$2" >/dev/null || compgen -G "/usr/lib/*/$2" >/dev/null
      ;;
  esac
}

latchkey_missing() { # build | tests
  local need package kind name
  while IFS='| ' read -r need package kind name; do
    if [[ -n $need ]] && [[ $need == build || $need == "$1" ]] && ! latchkey_is_there "$kind" "$name"; then
      printf '%s\n' "$package"
    fi
  done <<<"$latchkey_needs"
}

latchkey_check_version() { # program, what it prints, least major version, where to get it
  local major
  command -v "$1" >/dev/null ||
    { latchkey_complain "$1 is not installed" "$4"; return 1; }
  major=$(sed -E 's/^v?([0-9]+).*/\1/' <<<"$2")
  if [[ ! $major =~ ^[0-9]+$ ]] || ((major < $3)); then
    latchkey_complain "$1 is too old: $2 is here, $3 or newer is needed" "$4"
    return 1
  fi
}

latchkey_apt() { # packages
  local as_root=()
  local -r options=(-o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
  local -r command="sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
  command -v apt-get >/dev/null ||
    { latchkey_complain "these are missing: $*" "install them; the names are those of Debian's packages"; return 1; }
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null ||
      { latchkey_complain "these packages are missing: $*" "run: $command"; return 1; }
    as_root=(sudo -n)
  fi
  echo "setup: installing $*"
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  # The lock of the lists has no timeout of its own: another apt-get may be at it just now.
  "${as_root[@]}" apt-get "${options[@]}" -qq update || { sleep 10 && "${as_root[@]}" apt-get "${options[@]}" -qq update; } ||
    { latchkey_complain "apt-get could not read its lists of packages" "run: $command"; return 1; }
  "${as_root[@]}" apt-get "${options[@]}" -qq install -y --no-install-recommends "$@" >/dev/null ||
    { latchkey_complain "apt-get could not install: $*" "run: $command"; return 1; }
}

latchkey_setup() { # build | tests
  local -a missing
  [[ $(uname -s) == Linux ]] ||
    { latchkey_complain "this is $(uname -s); only Linux is supported yet" "use a Linux machine"; return 1; }
  latchkey_check_version dotnet "$(dotnet --version 2>/dev/null)" "$latchkey_min_dotnet" \
    "install the .NET SDK $latchkey_min_dotnet: https://dotnet.microsoft.com/download" || return 1
  latchkey_check_version node "$(node --version 2>/dev/null)" "$latchkey_min_node" \
    "install Node.js $latchkey_min_node or newer: https://nodejs.org/en/download" || return 1
  command -v npm >/dev/null ||
    { latchkey_complain "npm is not installed" "install it with Node.js: https://nodejs.org/en/download"; return 1; }
  mapfile -t missing < <(latchkey_missing "$1")
  ((${#missing[@]} == 0)) || latchkey_apt "${missing[@]}" || return 1
  mapfile -t missing < <(latchkey_missing "$1")
  ((${#missing[@]} == 0)) ||
    latchkey_complain "still missing after the installation: ${missing[*]}" "look at what apt-get said"
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  case ${1-build} in
    build | tests) latchkey_setup "${1-build}" ;;
    *) latchkey_complain "there is nothing to set up for '$1'" "say build or tests" ;;
  esac
fi
