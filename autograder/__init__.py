"""Auto-graded homework and exams for courses on the mathematical foundations of deep learning."""
__version__ = "0.1.0"
