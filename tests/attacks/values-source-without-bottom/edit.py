def edit(notebook, files):
    """Texts that nobody would want in a file."""
    texts = ["-" * 20_000 + "1", "(" * 10_000, "if 1: pass\n" + "elif 1: pass\n" * 2000]
    for cell in notebook["cells"]:
        if cell["source"] == "PLACEHOLDER":
            cell["source"] = "not " * 20_000 + "1"
    for place, text in enumerate(texts):
        notebook["cells"].insert(2 + place, {"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": None})
