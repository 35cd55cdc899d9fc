# The image of every service and of the gateway; which one runs is the command's to say.
FROM node:24-bookworm-slim AS console

WORKDIR /web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci
COPY web ./
RUN npm run build

FROM python:3.13-slim-bookworm

# Chinese in generated documents needs the fonts.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY shared shared
COPY services services
COPY gateway gateway
COPY huitang huitang
COPY --from=console /web/dist web/dist
ENV PYTHONPATH=/app
RUN python -m compileall -q shared services gateway huitang \
    && printf '#!/bin/sh\nexec python -m huitang "$@"\n' > /usr/local/bin/huitang \
    && chmod 755 /usr/local/bin/huitang \
    && useradd --system --uid 10001 --create-home huitang \
    && install --directory --owner huitang --mode 700 /data

USER huitang
ENV HUITANG_DATA=/data
VOLUME /data
EXPOSE 8000
CMD ["huitang", "serve"]
