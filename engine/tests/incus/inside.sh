#!/bin/bash
# Second half of up.sh, in a mount namespace of its own: makes the overlay, installs Incus into it,
# and starts the daemon in the remaining namespaces. Not to be called by hand.
set -euo pipefail
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive

# The top lies in memory: the machine's file system need not be fit for an overlay's upper layer.
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
for file in resolv.conf hosts; do
  rm -f "$root/etc/$file"
  cat /etc/$file > "$root/etc/$file"
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
mkdir -p "$root/var/cache/apt/archives"
mount --bind "$(realpath "$dir/debs")" "$root/var/cache/apt/archives"
exec 9> "$dir/debs/.in-use"
flock 9
chroot "$root" apt-get -qq update
from=
if ! chroot "$root" apt-cache madison incus-base | grep -q " $codename/"; then
  from=/$codename-backports
fi
chroot "$root" apt-get -qq -y install incus-base$from incus-client$from \
  dnsmasq-base nftables iproute2 btrfs-progs squashfs-tools xz-utils busybox-static >/dev/null
exec 9>&-
umount "$root/var/cache/apt/archives"
for tree in proc sys dev; do umount -l "$root/$tree"; done
echo "packages are installed after $SECONDS s"

# The rest runs as the first process of namespaces of its own. A chroot would not do: it forbids
# user namespaces, which unprivileged containers are made of.
exec unshare --net --cgroup --uts --ipc --pid --fork --kill-child --propagation private \
  bash "$(dirname "$(realpath "$0")")/daemon.sh" "$root"
