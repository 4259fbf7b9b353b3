def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    notebook["cells"].reverse()
