#!/usr/bin/env bash
# Has schemathesis check that a Faceprint with a model that takes whole photos behaves as its own document says: every
# operation, by thousands of requests that fit the document or break it in one place.
#
#     openapi.sh PYTHON ADDRESS KEY
#
# PYTHON has schemathesis, ADDRESS is such as http://127.0.0.1:8000, KEY one of all scopes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT

# Without zero bytes, which no text of the API may have, and with texts of Latin-1: which of the other characters can
# be shown depends on Unicode's version, and no pattern can say it. One worker: the same requests in each run.
SCHEMATHESIS_HOOKS=$here/openapi-hooks.py "$1" -m schemathesis.cli run "$2/openapi.json" \
    --header "x-api-key: $3" --checks all --phases examples,coverage,fuzzing,stateful --max-examples 12 --seed 1 \
    --generation-database none --generation-allow-x00 false --generation-codec latin-1 --workers 1 --no-color
