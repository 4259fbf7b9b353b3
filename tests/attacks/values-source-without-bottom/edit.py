def edit(notebook, files):
    """Texts that nobody would want in a file."""
    texts = ["-" * 100_000 + "1", "(" * 10_000, "if 1: pass\n" + "elif 1: pass\n" * 2000, "x = (" + "1," * 120_000 + ")\n)"]
    for cell in notebook["cells"]:
        if cell["source"] == "PLACEHOLDER":
            cell["source"] = "not " * 100_000 + "1"
    for place, text in enumerate(texts):
        notebook["cells"].insert(2 + place, {"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": None})
