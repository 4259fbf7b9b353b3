def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"]["autograder"] = {"student": False, "given": True, "hidden": False, "where": "tester", "points": 12}
        cell["metadata"]["tags"] = ["same-process", "remote", "given"]
        if "nbgrader" not in cell["metadata"] and cell["cell_type"] == "code":
            cell["metadata"]["nbgrader"] = {"schema_version": 3, "grade_id": f"given{number}", "grade": False, "solution": False,
                                            "locked": True, "task": False}
    notebook["metadata"]["autograder"] = {"score": 12, "status": "ok"}
