#!/bin/sh
# Runs a command in a network of its own that has only the loopback interface, and writes how many connections to anywhere else were
# attempted (each is refused at once: there is no route) to the file named first.
#
#   quiet-network.sh <file> <command> [argument...]
#
# The kernel's count OutNoRoutes also holds lookups of names. IPv6 is not counted: Chromium tries an IPv6 address at every start.
attempts=$1
shift
ip link set lo up || exit 1
"$@"
code=$?
awk '/^Ip:/ { if (!column) { for (i = 1; i <= NF; i++) if ($i == "OutNoRoutes") column = i } else print $column }' /proc/self/net/snmp > "$attempts"
exit "$code"
