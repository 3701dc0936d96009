#!/bin/sh
# Puts the command, its manual page and its completions under a folder: install.sh EXECUTABLE FOLDER.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
executable=$1
root=$2
: "${SOURCE_DATE_EPOCH:=$(git -C "$here" log -1 --format=%ct 2> /dev/null || date +%s)}"
day=$(python3 -c 'import sys, time; print(time.strftime("%Y-%m-%d", time.gmtime(int(sys.argv[1]))))' "$SOURCE_DATE_EPOCH")

install -d "$root/bin" "$root/share/man/man1" "$root/share/bash-completion/completions" \
  "$root/share/zsh/site-functions" "$root/share/fish/vendor_completions.d"
install -m 755 "$executable" "$root/bin/mismatch"
python3 "$here/manual.py" "$executable" "$day" > "$root/share/man/man1/mismatch.1"
"$executable" --generate-completion-script bash | sed "1{/^#!/d}" > "$root/share/bash-completion/completions/mismatch"
"$executable" --generate-completion-script zsh > "$root/share/zsh/site-functions/_mismatch"
"$executable" --generate-completion-script fish > "$root/share/fish/vendor_completions.d/mismatch.fish"
