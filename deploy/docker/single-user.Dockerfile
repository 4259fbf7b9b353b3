# What a student's server has: Jupyter, nbgrader's tools for students, and what the notebooks import. No tests, no course, no hub.
#   docker build -f deploy/docker/single-user.Dockerfile -t course-single-user .
FROM python:3.11-slim-bookworm

# The versions are those of constraints.txt, with all that these need in turn.
COPY constraints.txt /tmp/constraints.txt
RUN pip install --no-cache-dir -c /tmp/constraints.txt jupyterhub jupyterlab nbgrader ipywidgets matplotlib numpy sympy torch \
    && rm /tmp/constraints.txt

# The Assignment List fetches and submits through the course's service, by AUTOGRADER_COURSES.
COPY autograder/hub/single_user /etc/jupyter-course
ENV JUPYTER_CONFIG_PATH=/etc/jupyter-course JUPYTER_RUNTIME_DIR=/tmp/jupyter MPLCONFIGDIR=/tmp/matplotlib HOME=/srv/home

RUN useradd --create-home --home-dir /srv/home --uid 1000 student
USER student
WORKDIR /srv/home
CMD ["jupyterhub-singleuser", "--ip=0.0.0.0"]
