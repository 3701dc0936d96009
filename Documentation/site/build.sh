#!/bin/sh
# Makes the site of the documentation: build.sh FOLDER. FOLDER/site/index.html can be opened from the disk.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
python=$folder/tools/bin/python
if ! "$python" -c 'import material' 2> /dev/null; then
  python3 -m venv "$folder/tools"
  "$python" -m pip install -q mkdocs==1.6.1 mkdocs-material==9.6.14
fi
rm -rf "$folder/source" "$folder/site" "$folder/settings"
mkdir -p "$folder/source" "$folder/settings"
cd "$here/../.."
# Pages, and the files that they link to.
git ls-files --cached --others --exclude-standard '*.md' 'Benchmarks/*.csv' 'Benchmarks/*.svg' Datasets Documentation Packaging Dockerfile Tests/Cases/explain-guarded |
  tar -c -T - | tar -x -C "$folder/source"
cp Documentation/site/mkdocs.yml "$folder/settings/mkdocs.yml"
NO_MKDOCS_2_WARNING=1 "$python" -m mkdocs build --strict --config-file "$folder/settings/mkdocs.yml"
cat > "$folder/site/index.html" <<'HTML'
<!doctype html><meta charset="utf-8"><title>Mismatch</title>
<meta http-equiv="refresh" content="0; url=Documentation/index.html"><a href="Documentation/index.html">Mismatch</a>
HTML
