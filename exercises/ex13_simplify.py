# # Exercise 13: A pass over a program
#
# How can a compiled graph do less work than you wrote down?
# [Program](compiler/program.py) writes a graph down as lines, and
# [Simplifying](compiler/simplify.py) makes them fewer.  Write such a pass.  A line is a
# name, a function, and a tuple of arguments: names, which are strings, and numbers.
#
# Here are five lines, of which we want `y`.
#
#     ("two", add, (1, 1))
#     ("a", mul, ("x", "two"))
#     ("b", mul, ("x", 2))
#     ("c", add, ("a", 5))
#     ("y", add, ("a", "b"))
#
# You can save lines in three ways.
#
# - If all arguments are numbers, compute the line at once: `two` is 2.
# - Don't compute the same thing again: if `two` is 2, `a` and `b` are the same.
# - Leave out what you don't need: `c` isn't wanted, and no other line uses it.
#
# Two lines are left:
#
#     ("a", mul, ("x", 2))
#     ("y", add, ("a", "a"))
#
# A name that no line defines, such as `x`, is an input.
#
# ? Stuck?  Here's a hint.
#
# ! Do the first two going forward, with a dictionary that says what each name stands
# for.  Do the third going backward.
#
# The book's own pass does these three, and a few more.


def simplify(lines, wanted):
    """Fewer lines that compute the same.

    Args:
        lines: a list of (name, function, arguments), each after those that it needs.
            Each name is defined once, and all functions are pure.
        wanted: a list of names.

    Returns:
        answer: a tuple of two lists: the lines that are left, in their order, and for
            each of `wanted` the name or number that it turned into.  Of lines that
            compute the same, the first stays.  Lines compute the same if they apply the
            same function to the same arguments in the same order; numbers that are
            equal, such as 2 and 2.0, are the same.
    """
    raise NotImplementedError
