#!/bin/bash
# debian.sh FILE [DEBS]: makes an Incus image of this machine's Debian release, with systemd,
# cloud-init and an SSH server, from the mirror that the machine's apt is set up with. DEBS keeps
# the packages that making it takes. Needs root; leaves nothing but FILE and DEBS. Ends with 3, and
# says why, where it can't be made.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
cannot() { echo "can't make an image here: $*" >&2; exit 3; }

if [ "${1:-}" != inside ]; then
  [ "$(id -u)" = 0 ] || cannot "this needs root"
  . "$here/mirror.sh"
  target=$(realpath -m "$1")
  dir=$(mktemp -d)
  trap 'rm -rf "$dir"' EXIT
  ln -s "$(realpath -m "${2:-$dir/kept}")" "$dir/debs"
  mkdir -p "$(realpath -m "$dir/debs")"
  export dir target
  unshare --mount --propagation private bash "$0" inside
  exit
fi

. "$here/overlay.sh"
install mmdebstrap
version=$(. /etc/os-release && echo "$VERSION_ID")
image=/tmp/image
mkdir -p "$root$image/templates"
chroot "$root" mmdebstrap --quiet --mode=root --variant=minbase --format=directory \
  --include=systemd-sysv,dbus,udev,cloud-init,openssh-server,iproute2,sudo,ca-certificates \
  --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
  --aptopt='APT::Sandbox::User "root"' --dpkgopt='path-exclude=/usr/share/doc/*' \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  "$codename" $image/rootfs "deb [signed-by=$keyring] $mirror $codename main"

made=$root$image
cat > "$made/rootfs/etc/systemd/network/80-dhcp.network" <<'END'
[Match]
Name=eth0
[Network]
DHCP=yes
END
cat > "$made/rootfs/etc/cloud/cloud.cfg.d/95-couloir.cfg" <<'END'
datasource_list: [NoCloud, None]
network: {config: disabled}
locale: false
END
chroot "$made/rootfs" systemctl --quiet enable systemd-networkd ssh
# Each instance makes its own.
rm -f "$made"/rootfs/etc/ssh/ssh_host_* "$made"/rootfs/var/lib/dbus/machine-id
: > "$made/rootfs/etc/machine-id"
rm -rf "$made"/rootfs/var/lib/apt/lists/* "$made"/rootfs/var/cache/apt/*

cat > "$made/metadata.yaml" <<END
architecture: $(uname -m)
creation_date: $(date +%s)
properties: {os: debian, release: $codename, description: Debian $version}
templates:
  /etc/hostname: {when: [create, copy], template: hostname.tpl}
  /var/lib/cloud/seed/nocloud-net/meta-data: {when: [create, copy], template: meta.tpl}
  /var/lib/cloud/seed/nocloud-net/user-data: {when: [create, copy], template: user.tpl}
  /var/lib/cloud/seed/nocloud-net/vendor-data: {when: [create, copy], template: vendor.tpl}
END
echo '{{ container.name }}' > "$made/templates/hostname.tpl"
printf 'instance-id: {{ container.name }}\nlocal-hostname: {{ container.name }}\n' \
  > "$made/templates/meta.tpl"
echo '{{ config_get("cloud-init.user-data", "") }}' > "$made/templates/user.tpl"
echo '{{ config_get("cloud-init.vendor-data", "") }}' > "$made/templates/vendor.tpl"
tar --create --numeric-owner --directory "$made" metadata.yaml templates rootfs |
  gzip -1 > "$target.part"
mv "$target.part" "$target"
