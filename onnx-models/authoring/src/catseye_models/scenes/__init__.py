"""Drawn street scenes: worlds, drives through them, and their ground truth."""
