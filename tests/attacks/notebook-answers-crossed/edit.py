def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    names = {"ridge": "train", "train": "ridge"}
    for cell in notebook["cells"]:
        if told(cell).get("solution"):
            told(cell)["grade_id"] = names.get(told(cell)["grade_id"], told(cell)["grade_id"])
