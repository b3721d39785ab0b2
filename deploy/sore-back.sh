#!/bin/sh
# Any command of the bot by hand, as the unit runs it: its settings, its user, its folders.
#   /opt/sore-back/deploy/sore-back.sh doctor
# As root instead, a key that `keys rotate` makes would be root's, and the bot could not read it.
exec systemd-run --quiet --collect --wait --pipe --pty \
    --property=User=sore-back \
    --property=DynamicUser=yes \
    --property=StateDirectory=sore-back \
    --property=StateDirectoryMode=0700 \
    --property=CacheDirectory=sore-back \
    --property=UMask=0077 \
    --property=WorkingDirectory=/var/lib/sore-back \
    --property=EnvironmentFile=/etc/sore-back.env \
    --setenv=PYTHONPATH=/opt/sore-back \
    --setenv=MPLCONFIGDIR=/var/cache/sore-back \
    /opt/sore-back/.venv/bin/python -m bot "$@"
