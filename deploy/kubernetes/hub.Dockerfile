# The chart's hub with our version of JupyterHub and what a hub needs that keeps no course (untested: here was no cluster).
#   docker build -f deploy/kubernetes/hub.Dockerfile -t registry.example/course-hub:1 .
FROM quay.io/jupyterhub/k8s-hub:4.4.0
USER root
COPY constraints.txt /tmp/constraints.txt
RUN pip install --no-cache-dir -c /tmp/constraints.txt babel jupyterhub jupyterhub-ltiauthenticator oauthenticator && rm /tmp/constraints.txt
COPY autograder /opt/autograder/autograder
COPY deploy /opt/autograder/deploy
ENV PYTHONPATH=/opt/autograder
USER 1000
