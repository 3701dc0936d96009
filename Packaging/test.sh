#!/bin/sh
# Tries the packages in a clean Debian or Ubuntu root that has none of the libraries: test.sh FOLDER EXECUTABLE. FOLDER holds what
# package.sh made. The root is of this machine's release, from where its apt takes it, and is kept in FOLDER.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ "$(id -u)" != 0 ]; then exec sudo "$0" "$@"; fi
folder=$(cd "$1" && pwd)
command -v debootstrap > /dev/null || { echo "test: install debootstrap" >&2; exit 1; }
executable=$(realpath "$2")

# The lines of apt's own list that are of this release; other archives do not matter here.
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
# shellcheck disable=SC2016  # apt's own variables
archives() {
  apt-get indextargets --format '$(SITE) $(CODENAME) $(COMPONENT) $(SIGNED_BY)' 'Identifier: Packages' |
    awk -v release="$release" '$2 == release || index($2, release "-") == 1' | sort -u
}
keyring=$(archives | awk '$4 ~ /^\// { print $4; exit }')

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
kept=$folder/root-$release.tar
if [ ! -f "$kept" ]; then
  site=$(archives | awk -v release="$release" '$2 == release && $3 == "main" { print $1; exit }')
  debootstrap --variant=minbase --include=ca-certificates,man-db ${keyring:+"--keyring=$keyring"} "$release" "$work/new" "$site" > "$work/log" 2>&1 ||
    { tail -n 20 "$work/log"; exit 1; }
  archives | awk -v key="$keyring" '{ print "deb " (key == "" ? "" : "[signed-by=" key "] ") $1, $2, $3 }' > "$work/new/etc/apt/sources.list"
  [ -z "$keyring" ] || install -D -m 644 "$keyring" "$work/new$keyring"
  chroot "$work/new" apt-get update -qq
  tar -C "$work/new" -cf "$kept.part" . && mv "$kept.part" "$kept"
fi
mkdir "$work/clean"
tar -C "$work/clean" -xf "$kept"
cp /etc/resolv.conf "$work/clean/etc/resolv.conf"
cp "$folder"/mismatch*.deb "$folder"/mismatch*.tar.gz "$work/clean/tmp"
cp -r "$here/../Datasets/london" "$work/clean/tmp/london"
rm -rf "$work/clean/tmp/london/out"
"$executable" run "$work/clean/tmp/london/job.yaml" -o "$work/outside" --quiet

cat > "$work/clean/tmp/try.sh" <<'TRY'
set -eu
cd /tmp
try() { "$1" run london/job.yaml -o "$2" --quiet; }

mkdir archive && tar -xzf mismatch*.tar.gz -C archive --strip-components=1
try archive/bin/mismatch of-archive

export DEBIAN_FRONTEND=noninteractive
apt-get install -y -qq ./mismatch*.deb > install.log 2>&1 || { cat install.log; exit 1; }
try mismatch of-package
man -w mismatch
test -s /usr/share/bash-completion/completions/mismatch
test -s /usr/share/zsh/vendor-completions/_mismatch
test -s /usr/share/fish/vendor_completions.d/mismatch.fish
bash -c '. /usr/share/bash-completion/completions/mismatch && complete -p mismatch'

apt-get remove -y -qq mismatch > install.log 2>&1
test ! -e /usr/bin/mismatch
test ! -e /usr/share/doc/mismatch
TRY
# The mount is in a namespace of its own and goes with it.
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} \
  unshare --mount --pid --fork --mount-proc="$work/clean/proc" chroot "$work/clean" sh /tmp/try.sh
for way in archive package; do
  cmp "$work/outside/cells.csv" "$work/clean/tmp/of-$way/cells.csv"
done
echo "both packages give the same cells.csv as the build"
