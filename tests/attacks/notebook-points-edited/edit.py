def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    worth = [100, -5, float("nan"), float("inf"), "12", None, [1]]
    for number, cell in enumerate(cell for cell in notebook["cells"] if told(cell).get("grade")):
        told(cell)["points"] = worth[number % len(worth)]
        cell["source"] = "100.0"
