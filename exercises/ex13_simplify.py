# # Exercise 13: A pass over a program
#
# [Program](compiler/program.py) writes a graph down as lines, and
# [Simplifying](compiler/simplify.py) makes them fewer.  Write such a pass.  A line is a
# name, a function, and what the function is applied to: a tuple of names, which are
# strings, and numbers.
#
# Here are five lines, of which `y` is wanted.
#
#     ("two", add, (1, 1))
#     ("a", mul, ("x", "two"))
#     ("b", mul, ("x", 2))
#     ("c", add, ("a", 5))
#     ("y", add, ("a", "b"))
#
# Three things make them fewer.
#
# - What is computed from numbers alone is computed at once: `two` is 2.
# - What was computed before is not computed again: then `a` and `b` are the same.
# - What nobody needs is left out: `c` is not wanted, and no other line has it.
#
# What is left is
#
#     ("a", mul, ("x", 2))
#     ("y", add, ("a", "a"))
#
# A name that no line defines, such as `x`, is an input.
#
# *Hint.*  The first two go forwards, with a dictionary that tells what stands for a
# name.  The third goes backwards.


def simplify(lines, wanted):
    """Fewer lines that compute the same.

    Args:
        lines: a list of (name, function, arguments), each after those that it needs.
            Each name is given once; functions always give the same for the same.
        wanted: a list of names.

    Returns:
        answer: a tuple of two lists: the lines that are left, in their order, and for
            each of `wanted` what it is now, a name or a number.  Of lines that compute
            the same, the first is left; the same is the same function of the same
            arguments in the same order, where numbers that are equal, such as 2 and
            2.0, are the same.
    """
    raise NotImplementedError
