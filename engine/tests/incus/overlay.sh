#!/bin/bash
# Sourced in a mount namespace of its own: makes an overlay over the machine's root under $dir, with
# apt set up to take packages from $mirror only and to keep them in $dir/debs. Sets $root
# and $keyring, and uses $name and $suite.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive

# The top lies in memory: the machine's file system need not be fit for an overlay's upper layer.
mkdir -p "$dir"/{lower,top}
mount -t tmpfs -o size=75% tmpfs "$dir/top"
mkdir "$dir"/top/{upper,work,root}
root=$dir/top/root
mount --bind / "$dir/lower"
mount --make-private "$dir/lower"
mount -t overlay overlay -o "lowerdir=$dir/lower,upperdir=$dir/top/upper,workdir=$dir/top/work" "$root"
for tree in proc sys dev; do
  mount --rbind /$tree "$root/$tree"
  mount --make-rslave "$root/$tree"
done
# These are often mounts of their own, which the overlay does not show.
for name in resolv.conf hosts; do
  rm -f "$root/etc/$name"
  cat /etc/$name > "$root/etc/$name"
done

# No service may start, only this mirror is asked, and packages are kept.
printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
rm -rf "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/* "$root"/etc/apt/apt.conf.d/docker-clean
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
for suite in "$codename" "$codename-backports"; do
  echo "deb [signed-by=$keyring] $mirror $suite main"
done > "$root/etc/apt/sources.list"
printf '%s;\n' 'Acquire::Languages "none"' 'APT::Sandbox::User "root"' \
  'APT::Keep-Downloaded-Packages "true"' 'APT::Install-Recommends "false"' \
  > "$root/etc/apt/apt.conf.d/90couloir"

# install PACKAGE...: one at a time on this machine, for the packages are kept in one place.
install() {
  mkdir -p "$root/var/cache/apt/archives"
  mount --bind "$(realpath "$dir/debs")" "$root/var/cache/apt/archives"
  exec 9> "$dir/debs/.in-use"
  flock 9
  chroot "$root" apt-get -qq -y install "$@" >/dev/null
  exec 9>&-
  umount "$root/var/cache/apt/archives"
}

chroot "$root" apt-get -qq update
