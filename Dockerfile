# An image with the command: docker build -t mismatch . ; docker run --rm -u "$(id -u)" -v "$PWD:/data" mismatch run job.yaml -o out.
# CI has no engine to build images: what both stages run, `make package` and the package on a clean Debian, is tried
# by `make package-test`.
FROM swift:6.3-bookworm AS build
WORKDIR /source
COPY . .
RUN apt-get update \
  && apt-get install -y --no-install-recommends dpkg-dev make patchelf python3 \
  && make package

FROM debian:bookworm-slim
COPY --from=build /source/.build/package/*.deb /tmp/
RUN apt-get update \
  && apt-get install -y --no-install-recommends /tmp/*.deb \
  && rm -rf /tmp/*.deb /var/lib/apt/lists/*
USER 65534
WORKDIR /data
ENTRYPOINT ["mismatch"]
