"""Parts of the answer code (`engine/code.py`): its characters, and the check character."""
