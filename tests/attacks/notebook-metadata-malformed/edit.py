def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    odd = [None, 1, "x", [], {"grade_id": ["softmax"]}, {"grade_id": {"a": 1}}, {"grade_id": 7}, {"grade_id": ""}, {"grade_id": None}, True]
    for number, cell in enumerate(notebook["cells"]):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] = odd[number % len(odd)]
    notebook["cells"] += [None, 3, "cell", [], {}, {"cell_type": "code"}, {"cell_type": ["code"], "source": "x"},
                          {"cell_type": "code", "metadata": [], "source": {"a": 1}},
                          {"cell_type": "code", "metadata": {"tags": "look"}, "id": []},
                          {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "softmax-hidden"}}, "source": ["1.0", None, 2]}]
    notebook["metadata"] = 3
    notebook["nbformat"] = "four"
