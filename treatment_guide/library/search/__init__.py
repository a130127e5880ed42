"""The search over the pages: typed words, their index, spelling. Nothing typed is stored."""
