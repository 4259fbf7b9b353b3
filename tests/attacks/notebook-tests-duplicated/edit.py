def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    cells = []
    for cell in notebook["cells"]:
        copies = [{**cell, "source": "pass", "id": f"copy-{len(cells)}-{i}"} for i in range(2)] if told(cell).get("grade") else []
        cells += [*copies[:1], cell, *copies[1:]]
    notebook["cells"] = cells
