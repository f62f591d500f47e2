# The image of a node. It is built by the steps that `./tenon` runs in a checkout, and holds what they leave:
#   docker build -t tenon . && docker run -p 8080:8080 -v tenon:/var/lib/tenon tenon
FROM node:22.20.0-bookworm-slim AS node

FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /opt/tenon
COPY . .
RUN ./tenon build

FROM ubuntu:24.04
RUN useradd --system --uid 10001 --home-dir /var/lib/tenon --create-home tenon
WORKDIR /opt/tenon
# The same paths as in the build: the AOT cache remembers them, and when the jars were last changed.
COPY --from=build /opt/tenon/.tenon/runtime .tenon/runtime
COPY --from=build /opt/tenon/.tenon/cache .tenon/cache
COPY --from=build /opt/tenon/contracts contracts
COPY --from=build /opt/tenon/js-workers js-workers
COPY --from=build /opt/tenon/cluster-config cluster-config
COPY --from=build /opt/tenon/tenon /opt/tenon/LICENSE ./
RUN ln -s /opt/tenon/tenon /usr/local/bin/tenon
USER tenon
VOLUME /var/lib/tenon
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8090 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["tenon", "node", "--data-dir", "/var/lib/tenon", "--edge-host", "0.0.0.0"]
