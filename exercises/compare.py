"""Run a check: call the reader's code, and compare what it returns."""

import contextlib
import signal
import threading
import typing
import warnings

import numpy as np

SECONDS = 20  # after which a check is stopped


class Check(typing.NamedTuple):
    """A call, its arguments, and the expected answer.

    `expected` is a value, a list or tuple of values, an exception as `Raises`, or a
    condition as `Such`.
    """

    call: str  # as you'd write it
    function: typing.Callable
    given: dict  # the arguments, by name
    expected: object
    tolerance: float = 1e-9  # relative; also absolute, if that's None
    absolute: float | None = None


class Raises(typing.NamedTuple):
    """An exception of this kind, whose message contains `words`."""

    kind: type
    words: str = ""


class Such(typing.NamedTuple):
    """Any answer for which `fault` returns ""; otherwise it says what's wrong."""

    words: str
    fault: typing.Callable


class Failure(typing.NamedTuple):
    """What a check received, a value or an exception, and why that's wrong."""

    check: Check
    received: object
    why: str


def failure(check):
    """Run a check: return a `Failure`, or None.  A RuntimeWarning is a failure too."""
    before = {name: _copied(value) for name, value in check.given.items()}
    try:
        with warnings.catch_warnings(), limit(SECONDS):
            warnings.simplefilter("error", RuntimeWarning)
            received = check.function(*check.given.values())
    except (Exception, SystemExit) as error:
        why = _why_raised(error, check.expected)
        return Failure(check._replace(given=before), error, why) if why else None
    for name, value in check.given.items():
        if not _unchanged(before[name], value):
            check = check._replace(given=before)
            return Failure(check, received, f"it has changed its argument {name}")
    why = difference(received, check.expected, check.tolerance, check.absolute)
    return Failure(check, received, why) if why else None


def _why_raised(error, expected):
    if not isinstance(expected, Raises):
        return f"it raises {type(error).__name__}"
    if not isinstance(error, expected.kind):
        return f"it raises {type(error).__name__} instead of {expected.kind.__name__}"
    if expected.words not in str(error):
        return f"the message does not name {expected.words}"
    return ""


def difference(received, expected, tolerance=1e-9, absolute=None):
    """How an answer differs from the expected one, in words; "" if it doesn't."""
    if isinstance(expected, Raises):
        return f"it raises no {expected.kind.__name__}"
    if isinstance(expected, Such):
        return expected.fault(received)
    if isinstance(expected, (list, tuple)):
        kind = type(expected).__name__
        if not isinstance(received, type(expected)):
            return f"it is no {kind}, but of type {type(received).__name__}"
        if len(received) != len(expected):
            return f"it has length {len(received)} instead of {len(expected)}"
        for i, (a, b) in enumerate(zip(received, expected)):
            if why := difference(a, b, tolerance, absolute):
                within = why.startswith("at place ")
                return f"at place {i}" + ("," + why[8:] if within else f": {why}")
        return ""
    if isinstance(expected, bool) and isinstance(received, np.bool_):
        received = bool(received)
    if isinstance(expected, (bool, str)) or callable(expected):
        same = type(received) is type(expected) and received == expected
        return "" if same else f"it is {show(received)} instead of {show(expected)}"
    return _numbers_differ(received, expected, tolerance, absolute)


def _numbers_differ(received, expected, tolerance, absolute):
    want = np.asarray(expected)
    try:
        got = np.asarray(received)
    except (TypeError, ValueError):
        got = np.asarray(None)
    if got.dtype.kind not in "biuf":
        return f"it is not numbers, but of type {type(received).__name__}"
    if got.shape != want.shape:
        return f"the shape is {got.shape} instead of {want.shape}"
    exact = want.dtype == np.float32
    if got.dtype.kind != want.dtype.kind or (exact and got.dtype != want.dtype):
        return f"the numbers are {got.dtype} instead of {want.dtype}"
    absolute = tolerance if absolute is None else absolute
    close = np.isclose(got, want, rtol=tolerance, atol=absolute, equal_nan=True)
    if close.all():
        return ""
    at = tuple(int(i) for i in np.argwhere(~close)[0])
    place = f" at {list(at)}" if at else ""
    digits = 10 if f"{got[at]:.10g}" != f"{want[at]:.10g}" else 17
    return f"it is {got[at]:.{digits}g} instead of {want[at]:.{digits}g}{place}"


def _copied(value):
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_copied(one) for one in value]
    return value.copy() if isinstance(value, np.ndarray) else value


def _unchanged(before, after):
    if isinstance(before, np.ndarray):
        return np.array_equal(before, after, equal_nan=before.dtype.kind == "f")
    if isinstance(before, dict):
        same = [*map(id, before)] == [*map(id, after)]
        return same and _unchanged([*before.values()], [*after.values()])
    if isinstance(before, list):
        same = isinstance(after, list) and len(before) == len(after)
        return same and all(map(_unchanged, before, after))
    return before is after


class _Stopped(BaseException):
    """A timeout that `except Exception` in the reader's code doesn't catch."""


@contextlib.contextmanager
def limit(seconds):
    """Raise TimeoutError in a block that takes longer, if the system can stop it."""
    in_main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not in_main:
        yield
        return

    def stop(*_):
        raise _Stopped

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _Stopped as stopped:
        error = TimeoutError(f"not done after {seconds} seconds")
        raise error.with_traceback(stopped.__traceback__) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# Small values are shown whole, large ones by their ends.

_FEW, _WIDEST = 8, 2000


def show(value):
    """A value as text of a few lines."""
    if isinstance(value, BaseException):
        notes = "".join(f"\n{note}" for note in getattr(value, "__notes__", ()))
        return f"{type(value).__name__}: {value}"[:_WIDEST] + notes
    if isinstance(value, Raises):
        return value.kind.__name__ + f" that names {value.words}" * bool(value.words)
    if isinstance(value, Such):
        return value.words
    if isinstance(value, np.ndarray):
        shown = np.array2string(value, max_line_width=72, threshold=40, edgeitems=3)
        return shown if value.size else f"{shown} of shape {value.shape}"
    if isinstance(value, np.generic):
        return show(value.item())
    if isinstance(value, dict):
        parts = [f"{show(k)}: {show(v)}" for k, v in [*value.items()][:_FEW]]
        more = [f"... {len(value)} in all"] * (len(value) > _FEW)
        return "{" + _joined(parts + more) + "}"
    if isinstance(value, (list, tuple)):
        parts = [show(part) for part in value]
        if len(parts) > 2 * _FEW:
            parts[_FEW:-_FEW] = [f"... {len(parts)} in all ..."]
        comma = "," * (len(parts) == 1)
        is_list = isinstance(value, list)
        return f"[{_joined(parts)}]" if is_list else f"({_joined(parts)}{comma})"
    if callable(value) and hasattr(value, "__name__"):
        return value.__name__
    return repr(value)[:_WIDEST]


def _joined(parts):
    """Join parts by commas: on one line if they're short, else each on its own."""
    short = sum(map(len, parts)) < 72 and not any("\n" in part for part in parts)
    return ", ".join(parts) if short else ",\n".join(parts).replace("\n", "\n ")
