# %% after setup
from IPython.display import HTML, Image, Latex, Markdown, clear_output, display
display(HTML("<b>bold</b><script>1</script>"), Markdown("**x**"), Latex("$x$"))
handle = display("first", display_id=True)
handle.update("second")
clear_output(wait=True)
np.random.rand(50, 50)
# %% after softmax
class Shown:
    def _repr_html_(self):
        return "<table></table>"
    def __repr__(self):
        raise RuntimeError("no repr")
Shown()
# %% after low_rank
%%html
<b>x</b>
# %% after descend
%%javascript
alert(1)
# %% after ridge
%%latex
$x$
