"""`python -m autograder.cli` is `autograder`, wherever the package is found."""

from autograder.cli import main

main(prog_name="autograder")
