#!/bin/sh
# Installs a wheel in a fresh virtual environment and tries it: test.sh WHEEL.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/fresh"
"$folder/fresh/bin/python" -m pip install -q "$1" pandas polars pyarrow
cd "$folder"
env -i PATH="$folder/fresh/bin:/usr/bin:/bin" HOME="$folder" python -I "$here/try.py" "$here/../../Datasets/london/job.yaml"
