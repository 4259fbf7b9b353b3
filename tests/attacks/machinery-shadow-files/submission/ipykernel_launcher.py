"""Runs in place of the kernel's launcher, before any cell."""
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != here]
import ast

from ipykernel import kernelapp
from IPython.core.interactiveshell import InteractiveShell


class Blank(ast.NodeTransformer):
    def visit_Module(self, node):
        node.body = []
        return node


start = InteractiveShell.init_user_ns


def init_user_ns(self):
    start(self)
    self.ast_transformers.append(Blank())


InteractiveShell.init_user_ns = init_user_ns
if __name__ == "__main__":
    kernelapp.launch_new_instance()
