#!/bin/bash
# down.sh DIR: ends the Incus that up.sh DIR started, and removes what it left outside of DIR.
# May be repeated. Ends no process but those of that Incus: the ones in its own control groups.
set -uo pipefail
[ $# = 1 ] || { echo "usage: down.sh DIR" >&2; exit 2; }
dir=$(realpath -m "$1")
name=$(cat "$dir/name" 2>/dev/null) || exit 0
case $name in couloir-incus-*) ;; *) echo "$dir/name is not ours" >&2; exit 2 ;; esac

groups=()
for group in /sys/fs/cgroup/$name /sys/fs/cgroup/*/$name; do
  [ ! -d "$group" ] || groups+=("$group")
done
for _ in $(seq 50); do
  [ ${#groups[@]} -gt 0 ] || break
  left=$(find "${groups[@]}" -name cgroup.procs -exec cat {} + 2>/dev/null | sort -un)
  [ -n "$left" ] || break
  kill -9 $left 2>/dev/null
  sleep 0.1
done
for group in ${groups[@]+"${groups[@]}"}; do
  for _ in $(seq 20); do
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null
    [ -d "$group" ] || break
    sleep 0.1
  done
  [ ! -d "$group" ] || echo "$group can't be removed" >&2
done
rm -rf "$dir/pid" "$dir/name" "$dir/state" "$dir/top" "$dir/lower"
