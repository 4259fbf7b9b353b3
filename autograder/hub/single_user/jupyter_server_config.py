"""Settings of every single-user server."""

c = get_config()  # type: ignore[name-defined]  # noqa: F821

# Sockets in the private /tmp: a kernel's output channel over TCP can be read by whoever shares the loopback.
c.KernelManager.transport = "ipc"

# Work is fetched and handed in with the Assignment List as well as on the course's page (course_exchange.py); grading happens in
# formgrader's own service. labconfig/ takes the same menus out of JupyterLab.
c.ServerApp.jpserver_extensions = {
    "nbgrader.server_extensions.formgrader": False,
    "nbgrader.server_extensions.course_list": False,
}

# Other people's kernels are busy too: an idle one ends after an hour, unless it is still computing.
c.MappingKernelManager.cull_idle_timeout = 3600
c.MappingKernelManager.cull_busy = False
c.MappingKernelManager.cull_connected = True
