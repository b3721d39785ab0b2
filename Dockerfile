# The bot alone: no compiler, no tests, no root.  It writes nowhere but to its database.
FROM python:3.12-slim AS built
COPY requirements.lock /build/
RUN python -m venv --without-pip /venv && \
    python -m pip --python /venv/bin/python install --no-cache-dir --require-hashes -r /build/requirements.lock

FROM python:3.12-slim
RUN useradd --uid 10001 --no-create-home bot && install -d -o bot /keeps
COPY --from=built /venv /venv
WORKDIR /bot
COPY LICENSE ./
COPY flows flows
COPY data data
COPY bot bot
COPY studio studio
COPY printing printing
RUN /venv/bin/python -m compileall -q flows data bot studio printing
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/tmp \
    HOST=0.0.0.0 PORT=8080 METRICS_PORT=9090 DATABASE_URL=sqlite:////keeps/bot.db
USER 10001
VOLUME /keeps
EXPOSE 8080
STOPSIGNAL SIGTERM
# By a bare socket: `urllib` and what it imports would cost four times as much CPU, every 30 seconds.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-IS", "-c", \
    "import os, socket; s = socket.create_connection(('127.0.0.1', int(os.environ['METRICS_PORT'])), 4); s.sendall(b'GET /healthz HTTP/1.0\\r\\n\\r\\n'); assert b' 200 ' in s.recv(64)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
