# # Exercise 4, solved
#
# A node that we've begun and not finished lies on the path that we're on.  If we meet
# it again, we've gone around in a circle.


def order_by_inputs(inputs, targets):
    order, begun, done = [], set(), set()
    waiting = list(targets)
    while waiting:
        node = waiting[-1]
        if node in begun:
            waiting.pop()
            if node not in done:
                done.add(node)
                order.append(node)
            continue
        begun.add(node)
        for x in inputs[node]:
            if x not in done:
                if x in begun:
                    raise ValueError(f"{x!r} needs itself")
                waiting.append(x)
    return order
