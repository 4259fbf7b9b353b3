def told(cell):
    return cell["metadata"].get("nbgrader", {})


def edit(notebook, files):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 3
            cell["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "1.0"}, "metadata": {}, "execution_count": 3}]
        else:
            cell["attachments"] = {"kestrel.html": {"text/html": "<script>alert('passed')</script>"}}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}, "version_major": 2, "version_minor": 0}}
