#!/bin/sh
# What the unit runs, by hand, with its settings and where it keeps things:
#   /opt/sore-back/deploy/sore-back.sh doctor
set -ae
. /etc/sore-back.env
cd /var/lib/sore-back
export PYTHONPATH=/opt/sore-back MPLCONFIGDIR=/var/cache/sore-back
exec /opt/sore-back/.venv/bin/python -m bot "$@"
