#!/bin/bash
# Measures reading 1 GB against its peers: run.sh [FOLDER [ROUNDS]]. Needs the environment that ../run.sh makes,
# and R with data.table (Debian: r-cran-data.table, r-cran-r.utils) or none, which is then told as failed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here/../.inputs/ingest}
[ -s "$folder/quarters-3.csv.yaml" ] || "$here/../.venv/bin/python" "$here/generate.py" "$folder"
cc -O2 -shared -fPIC -o "$here/../.venv/no_digest.so" "$here/no_digest.c"
"$here/../.venv/bin/python" "$here/compare.py" "$folder" "${2:-5}"
