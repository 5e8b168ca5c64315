# # How does TensorBoard know your loss? You write it into a file
#
# A *summary* is a number with a name, or the histogram of many.  Your program fetches
# it like a loss, and a `FileWriter` appends it to a file of *events*, which TensorBoard
# reads while you train.
#
# >>> import tf
# >>> import pathlib, tempfile
# >>> loss = tf.placeholder(tf.float32, [], name="loss")
# >>> tf.summary.scalar("loss", loss)
# <Tensor 'summary' () object = summary(loss)>
# >>> merged = tf.summary.merge_all()
# >>> folder = tempfile.TemporaryDirectory()
# >>> writer = tf.summary.FileWriter(folder.name)
# >>> with tf.Session() as sess:
# ...     for step in range(3):
# ...         summary = sess.run(merged, {loss: 1 / (1 + step)})
# ...         writer.add_summary(summary, step)
# >>> writer.close()
# >>> (path,) = pathlib.Path(folder.name).iterdir()
# >>> path.stat().st_size
# 166
# >>> folder.cleanup()
#
# No TensorFlow needed: the format fits on this page.

import os
import socket
import struct
import time

import numpy

import ops
from tensor import FRAMEWORK
from tf.collections import GraphKeys, add_to_collection, get_collection
from tf.graphs import graph_of
from tf.names import Listed, missing

FRAMEWORK.add(__name__)

__all__ = ["FileWriter", "Summary", "histogram", "merge", "merge_all", "scalar"]

# ## Fields, one after the other {#fields}
#
# TensorFlow writes by *protocol buffers*.  A message is a row of fields, each with a
# number and one of three kinds: a whole number, eight bytes or four, or as many bytes
# as a length says.  Whole numbers take seven bits a byte, lowest first, and the eighth
# says whether more follow.


def varint(n):
    """A whole number, seven bits to a byte."""
    n &= (1 << 64) - 1
    found = bytearray()
    while n > 127:
        found.append(n & 127 | 128)
        n >>= 7
    return bytes(found + bytearray([n]))


def field(number, value):
    """A field: bytes or text by its length, an int as it is, a float as eight bytes."""
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, bytes):
        return varint(number << 3 | 2) + varint(len(value)) + value
    if isinstance(value, float):
        return varint(number << 3 | 1) + struct.pack("<d", value)
    return varint(number << 3) + varint(value)


# A file is a row of records.  Each has its length before it, and a checksum behind the
# length and behind the data: so a reader knows a record that's still being written.
# The checksum is CRC-32C: the remainder of the data, taken as a polynomial, by a fixed
# one.  (TensorFlow rotates it and adds a number, for data that has checksums in it.)

_TABLE = []
for _remainder in range(256):
    for _ in range(8):
        _remainder = _remainder >> 1 ^ 0x82F63B78 * (_remainder & 1)
    _TABLE.append(_remainder)


def checksum(data):
    """The masked CRC-32C of some bytes."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ _TABLE[(crc ^ byte) & 255]
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def record(data):
    """The bytes of a record."""
    length = struct.pack("<Q", len(data))
    ends = struct.pack("<I", checksum(length)), struct.pack("<I", checksum(data))
    return length + ends[0] + data + ends[1]


# ## A summary is a value too {#summaries}
#
# Its operation turns an array into the bytes of a message.  A run hands them to you in
# a `Summary`.


class Summary:
    """What a summary operation returns: the bytes of a message."""

    def __init__(self, message):
        self.message = message

    def __bytes__(self):
        return self.message

    def __repr__(self):
        return f"<Summary of {len(self.message)} bytes>"


class SummaryOp(ops.BaseOp):
    """The bytes of a summary."""

    stops_gradient = True

    def infer_shape(self, *_):
        return ()

    def infer_dtype(self, *_):
        return numpy.dtype(object)


class ScalarOp(SummaryOp):
    """A number under a name."""

    kind = "summary"

    def compute(self, np, x):
        number = struct.pack("<f", float(x))
        value = field(1, self.tag) + varint(2 << 3 | 5) + number
        return Summary(field(1, value))


# A histogram counts how many numbers fall between limits that grow by a tenth each.


def limits():
    """The upper ends of the bins, from the lowest to the highest."""
    positive, end = [], 1e-12
    while end < 1e20:
        positive.append(end)
        end *= 1.1
    highest = numpy.finfo(float).max
    return numpy.array([*(-x for x in reversed(positive)), *positive, highest])


class HistogramOp(SummaryOp):
    """How many of many numbers fall between which limits, under a name."""

    kind = "histogram_summary"

    def compute(self, np, x):
        values, ends = numpy.ravel(x).astype(float), limits()
        counts = numpy.bincount(numpy.searchsorted(ends, values), minlength=len(ends))
        used = numpy.flatnonzero(counts)
        first, last = (max(used[0] - 1, 0), used[-1] + 1) if len(used) else (0, 1)
        ends, counts = ends[first:last], counts[first:last].astype(float)
        numbers = [values.min(initial=0), values.max(initial=0), len(values)]
        if len(values):
            numbers[:2] = values.min(), values.max()
        numbers += [values.sum(), numpy.square(values).sum()]
        message = b"".join(field(i, float(n)) for i, n in enumerate(numbers, 1))
        message += field(6, ends.tobytes()) + field(7, counts.tobytes())
        return Summary(field(1, field(1, self.tag) + field(5, message)))


class MergedOp(SummaryOp):
    """Several summaries as one."""

    kind = "merged_summary"

    def compute(self, np, *summaries):
        return Summary(b"".join(map(bytes, summaries)))


def _added(kind, name, value, collections):
    graph = graph_of(value)
    # A name that's taken gets a number, as a tensor's does.
    tag = graph.scope + name.replace(" ", "_")
    summary = kind([value], graph, tag=tag).output
    for key in [GraphKeys.SUMMARIES] if collections is None else collections:
        add_to_collection(key, summary)
    return summary


def scalar(name, tensor, collections=None, family=None):
    """A single number, to be drawn against the steps."""
    return _added(ScalarOp, name, tensor, collections)


def histogram(name, values, collections=None, family=None):
    """The distribution of many numbers."""
    return _added(HistogramOp, name, values, collections)


def merge(inputs, collections=None, name=None):
    """Several summaries as one."""
    return MergedOp(list(inputs), graph_of(list(inputs)), name).output


def merge_all(key=GraphKeys.SUMMARIES, scope=None, name=None):
    """All summaries of the default graph as one; None if there are none."""
    found = get_collection(key, scope)
    return merge(found, name=name) if found else None


class FileWriter(Listed):
    """Appends events to a new file in the folder `logdir`.

    You can use it in a `with`, which closes it.
    """

    def __init__(self, logdir, graph=None, **options):
        os.makedirs(logdir, exist_ok=True)
        name = f"events.out.tfevents.{int(time.time())}.{socket.gethostname()}"
        taken = sum(name in x for x in os.listdir(logdir))
        self.path = os.path.join(logdir, f"{name}.{os.getpid()}.{taken}")
        self.file = open(self.path, "xb")  # noqa: SIM115 (until `close`)
        self._write(field(3, "brain.Event:2"))
        if graph is not None:
            self.add_graph(graph)

    def _write(self, event, step=None):
        counted = b"" if step is None else field(2, int(step))
        self.file.write(record(field(1, time.time()) + counted + event))

    def add_summary(self, summary, global_step=None):
        """Append a fetched summary, for a step."""
        self._write(field(5, bytes(summary)), global_step)

    def add_graph(self, graph, global_step=None):
        """Append a graph, as nodes with their inputs."""
        nodes = []
        for tensor in graph.tensors:
            inputs = tensor.op.inputs if tensor.op else ()
            node = field(1, tensor.name) + field(2, tensor.kind)
            node += b"".join(field(3, x.name) for x in inputs)
            nodes.append(field(1, node))
        self._write(field(4, b"".join(nodes)), global_step)

    def flush(self):
        """Write to the disk what was added so far."""
        self.file.flush()

    def close(self):
        """Close the file."""
        self.file.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def __getattr__(name):
    raise AttributeError(missing(f"tf.summary.{name}"))
