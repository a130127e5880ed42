"""The shape of every YAML file: the fields it may have. One module for each kind of file."""
