# # Exercise 13, solved
#
# We replace arguments before deciding anything else.  What they stand for is settled by
# then, so one pass is enough.


def simplify(lines, wanted):
    stands_for, first, kept = {}, {}, []
    for name, function, arguments in lines:
        arguments = tuple(stands_for.get(x, x) for x in arguments)
        line = function, arguments
        if not any(isinstance(x, str) for x in arguments):
            stands_for[name] = function(*arguments)
        elif line in first:
            stands_for[name] = first[line]
        else:
            first[line] = name
            kept.append((name, function, arguments))
    results = [stands_for.get(x, x) for x in wanted]
    needed, left = set(results), []
    for name, function, arguments in reversed(kept):
        if name in needed:
            needed.update(arguments)
            left.append((name, function, arguments))
    return left[::-1], results
