def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    for number, cell in enumerate(notebook["cells"]):
        if told(cell):
            told(cell)["schema_version"] = [0, 1, 99, "3", None][number % 5]
