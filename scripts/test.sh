#!/usr/bin/env bash
# Installs whatever the checks need, then runs them: ruff, mypy, pytest. Quick when nothing has changed.
#
# Python packages go into .venv-test, at the versions of constraints.txt. LibreOffice, Chromium, two fonts, a virtual
# screen and the PostgreSQL server that the records are tested on come from Debian's packages where apt-get and the right
# to use it are there; where not, it says so and goes on, and the tests that need them skip with their reason. PYTHON names the Python to use (3.11 or newer).
# Exit status: 0 when every check passes, 1 otherwise.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly venv=.venv-test
# Fonts, and for the real window a screen that nobody sees and the X libraries that Qt does not bring.
readonly plain_packages=(
    fonts-noto-cjk fonts-liberation
    xvfb xauth libegl1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxkbcommon-x11-0
)

say() { printf '== %s\n' "$*"; }

find_python() {
    local name
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$name"
            return
        fi
    done
    echo "Python 3.11 or newer is needed." >&2
    return 1
}

# What is missing, one Debian package a line.
missing_packages() {
    "$1" -c 'import ensurepip' 2>/dev/null || echo python3-venv
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || echo postgresql
    command -v soffice >/dev/null || printf '%s\n' libreoffice-writer libreoffice-calc
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || echo chromium
    local installed package
    installed=" $(dpkg-query --show --showformat='${Package}:${Status} ' "${plain_packages[@]}" 2>/dev/null)"
    for package in "${plain_packages[@]}"; do
        [[ $installed == *" $package:install ok installed"* ]] || echo "$package"
    done
}

# Root needs no sudo; anybody else gets in only where sudo asks for no password.
as_root() {
    if [ "$(id -u)" = 0 ]; then env "$@"; else sudo -n env "$@"; fi
}

apt() {
    as_root DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 \
        -o Acquire::http::Timeout=60 "$@" </dev/null >>"$apt_log" 2>&1
}

# A new machine knows no packages yet, an old one knows superseded ones: only then is the list fetched.
install_packages() {
    apt install --yes --no-install-recommends "$@" || { apt update && apt install --yes --no-install-recommends "$@"; }
}

provide_packages() {
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || return 0
    local wanted
    mapfile -t wanted < <(missing_packages "$1")
    [ ${#wanted[@]} -gt 0 ] || return 0
    if ! as_root true 2>/dev/null; then
        say "not root, and sudo asks for a password; going on without: ${wanted[*]}"
        return 0
    fi
    say "installing ${wanted[*]}"
    apt_log=$(mktemp)
    if ! install_packages "${wanted[@]}"; then
        say "apt-get could not install them; going on without. Its last words:"
        tail -n 3 "$apt_log"
    fi
    rm -f "$apt_log"
}

# What the environment was made from; it is made anew when any of it changes.
fingerprint() {
    "$1" -c '
import hashlib, os, sys
parts = [open(name, "rb").read() for name in ("constraints.txt", "pyproject.toml", "scripts/test.sh")]
print(hashlib.sha256(b"\0".join([*parts, sys.version.encode(), os.getcwd().encode()])).hexdigest())'
}

provide_venv() {
    local mark
    mark=$(fingerprint "$1")
    [ "$(cat "$venv/made-from" 2>/dev/null)" != "$mark" ] || return 0
    say "installing Python packages into $venv"
    rm -rf "$venv"
    "$1" -m venv "$venv"
    local pip=("$venv/bin/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt)
    "${pip[@]}" --editable '.[test,dev]'
    "${pip[@]}" --editable '.[window]' || say "Qt could not be installed; the test that opens the real window will skip"
    printf '%s\n' "$mark" >"$venv/made-from"
}

status=0
check() {
    say "$*"
    "$venv/bin/python" -m "$@" || status=1
}

python=$(find_python)
provide_packages "$python"
provide_venv "$python"
check ruff check .
check ruff format --check .
check mypy
[ "$status" = 0 ] || say "a check above has failed; the tests run all the same"
check pytest -n auto
exit "$status"
