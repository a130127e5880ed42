"""The questionnaire: one visit, its questions, and the outcome page.

A visit is read from the answer code in the address; nothing of it is stored. Sheets for paper
belong to `paper`; rules and the order of questions belong to the engine, never here.
"""
