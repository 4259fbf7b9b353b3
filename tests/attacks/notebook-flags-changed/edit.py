def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    for cell in notebook["cells"]:
        if told(cell):
            told(cell).update(grade=not told(cell).get("grade"), solution=not told(cell).get("solution"), locked=False, points=1)
            cell["source"] = "1.0"
