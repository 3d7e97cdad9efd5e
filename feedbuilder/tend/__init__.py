"""What a person does to a source: it is set up from an address, looked into, put right, taken out.

Owns the decisions and the writing that the command line and the studio share, so that neither can do what the other
cannot. Prints nothing and asks nothing: what is found is a value, what is wrong an error with its sentence.
"""
