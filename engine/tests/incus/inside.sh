#!/bin/bash
# Second half of up.sh, in a mount namespace of its own: makes the overlay, installs Incus into it,
# and starts the daemon in the remaining namespaces. Not to be called by hand.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
. "$here/overlay.sh"

from=
if ! chroot "$root" apt-cache madison incus-base | grep -q " $codename/"; then
  from=/$codename-backports
fi
install incus-base$from incus-client$from \
  dnsmasq-base nftables iproute2 btrfs-progs squashfs-tools xz-utils busybox-static
for tree in proc sys dev; do umount -l "$root/$tree"; done
echo "packages are installed after $SECONDS s"

# The rest runs as the first process of namespaces of its own. A chroot would not do: it forbids
# user namespaces, which unprivileged containers are made of.
exec unshare --net --cgroup --uts --ipc --pid --fork --kill-child --propagation private \
  bash "$here/daemon.sh" "$root"
