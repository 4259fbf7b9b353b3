def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = ["look"]
