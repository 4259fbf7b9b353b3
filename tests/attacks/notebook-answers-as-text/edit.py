def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    kinds = ["markdown", "raw"]
    for number, cell in enumerate(notebook["cells"]):
        if told(cell).get("solution") or told(cell).get("grade"):
            cell["cell_type"] = kinds[number % 2]
            cell.pop("outputs", None), cell.pop("execution_count", None)
