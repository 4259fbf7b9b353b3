def edit(notebook, files):
    """Thousands of small cells of the student's own, and texts of a megabyte."""
    own = [{"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": [], "execution_count": None} for _ in range(1500)]
    kinds = ("code", "markdown", "raw")
    large = [{"cell_type": kind, "metadata": {}, "source": "# " + "x" * 10**6, "outputs": [], "execution_count": None} for kind in kinds]
    notebook["cells"][2:2] = own + large
