# The bot alone: no compiler, no tests, no root.  It writes nowhere but to its database.
FROM python:3.12-slim AS built
COPY requirements.lock /build/
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r /build/requirements.lock

FROM python:3.12-slim
RUN useradd --uid 10001 --no-create-home bot && install -d -o bot /keeps
COPY --from=built /venv /venv
WORKDIR /bot
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
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"METRICS_PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
