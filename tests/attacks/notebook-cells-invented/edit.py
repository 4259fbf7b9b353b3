def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    for number in range(5):
        notebook["cells"].append({
            "cell_type": "code", "id": f"bonus{number}", "metadata": {"nbgrader": {
                "schema_version": 3, "grade_id": f"bonus-{number}", "grade": True, "solution": bool(number % 2), "locked": True,
                "task": False, "points": 100}},
            "source": "100.0", "outputs": [], "execution_count": None})
