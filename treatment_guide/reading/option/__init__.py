"""The page of an option: its fact table, its numbers by place as pictures or rows, fair room for gains
and harms, and how it sits with what may matter.
"""
