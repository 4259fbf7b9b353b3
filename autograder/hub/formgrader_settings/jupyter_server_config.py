"""Settings of the formgrader service."""

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.ServerApp.root_dir = "/course"
# JupyterLab shows formgrader in a frame; a hub page elsewhere must not.
c.ServerApp.tornado_settings = {"headers": {"Content-Security-Policy": "frame-ancestors 'self'"}}
# Whoever marks needs no shell. All staff share this server, and what is done in it bears nobody's name.
c.ServerApp.terminals_enabled = False
c.KernelManager.transport = "ipc"
c.ServerApp.jpserver_extensions = {
    "nbgrader.server_extensions.course_list": False,
    "nbgrader.server_extensions.assignment_list": False,
    "nbgrader.server_extensions.validate_assignment": False,
}
