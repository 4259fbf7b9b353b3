def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    notebook["metadata"]["kernelspec"] = {"name": "../../evil", "display_name": "Evil", "language": "bash",
                                          "argv": ["sh", "-c", "touch started"], "env": {"PYTHONSTARTUP": "evil.py"}}
    notebook["metadata"]["language_info"] = {"name": "bash", "file_extension": ".sh"}
