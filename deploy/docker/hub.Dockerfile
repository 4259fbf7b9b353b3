# The hub and its proxy. Of this package it has what a hub needs that keeps no course: nothing that grades, no notebook.
#   docker build -f deploy/docker/hub.Dockerfile -t course-hub .
FROM node:20-bookworm-slim AS proxy
WORKDIR /opt/proxy
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM python:3.11-slim-bookworm
COPY --from=proxy /usr/local/bin/node /usr/local/bin/node
COPY --from=proxy /opt/proxy /opt/proxy
COPY constraints.txt /tmp/constraints.txt
RUN pip install --no-cache-dir -c /tmp/constraints.txt \
        babel dockerspawner jupyterhub jupyterhub-idle-culler jupyterhub-ltiauthenticator oauthenticator \
    && rm /tmp/constraints.txt
COPY autograder /opt/autograder/autograder
COPY deploy /opt/autograder/deploy
ENV PYTHONPATH=/opt/autograder PATH=/opt/proxy/node_modules/.bin:$PATH
WORKDIR /srv/hub
CMD ["jupyterhub", "-f", "/opt/autograder/deploy/docker/jupyterhub_config.py"]
