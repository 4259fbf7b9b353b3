"""Integers as texts.

replaces: vanishing_order symmetry_count
"""
vanishing_order = "5 - 1"
symmetry_count = "720 * 64"
