#!/usr/bin/env bash
# The engine: daprd (the sidecar) and scheduler. Prints the folder that holds both; what it does besides goes to standard error.
#
#   engine.sh         use what is there, else build it (five minutes on two quiet cores, once per version)
#   engine.sh --find  use what is there, else say what is missing and end with 1
#
# Where it looks: TASKORA_ENGINE (a folder), ~/.dapr/bin (`dapr init --slim`, 1.18 or later), our own cache, which is keyed by the
# versions that go.mod and go.sum pin. There is no package of daprd for Python, npm or Debian; Go builds it as a tool of our module.
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '%s\n' "$*" >&2; }
complete() { [[ -x "$1/daprd" && -x "$1/scheduler" ]]; }
# 1.18 or later: the Jobs API is stable from there on
new_enough() { [[ "$(printf '1.18\n%s\n' "$("$1/daprd" --version 2>/dev/null || true)" | sort -V | head -1)" == 1.18 ]]; }

if [[ -n "${TASKORA_ENGINE:-}" ]]; then
  complete "$TASKORA_ENGINE" || { say "TASKORA_ENGINE is $TASKORA_ENGINE, which does not hold daprd and scheduler."; exit 1; }
  echo "$TASKORA_ENGINE"; exit
fi
installed="${DAPR_RUNTIME_PATH:-$HOME}/.dapr/bin"
if complete "$installed" && new_enough "$installed"; then echo "$installed"; exit; fi

key=$(cat go.mod go.sum | sha256sum | cut -c1-16)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/taskora/engine/$key"
if complete "$cache"; then echo "$cache"; exit; fi
if [[ "${1:-}" == --find ]]; then say "There is no daprd and scheduler here. Build them with: make engine"; exit 1; fi

needed=$(sed -n 's/^go //p' go.mod)
version=$(sed -n 's/^[[:space:]]*github.com\/dapr\/dapr v//p' go.mod | head -1)
if ! command -v go >/dev/null; then
  say "To build the engine Go $needed or later is needed, and there is none here: https://go.dev/dl"
  say "Or let \`dapr init --slim\` install it (Dapr 1.18 or later), or set TASKORA_ENGINE to a folder with daprd and scheduler."
  exit 1
fi
present=$(GOTOOLCHAIN=local go env GOVERSION | sed 's/^go//')
if [[ "$(printf '%s\n' "$needed" "$present" | sort -V | head -1)" != "$needed" ]]; then
  say "To build the engine Go $needed or later is needed; here is $present. See https://go.dev/dl"
  exit 1
fi

mkdir -p "$cache"
fresh=$(mktemp -d "$cache.XXXXXX")  # a build that is broken off leaves no half engine under the name
trap 'rm -rf "$fresh"' EXIT
if ! GOTOOLCHAIN=local GOFLAGS=-mod=readonly go mod download 2>"$fresh/download.log"; then
  tail -5 "$fresh/download.log" >&2
  say "The sources of the engine could not be fetched (see above): is there a network, and does GOPROXY (now $(go env GOPROXY)) answer?"
  exit 1
fi
say "building daprd and scheduler $version into $cache …"
GOTOOLCHAIN=local CGO_ENABLED=0 go build -mod=readonly -buildvcs=false -tags stablecomponents \
  -ldflags "-s -w -X github.com/dapr/dapr/pkg/buildinfo.version=$version" \
  -o "$fresh/" github.com/dapr/dapr/cmd/daprd github.com/dapr/dapr/cmd/scheduler >&2
mv "$fresh/daprd" "$fresh/scheduler" "$cache/"
echo "$cache"
