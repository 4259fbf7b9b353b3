def edit(notebook, files):
    """Forty cells that end the process after the fourth problem."""
    place = next(i for i, cell in enumerate(notebook["cells"]) if "ridge-hidden" in str(cell["metadata"])) + 1
    text = "import os; os._exit(1)  # number "
    notebook["cells"][place:place] = [
        {"cell_type": "code", "metadata": {}, "source": text + str(number), "outputs": [], "execution_count": None} for number in range(40)
    ]
