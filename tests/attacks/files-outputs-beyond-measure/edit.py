def edit(notebook, files):
    """Nothing of it is of use to anybody."""
    deep = "x"
    for _ in range(400):
        deep = [deep]
    for cell in notebook["cells"]:
        cell["outputs"] = [{"output_type": "stream", "text": "x" * 10**5}, deep, None, {"data": {"text/html": "<script>"}}] * 2
        cell["execution_count"] = 10**300
        cell["attachments"] = {"../x.png": {"image/png": "x" * 10**5}}
    notebook["metadata"] = {"kernelspec": deep, "widgets": {"state": deep}, "language_info": 7}
    notebook["nbformat"], notebook["nbformat_minor"] = "4", -1
