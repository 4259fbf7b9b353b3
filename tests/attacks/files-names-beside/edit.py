def edit(notebook, files):
    """Only who takes a submission unseen meets these: the folder reader and the hub refuse what they can write at all."""
    odd = ("a b.txt", "\u202etxt.setoN", "no\u0308tes.txt", "n\u00f6tes.txt", "-rf", "~", "$HOME", "*.txt", "CON")
    for name in ("notes.txt", "sub/notes.txt", *odd):
        files[name] = b"x"
    for number in range(200):
        files[f"many/{number}.txt"] = b"x"
