def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    for cell in notebook["cells"]:
        if told(cell):
            cell["metadata"]["nbgrader"] = {}
