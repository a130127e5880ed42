"""HTTP in, HTML out: views, presenters, middleware, template tags."""
