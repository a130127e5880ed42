"""The rules of the guide, applied to answers.

Pure: the standard library only. No clock, no files, no Django.
"""
