#!/bin/bash
# up.sh DIR [OWNER]: starts a throw-away Incus for tests; down.sh DIR ends it. It also ends when the
# process OWNER does, however that came about.
#
# Needs root on Debian 12 or later, and no systemd, no KVM, no Incus. The daemon lives on an overlay
# over the machine's own root, in namespaces of its own: the machine keeps nothing of it but the
# files under DIR and a control group, which down.sh removes. Packages come from the mirror
# that the machine's apt is set up with, and are kept in DIR/debs (which may be a symbolic link).
#
# Leaves DIR/state/unix.socket (the API), DIR/pid (a process inside its network namespace) and
# DIR/log. Ends with 3, and says why, where such a thing can't be.
set -euo pipefail
here=$(dirname "$(realpath "$0")")

cannot() { echo "can't start Incus here: $*" >&2; exit 3; }

[ $# = 1 ] || [ $# = 2 ] || { echo "usage: up.sh DIR [OWNER]" >&2; exit 2; }
[ "$(id -u)" = 0 ] || cannot "this needs root"
for tool in apt-get unshare nsenter pivot_root setsid flock tail; do
  command -v $tool >/dev/null || cannot "$tool is missing"
done
grep -qw overlay /proc/filesystems || modprobe overlay 2>/dev/null || cannot "no overlayfs"

. "$here/mirror.sh"

dir=$(realpath -m "$1")
mkdir -p "$dir"
[ ! -e "$dir/pid" ] || { echo "$dir is in use: run down.sh first" >&2; exit 2; }
name=couloir-incus-$$
echo $name > "$dir/name"
rm -rf "$dir/state"
mkdir -p "$dir/state"
[ -e "$dir/debs" ] || mkdir "$dir/debs"

# One control group of our own in each hierarchy that the machine has.
join=()
if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ]; then
  for controller in $(cat /sys/fs/cgroup/cgroup.controllers); do
    echo "+$controller" > /sys/fs/cgroup/cgroup.subtree_control 2>/dev/null || true
  done
  join+=(/sys/fs/cgroup/$name)
else
  for procs in /sys/fs/cgroup/*/cgroup.procs; do
    hierarchy=$(dirname "$procs")
    [ -L "$hierarchy" ] || join+=("$hierarchy/$name")
  done
fi
[ ${#join[@]} -gt 0 ] || cannot "no control groups are mounted"
for group in "${join[@]}"; do
  mkdir -p "$group"
  # A new group of the old cpuset has no processors until it is told.
  if [ -e "$group/cpuset.cpus" ] && [ ! -e "$group/cgroup.controllers" ]; then
    cat "$(dirname "$group")/cpuset.cpus" > "$group/cpuset.cpus"
    cat "$(dirname "$group")/cpuset.mems" > "$group/cpuset.mems"
    echo 1 > "$group/cgroup.clone_children"
  fi
done

# Nothing left running may hold our caller's pipes.
export dir
setsid bash -c '
  inside=$1; shift
  for group in "$@"; do echo $$ > "$group/cgroup.procs"; done
  exec unshare --mount --propagation private bash "$inside"
' - "$here/inside.sh" "${join[@]}" </dev/null >"$dir/log" 2>&1 &
outer=$!

for _ in $(seq 3000); do
  [ ! -e "$dir/state/ready" ] || break
  # See daemon.sh: our group may hold no process itself, not even the one that made it.
  scope=/sys/fs/cgroup/$name/init.scope
  [ ! -d $scope ] || echo $outer > $scope/cgroup.procs 2>/dev/null || true
  if ! kill -0 $outer 2>/dev/null; then
    cat "$dir/log" >&2
    "$here/down.sh" "$dir"
    cannot "it ended early"
  fi
  sleep 0.1
done
if [ ! -e "$dir/state/ready" ]; then
  cat "$dir/log" >&2
  "$here/down.sh" "$dir"
  cannot "it was not ready in five minutes"
fi
# The first process of its namespaces is the only child of the one that made them.
tr -d ' ' < /proc/$outer/task/$outer/children > "$dir/pid"
if [ $# = 2 ]; then
  setsid bash -c 'tail --pid="$1" -f /dev/null; "$2" "$3"' - "$2" "$here/down.sh" "$dir" \
    </dev/null >/dev/null 2>&1 &
fi
echo "$dir/state/unix.socket"
