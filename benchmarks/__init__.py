"""What grading costs on this machine, beside nbgrader, Otter and the bare cells: `make bench`. README.md says what each row means."""
