#!/bin/bash
# Sourced: finds the Debian release that this machine runs and the mirror that its apt is set up with.
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
  awk -v release="$codename" '$1 == release && $2 == "main" { print $3; exit }')
[ -n "$mirror" ] || cannot "apt knows no mirror of Debian $codename"
export codename mirror
