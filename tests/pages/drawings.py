"""Digits as a person draws them with a mouse, to try the reader in the page.

A drawing is a list of strokes, a stroke a text of points on a pad of 100 x 100: x from
the left, y from the top.  A hand goes through them in a curve, and turns sharply where
there's an exclamation mark.
"""

import numpy as np

# Each of the styles has the digits from 0 to 9.
STYLES = {
    # As in a first reader: upright, in the middle of the pad.
    "plain": [
        ["50,18 34,26 28,48 33,72 49,83 65,73 71,50 66,27 50,18"],
        ["50,16 50,84"],
        ["32,34 37,21 52,17 66,25 66,41 52,58 31,81! 71,81"],
        ["32,25 48,17 64,25 63,40 47,48! 65,56 68,71 52,83 32,76"],
        ["58,84 58,17! 27,63! 75,63"],
        ["66,19 36,19! 33,46! 51,42 67,52 66,71 50,82 31,76"],
        ["63,19 44,33 33,57 36,75 50,83 65,75 66,60 52,51 36,60"],
        ["29,20 70,20! 55,50 45,83"],
        ["64,27 50,18 36,27 40,41 58,52 67,68 51,83 34,70 41,53 59,42 64,27"],
        ["66,32 52,19 36,29 36,44 49,52 64,43 67,30! 66,58 60,82"],
    ],
    # Slanted, as many write in Europe: a one with a long upstroke, a seven with a bar,
    # an open four.
    "slanted": [
        ["58,20 41,30 30,53 34,76 48,78 64,62 71,38 63,22 54,21"],
        ["34,42 48,31 63,15! 59,40 50,85"],
        ["37,33 48,19 62,20 66,33 56,50 28,80! 40,76 62,82"],
        ["40,24 54,17 66,24 60,38 48,46! 61,54 58,72 42,82 27,76"],
        ["52,18 42,38 30,60! 50,60 72,58", "66,40 60,62 54,86"],
        ["46,20 40,44! 54,42 63,54 58,72 44,81 28,76", "46,20 72,18"],
        ["68,16 49,32 35,56 35,74 45,82 58,74 62,60 52,54 38,64"],
        ["34,24 50,22 72,20! 58,46 46,84", "42,52 66,50"],
        ["66,25 54,18 44,28 48,42 55,54 52,72 40,80 31,70 38,56 56,42 66,25"],
        ["68,28 57,19 44,28 42,42 52,46 64,38 69,26! 62,54 46,83 36,80"],
    ],
    # Large and broad: a one with a base, a two with a loop, a closed four.
    "broad": [
        ["48,10 20,22 9,48 18,78 46,91 76,80 91,52 82,22 56,10 44,14"],
        ["30,28 50,10! 50,90", "24,90 78,90"],
        ["16,32 30,12 58,10 80,26 70,50 42,74 22,88 14,80 26,70 48,80 68,91 90,84"],
        ["14,16 48,9 78,20 72,40 42,48! 76,54 86,72 60,91 14,86"],
        ["66,92 64,8! 10,62! 92,64"],
        ["84,10 26,12! 20,44! 50,38 82,50 84,74 52,91 16,84"],
        ["74,10 40,24 16,54 18,80 46,92 76,82 80,64 54,54 24,64"],
        ["12,12 88,10! 62,46 48,92"],
        ["78,24 50,9 22,22 30,40 66,54 84,74 52,92 16,76 34,54 68,42 80,22"],
        ["80,30 54,10 22,20 18,40 44,54 72,44 82,26! 80,60 74,92"],
    ],
    # In a hurry, small and off the middle; rings that don't close or close too far.
    "hasty": [
        ["24,12 15,17 11,29 14,41 23,44 32,37 33,22 28,13 18,12"],
        ["70,52 72,70 73,90"],
        ["58,20 64,13 72,17 71,27 63,38 57,45! 66,43 76,46"],
        ["12,58 20,53 28,57 26,65 18,69! 29,73 29,83 20,89 10,86"],
        ["66,54 63,68! 80,67", "77,55 76,72 77,91"],
        ["30,54 18,55! 16,68! 26,67 32,75 27,86 13,88"],
        ["66,12 58,24 55,38 61,46 70,43 72,34 65,30 57,35"],
        ["54,56 75,54! 70,68 62,90"],
        ["28,14 20,12 16,20 22,27 29,34 26,43 17,43 14,35 21,27 28,20 27,12"],
        ["74,58 66,54 59,60 61,69 70,70 75,61! 76,74 74,89"],
    ],
    # Round and careful, as a child draws them: a low, wide one, loops that touch.
    "round": [
        ["52,24 37,32 33,50 38,68 52,76 66,68 71,50 66,32 52,24"],
        ["40,34 52,22! 52,78"],
        ["34,38 38,26 52,22 64,28 64,42 54,54 42,64 33,77! 52,76 70,77"],
        ["34,30 44,23 58,23 65,33 58,45 46,49! 60,51 68,62 62,74 48,78 34,72"],
        ["38,22 36,40 34,54! 50,55 68,54", "60,36 60,58 59,80"],
        ["64,22 38,23! 36,46! 50,43 62,48 68,60 62,74 48,79 35,73"],
        ["58,20 46,32 38,48 35,62 42,75 54,78 65,70 65,58 54,52 42,57 36,66"],
        ["32,26 48,25 68,24! 60,42 50,60 46,78"],
        [
            "52,22 40,28 40,40 52,48 65,56 67,68 "
            "54,78 40,72 38,60 50,50 63,40 63,28 52,22"
        ],
        ["64,34 56,24 42,24 34,34 38,46 50,50 60,44 65,32! 66,54 60,72 46,79 36,74"],
    ],
    # With a ruler in mind: few points, sharp corners, a mouse that moves in lines.
    "angular": [
        ["44,14 30,30! 28,66! 44,84! 62,78! 70,44! 60,18! 44,14"],
        ["46,28 56,14! 54,86"],
        ["30,26 44,14! 64,18! 66,36! 30,84! 70,82"],
        ["30,16 66,16! 46,44! 66,58! 60,78! 30,84"],
        ["44,14 26,58! 72,58", "62,36 58,86"],
        ["64,14 36,16! 34,44! 58,44! 66,60! 56,80! 30,82"],
        ["56,12 38,40! 34,72! 48,86! 64,76! 62,58! 36,62"],
        ["28,18 70,16! 44,84", "38,50 64,48"],
        ["62,20 44,14! 36,28! 62,62! 56,82! 38,80! 34,64! 62,34! 62,20"],
        ["64,20 42,16! 34,34! 46,48! 64,38! 64,20! 58,84"],
    ],
}

TREMOR = 0.6  # how far a hand strays from its way, on average


def curve(text):
    """The points that a hand goes through, about five apart."""
    parts = [[]]
    for pair in text.split():
        point = [float(x) for x in pair.rstrip("!").split(",")]
        parts[-1].append(point)
        if pair.endswith("!"):
            parts.append([point])
    return np.concatenate([_smooth(np.array(part)) for part in parts])


def _smooth(points):
    """A Catmull-Rom spline through the points."""
    around = np.concatenate([points[:1], points, points[-1:]])
    result = [points[:1]]
    for a, b, c, d in zip(around, around[1:], around[2:], around[3:]):
        n = max(2, int(np.hypot(*(c - b)) / 5))
        t = np.linspace(0, 1, n + 1)[1:, None]
        bend = -a + 3 * b - 3 * c + d
        result.append(
            b
            + t * (c - a) / 2
            + t**2 * (2 * a - 5 * b + 4 * c - d) / 2
            + t**3 * bend / 2
        )
    return np.concatenate(result)


def drawing(style, digit, seed=0):
    """The strokes of a digit, with a tremor: arrays of points, shares of the pad."""
    rng = np.random.default_rng([seed, digit, list(STYLES).index(style)])
    strokes = []
    for text in STYLES[style][digit]:
        points = curve(text)
        # A hand strays slowly: a mean over five steps.
        noise = rng.normal(size=(len(points) + 4, 2))
        stray = np.stack(
            [np.convolve(x, np.ones(5) / 5**0.5, "valid") for x in noise.T]
        )
        strokes.append((points + TREMOR * stray.T).clip(1, 99) / 100)
    return strokes
