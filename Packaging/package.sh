#!/bin/sh
# A Debian package, and an archive that brings its libraries along: package.sh EXECUTABLE FOLDER.
# The same executable and commit give the same bytes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$(dirname "$here")
executable=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)
for tool in dpkg-deb dpkg-shlibdeps patchelf strip python3; do
  command -v "$tool" > /dev/null || { echo "package: install $tool (apt-get install dpkg-dev patchelf binutils python3)" >&2; exit 1; }
done
version=$("$executable" --version)
: "${SOURCE_DATE_EPOCH:=$(git -C "$here" log -1 --format=%ct 2> /dev/null || date +%s)}"
export SOURCE_DATE_EPOCH
umask 022

# stage FOLDER: the installed files, without symbols.
stage() {
  "$here/install.sh" "$executable" "$1"
  strip "$1/bin/mismatch"
  install -d "$1/share/doc/mismatch"
}

# bring_libraries FOLDER: what the executable needs and not every system has, with licences.
bring_libraries() {
  install -d "$1/lib/mismatch" "$1/share/doc/mismatch/libraries"
  # libcurl is opened at run time, so that the executable does not name it.
  { ldd "$1/bin/mismatch"; ldd "$curl"; echo "libcurl.so.4 => $curl (opened)"; } | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p' | while read -r library; do
    name=$(basename "$library")
    case $name in libc.so.* | libm.so.* | ld-linux*) continue ;; esac
    file=$(readlink -f "$library")
    install -m 644 "$file" "$1/lib/mismatch/$name"
    # Where /lib is /usr/lib, dpkg knows a file by one of the two names.
    owner=$({ dpkg -S "$file" || dpkg -S "${file#/usr}"; } 2> /dev/null | cut -d : -f 1)
    install -m 644 "/usr/share/doc/$owner/copyright" "$1/share/doc/mismatch/libraries/$owner"
  done
  # DT_RPATH, which also holds for what the libraries themselves need.
  patchelf --force-rpath --set-rpath "\$ORIGIN/../lib/mismatch" "$1/bin/mismatch"
}

# An archive that runs wherever the C library is as new as here.
archive() {
  architecture=$(uname -m)
  root=$work/mismatch-$version-linux-$architecture
  stage "$root"
  bring_libraries "$root"
  install -m 644 "$source/LICENSE" "$source/README.md" "$root"
  tar -C "$work" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -c "$(basename "$root")" |
    gzip -6n > "$folder/$(basename "$root").tar.gz"
  echo "$folder/$(basename "$root").tar.gz"
}

# A package for the Debian or Ubuntu of this machine.
package() {
  architecture=$(dpkg --print-architecture)
  root=$work/deb
  documents=$root/usr/share/doc/mismatch
  stage "$root/usr"
  install -d "$root/usr/share/zsh/vendor-completions" "$root/DEBIAN" "$work/debian"
  mv "$root/usr/share/zsh/site-functions/_mismatch" "$root/usr/share/zsh/vendor-completions/"
  rmdir "$root/usr/share/zsh/site-functions"
  gzip -9n "$root/usr/share/man/man1/mismatch.1"
  install -m 644 "$here/copyright" "$documents/copyright"
  {
    printf 'mismatch (%s) unstable; urgency=medium\n\n  * See NEWS.gz.\n\n' "$version"
    printf ' -- %s  %s\n' "$maintainer" "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")"
  } | gzip -9n > "$documents/changelog.gz"
  gzip -9nc "$source/CHANGELOG.md" > "$documents/NEWS.gz"
  chmod 644 "$documents"/*

  # dpkg-shlibdeps asks for the control file of a source.
  printf 'Source: mismatch\n\nPackage: mismatch\nArchitecture: any\n' > "$work/debian/control"
  needs=$(cd "$work" && dpkg-shlibdeps -O "$root/usr/bin/mismatch" | sed 's/^shlibs:Depends=//')
  # libcurl is opened at run time: the package of this release that has it, by whichever name.
  file=$(readlink -f "$curl")
  needs="$needs, $({ dpkg -S "$file" || dpkg -S "${file#/usr}"; } 2> /dev/null | cut -d : -f 1), ca-certificates"
  {
    printf 'Package: mismatch\nVersion: %s\nArchitecture: %s\n' "$version" "$architecture"
    printf 'Maintainer: %s\nSection: science\nPriority: optional\n' "$maintainer"
    printf 'Installed-Size: %s\nDepends: %s\n' "$(du -sk --apparent-size "$root/usr" | cut -f 1)" "$needs"
    cat "$here/description"
  } > "$root/DEBIAN/control"
  (cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum > DEBIAN/md5sums)
  chmod 644 "$root/DEBIAN"/*
  dpkg-deb --root-owner-group --build "$root" "$folder/mismatch_${version}_$architecture.deb" > /dev/null
  echo "$folder/mismatch_${version}_$architecture.deb"
}

curl=$(ldconfig -p | sed -n 's/.*libcurl\.so\.4 .* => //p' | head -n 1)
[ -n "$curl" ] || { echo "package: install libcurl4 (./setup.sh)" >&2; exit 1; }
maintainer="Mismatch maintainers <maintainers@mismatch.invalid>"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -f "$folder"/mismatch*
archive
package
