"""Values in words: lists, numbers, times, opening hours, names of places.

Pages make these while they are served, so nothing here may import the shapes of files, the loader
or the reader of YAML.
"""
