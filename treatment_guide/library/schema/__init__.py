"""The shape of every YAML file: what may stand in it. One module for each kind of file."""
