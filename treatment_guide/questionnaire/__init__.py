"""The questionnaire: one visit, its questions, and the outcome page.

A visit is read from the answer code in the address, and nothing of it is stored. What a reader
takes along on paper belongs to `paper`; rules and their order belong to the engine, never here.
"""
