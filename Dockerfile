# One image for every service: `wirewatch worker --only …` says which stages it runs.
FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/wirewatch
COPY requirements/run.txt requirements/build.txt requirements/
RUN /opt/wirewatch/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt \
 && python -m venv /opt/build && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY wirewatch wirewatch
COPY streams streams
COPY agents agents
COPY config config
RUN /opt/build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /dist . \
 && /opt/wirewatch/bin/pip install --no-cache-dir --no-deps /dist/*.whl

FROM python:3.12-slim
RUN useradd --uid 10001 --create-home wirewatch && install -d -o wirewatch /data
COPY --from=build /opt/wirewatch /opt/wirewatch
ENV PATH=/opt/wirewatch/bin:$PATH PYTHONUNBUFFERED=1 WIREWATCH_DATA_DIR=/data
USER 10001
VOLUME /data
ENTRYPOINT ["wirewatch"]
CMD ["worker"]
