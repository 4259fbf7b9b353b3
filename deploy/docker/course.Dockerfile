# The course's pages and API, the commands that grade, and formgrader. The course itself is a volume.
#   docker build -f deploy/docker/course.Dockerfile -t course .
FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install --yes --no-install-recommends bubblewrap git && rm -rf /var/lib/apt/lists/*
COPY . /opt/autograder
RUN pip install --no-cache-dir -c /opt/autograder/constraints.txt "/opt/autograder[postgresql]"
RUN useradd --uid 1000 keeper && install -d -o keeper -m 0700 /srv/course /srv/passwords
USER keeper
WORKDIR /srv/course
CMD ["python", "-m", "autograder.hub.service"]
