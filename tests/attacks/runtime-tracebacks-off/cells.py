# %% after setup
shell = get_ipython()
shell.showtraceback = shell.showsyntaxerror = shell._showtraceback = lambda *args, **kwargs: None
shell.set_custom_exc((BaseException,), lambda *args, **kwargs: [])
import sys
sys.excepthook = sys.unraisablehook = lambda *args: None
