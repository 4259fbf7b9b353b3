def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    for cell in notebook["cells"]:
        name = told(cell).get("grade_id", "")
        if told(cell).get("solution"):
            told(cell)["grade_id"] = f"{name}-hidden"
        elif name.endswith("-hidden"):
            told(cell)["grade_id"] = name.removesuffix("-hidden")
            cell["source"] = "1.0"
