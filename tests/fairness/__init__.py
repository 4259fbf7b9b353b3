"""Habits of honest students, one folder each; `test_fairness` grades them all, `test_messages` reads what they are told."""
