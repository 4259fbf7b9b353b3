def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    notebook["cells"] = [cell for cell in notebook["cells"] if not told(cell).get("grade")]
