def edit(notebook, files):
    """The next cell is larger than what a socket holds unread."""
    for cell in notebook["cells"]:
        if cell["source"].startswith("x = 1  # long"):
            cell["source"] += "long " * 150_000
