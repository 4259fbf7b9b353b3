"""Submissions that try to get what they do not deserve, one folder each; `test_attacks` grades them all."""
