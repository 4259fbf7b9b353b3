def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = ["setup", "softmax-hidden", "softmax"][number % 3]
