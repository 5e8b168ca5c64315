# # Exercise 13, solved
#
# Arguments are replaced before anything else is decided, so that one pass is enough:
# what they stand for is settled by then.


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
