#!/bin/bash
# Third part of up.sh, the first process of the daemon's namespaces. Not to be called by hand.
set -euo pipefail
root=$1
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount --rbind /dev "$root/dev"
mount --make-rslave "$root/dev"
mount -t tmpfs tmpfs "$root/run"
mkdir -p "$root/var/lib/incus"
mount --bind "$dir/state" "$root/var/lib/incus"

# Seen from here, our own control groups are the roots of their hierarchies.
groups=$root/sys/fs/cgroup
if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ]; then
  mount -t cgroup2 cgroup2 "$groups"
  # Only a group without processes can hand controllers down. Containers are made beside the
  # group of the first process if it has this name. up.sh moves the process that waits for us.
  mkdir "$groups/init.scope"
  echo $$ > "$groups/init.scope/cgroup.procs"
  for _ in $(seq 50); do
    [ -n "$(cat "$groups/cgroup.procs")" ] || break
    sleep 0.1
  done
  for controller in $(cat "$groups/cgroup.controllers"); do
    echo "+$controller" > "$groups/cgroup.subtree_control" 2>/dev/null || true
  done
else
  mount -t tmpfs tmpfs "$groups"
  for procs in /sys/fs/cgroup/*/cgroup.procs; do
    hierarchy=$(dirname "$procs")
    [ ! -L "$hierarchy" ] || continue
    at=$groups/$(basename "$hierarchy")
    mkdir "$at"
    case $(basename "$hierarchy") in
      unified) mount -t cgroup2 cgroup2 "$at" ;;
      systemd) mount -t cgroup -o none,name=systemd cgroup "$at" ;;
      *) mount -t cgroup -o "$(basename "$hierarchy")" cgroup "$at" ;;
    esac
  done
fi

hostname couloir-incus
ip link set lo up 2>/dev/null || "$root/sbin/ip" link set lo up
mkdir "$root/.old"
cd "$root"
pivot_root . .old
cd /
umount -l /.old
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root

mkdir -p /run/incus /run/lock /var/log/incus /var/lib/lxcfs
for file in /etc/subuid /etc/subgid; do
  grep -q '^root:' $file 2>/dev/null || echo root:1000000:1000000000 >> $file
done
lxcfs /var/lib/lxcfs >/dev/null 2>&1 &
for incusd in /usr/libexec/incus/incusd /usr/lib/incus/incusd; do
  [ ! -x $incusd ] || break
done
$incusd --group root --logfile /var/log/incus/incusd.log >/dev/null 2>&1 &
$incusd waitready --timeout=180
touch /var/lib/incus/ready
# Reaps what the daemon leaves behind, and ends with everything when killed.
while true; do wait -n || sleep 1; done
