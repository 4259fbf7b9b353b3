"""Settings of every single-user server."""

c = get_config()  # type: ignore[name-defined]  # noqa: F821

# Sockets in the private /tmp: a kernel's output channel over TCP can be read by whoever shares the loopback.
c.KernelManager.transport = "ipc"

# Grading happens in formgrader's own service, and work is fetched and handed in on the course's page.
c.ServerApp.jpserver_extensions = {
    "nbgrader.server_extensions.formgrader": False,
    "nbgrader.server_extensions.course_list": False,
    "nbgrader.server_extensions.assignment_list": False,
}

# Other people's kernels are busy too: an idle one ends after an hour, unless it is still computing.
c.MappingKernelManager.cull_idle_timeout = 3600
c.MappingKernelManager.cull_busy = False
c.MappingKernelManager.cull_connected = True
