"""Checked files as bytes: handed between processes, kept on a disk, read back."""
