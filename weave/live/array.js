// # How much of NumPy does a training step need?
//
// The pages of this book run programs that were written for NumPy, and a browser has
// none.  It turns out that a training step needs little of it: an operation on each
// element, moves that put elements elsewhere, sums, and matrix products.  This page is
// that little, in plain JavaScript.
//
// An array is its elements in one row, with the last axis running fastest, and its
// shape.  The elements are always 64-bit floats.  `dtype` says what they stand for:
// "float64", "int64" or "bool".  A whole number is exact up to 2^53, and a program
// with any other type is refused before it gets here.
//
//     const X = np.array([[1, 2], [3, 4]]);
//     X.T.dot(X).data  // [10, 14, 14, 20]

"use strict";

class NDArray {
  constructor(data, shape, dtype = "float64") {
    this.data = data;
    this.shape = shape;
    this.dtype = dtype;
  }

  get ndim() { return this.shape.length; }
  get T() { return this.transpose(); }

  // The methods that a program calls; what they do is written below.
  dot(other) { return np.matmul(this, other); }
  sum(options) { return sum(this, options); }
  max(options) { return max(this, options); }
  min(options) { return min(this, options); }
  argmax(options) { return argmax(this, options); }
  argmin(options) { return argmin(this, options); }
  transpose(axes) { return transpose(this, axes); }
  reshape(shape) { return reshape(this, shape); }
  astype(dtype) { return astype(this, dtype); }
  at(...index) { return at(this, index); }
  copy() { return new NDArray(this.data.slice(), this.shape, this.dtype); }
}

// The browser takes half a microsecond to make a typed array, as long as a dozen
// additions, and a tenth of that for a short list.  So few elements are a list.

function row(n) {
  return n <= 256 ? new Array(n).fill(0) : new Float64Array(n);
}

// Nested lists become an array; a number becomes one without axes.

function array(value) {
  if (value instanceof NDArray) return value.copy();
  const shape = [];
  for (let part = value; Array.isArray(part); part = part[0]) shape.push(part.length);
  const data = Array.isArray(value) ? value.flat(Infinity) : [value];
  const dtype = typeof data[0] === "boolean" ? "bool" : "float64";
  return new NDArray(data.map(Number), shape, dtype);
}

// A number that stands in the text of a program has no type of its own.  It takes the
// type of its neighbor, as in Python.

function operand(x) {
  return x instanceof NDArray ? x : new NDArray([Number(x)], [], "number");
}

function typeOf(a, b) {
  if (a.dtype === b.dtype || b.dtype === "number") return a.dtype;
  if (a.dtype === "number") return b.dtype;
  return a.dtype === "float64" || b.dtype === "float64" ? "float64" : "int64";
}

function count(shape) {
  let product = 1;
  for (const size of shape) product *= size;
  return product;
}

function same(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

// ## Moves
//
// A transpose, a slice and a broadcast have one thing in common: in the row of
// elements, you get to the next along an axis by a constant *step*.  A transpose
// exchanges steps, a slice with a step of 2 doubles one, and along an axis that is
// repeated the step is 0: you stay where you are.  So all of them are this walk:

function walk(data, shape, steps, start = 0) {
  const out = row(count(shape));
  if (!out.length) return out;
  const last = shape.length - 1;
  let n = 0;
  function along(axis, place) {
    if (axis < last) {
      for (let i = 0; i < shape[axis]; i++) along(axis + 1, place + i * steps[axis]);
    } else {
      for (let i = 0; i < shape[axis]; i++) out[n++] = data[place + i * steps[axis]];
    }
  }
  if (last < 0) out[0] = data[start];
  else along(0, start);
  return out;
}

function stepsOf(shape) {
  const steps = new Array(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    steps[axis] = step;
    step *= shape[axis];
  }
  return steps;
}

function transpose(a, axes = a.shape.map((_, i) => a.ndim - 1 - i)) {
  const steps = stepsOf(a.shape);
  axes = axes.map((axis) => (axis < 0 ? axis + a.ndim : axis));
  const shape = axes.map((axis) => a.shape[axis]);
  const data = walk(a.data, shape, axes.map((axis) => steps[axis]));
  return new NDArray(data, shape, a.dtype);
}

// Two shapes fit if their sizes, from the last axis on, are equal or 1.

function together(a, b) {
  if (a.length < b.length) [a, b] = [b, a];
  if (!b.length || same(a, b)) return a;
  const shape = a.slice();
  const more = a.length - b.length;
  for (let i = 0; i < b.length; i++) {
    const [m, n] = [a[i + more], b[i]];
    if (m !== n && m !== 1 && n !== 1) {
      throw new Error(`operands could not be broadcast together: (${a}) and (${b})`);
    }
    shape[i + more] = m === 1 ? n : m;
  }
  return shape;
}

function broadcastTo(a, shape) {
  a = operand(a);
  shape = sizes(shape);
  if (!same(together(a.shape, shape), shape)) {
    throw new Error(`(${a.shape}) cannot be broadcast to (${shape})`);
  }
  const own = stepsOf(a.shape);
  const more = shape.length - a.ndim;
  const steps = shape.map((_, i) => (i < more || a.shape[i - more] === 1 ? 0 : own[i - more]));
  return new NDArray(walk(a.data, shape, steps), shape, a.dtype);
}

// A shape is a list, or an array that another operation has computed.

function sizes(shape) {
  if (shape instanceof NDArray) return Array.from(shape.data);
  return Array.isArray(shape) ? shape.map(Number) : [Number(shape)];
}

function reshape(a, shape) {
  shape = sizes(shape);
  const unknown = shape.indexOf(-1);
  if (unknown >= 0) {
    const rest = shape.filter((size) => size !== -1);
    shape = shape.with(unknown, a.data.length / count(rest));
  }
  if (count(shape) !== a.data.length) {
    throw new Error(`cannot reshape (${a.shape}) into (${shape})`);
  }
  return new NDArray(a.data, shape, a.dtype);
}

function expandDims(a, axis) {
  const axes = [axis].flat();
  const rank = a.ndim + axes.length;
  const added = new Set(axes.map((i) => (i < 0 ? i + rank : i)));
  const rest = a.shape.slice();
  const shape = Array.from({ length: rank }, (_, i) => (added.has(i) ? 1 : rest.shift()));
  return new NDArray(a.data, shape, a.dtype);
}

function squeeze(a, { axis = null } = {}) {
  const axes = axis === null ? a.shape.keys() : [axis].flat();
  const dropped = new Set([...axes].map((i) => (i < 0 ? i + a.ndim : i)));
  const shape = a.shape.filter((size, i) => !(dropped.has(i) && size === 1));
  return new NDArray(a.data, shape, a.dtype);
}

// An index has integers, slices, `null` for a new axis, and "..." for all the axes
// that it leaves out.  A slice comes as `[start, stop, step]`, and counts from the end
// where it is negative, as Python's does.

function at(a, index) {
  const { shape, steps, start } = indexed(a.shape, index);
  return new NDArray(walk(a.data, shape, steps, start), shape, a.dtype);
}

function indexed(shape, index) {
  const named = index.filter((part) => part !== null && part !== "...").length;
  const rest = Array(shape.length - named).fill([null, null, 1]);
  const dots = index.indexOf("...");
  const parts = dots < 0 ? [...index, ...rest] : index.toSpliced(dots, 1, ...rest);
  const own = stepsOf(shape);
  const result = { shape: [], steps: [], start: 0 };
  let axis = 0;
  for (const part of parts) {
    if (part === null) {
      result.shape.push(1);
      result.steps.push(0);
      continue;
    }
    const size = shape[axis];
    const step = own[axis++];
    if (Array.isArray(part)) {
      const [first, length, stride] = slice(size, ...part);
      result.start += length ? first * step : 0;
      result.shape.push(length);
      result.steps.push(stride * step);
    } else {
      if (part < -size || part >= size) throw new Error(`index ${part} of ${size}`);
      result.start += (part < 0 ? part + size : part) * step;
    }
  }
  return result;
}

function slice(size, start, stop, step) {
  step = step ?? 1;
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const inside = (i, missing) =>
    i === null ? missing : Math.min(Math.max(i < 0 ? i + size : i, low), high);
  const first = inside(start, step > 0 ? low : high);
  const end = inside(stop, step > 0 ? high : low);
  return [first, Math.max(0, Math.ceil((end - first) / step)), step];
}

// The gradient of an index *adds* elements where it took them from.  Where was that?
// Index an array that has its own places as elements, and you know.

function addAt(x, shape, places) {
  const out = row(count(shape));
  const data = x.data.length === places.length ? x.data : broadcastTo(x, [places.length]).data;
  for (let i = 0; i < places.length; i++) out[places[i]] += data[i];
  return new NDArray(out, shape, x.dtype);
}

function placesOf(shape) {
  return new NDArray(Array.from({ length: count(shape) }, (_, i) => i), shape, "int64");
}

function take(a, indices, { axis = 0 } = {}) {
  if (axis < 0) axis += a.ndim;
  indices = operand(indices);
  const size = a.shape[axis];
  const after = count(a.shape.slice(axis + 1));
  const rows = Array.from(indices.data, function (i) {
    if (i < -size || i >= size) throw new Error(`index ${i} of an axis of ${size}`);
    return i < 0 ? i + size : i;
  });
  const shape = [...a.shape.slice(0, axis), ...indices.shape, ...a.shape.slice(axis + 1)];
  const out = row(count(shape));
  let n = 0;
  for (let before = 0; n < out.length; before += size) {
    for (const row of rows) {
      for (let i = 0; i < after; i++) out[n++] = a.data[(before + row) * after + i];
    }
  }
  return new NDArray(out, shape, a.dtype);
}

function concatenate(arrays, { axis = 0 } = {}) {
  arrays = arrays.map(operand);
  if (axis < 0) axis += arrays[0].ndim;
  const total = arrays.reduce((length, a) => length + a.shape[axis], 0);
  const shape = arrays[0].shape.with(axis, total);
  const out = row(count(shape));
  const rows = count(shape.slice(0, axis));
  let n = 0;
  for (let row = 0; row < rows; row++) {
    for (const a of arrays) {
      const length = a.data.length / rows;
      for (let i = 0; i < length; i++) out[n++] = a.data[row * length + i];
    }
  }
  return new NDArray(out, shape, arrays.map((a) => a.dtype).reduce(wider));
}

function wider(a, b) {
  return typeOf({ dtype: a }, { dtype: b });
}

// A tile is a broadcast: of shape (2, 3), repeated (4, 5) times, it's of shape
// (1, 2, 1, 3), broadcast to (4, 2, 5, 3), and reshaped.

function tile(a, multiples) {
  multiples = sizes(multiples);
  const rank = Math.max(a.ndim, multiples.length);
  const own = [...Array(rank - a.ndim).fill(1), ...a.shape];
  const times = [...Array(rank - multiples.length).fill(1), ...multiples];
  const apart = reshape(a, own.flatMap((size) => [1, size]));
  const repeated = broadcastTo(apart, own.flatMap((size, i) => [times[i], size]));
  return reshape(repeated, own.map((size, i) => size * times[i]));
}

// ## One loop for each function
//
// The loop around `Math.exp` is the same as the one around `Math.tanh`.  To write it
// once and call the function for each element would be slow, because the browser can't
// compile what it doesn't know.  So we do what this framework does: we write a program.
// `new Function` makes a loop from the text of an expression.
//
// An operand with a single element has the step 0, and is read again and again.

function unary(expression, dtype) {
  const loop = new Function(
    "a", "out",
    `for (let i = 0; i < out.length; i++) { const x = a[i]; out[i] = ${expression}; }`
  );
  return function (x) {
    const a = operand(x);
    const out = row(a.data.length);
    loop(a.data, out);
    return settled(out, a.shape, dtype || a.dtype);
  };
}

function binary(expression, dtype) {
  const loop = new Function(
    "a", "stepA", "b", "stepB", "out",
    `for (let i = 0, j = 0, k = 0; i < out.length; i++, j += stepA, k += stepB) {
      const x = a[j], y = b[k];
      out[i] = ${expression};
    }`
  );
  return function (x, y) {
    const a = operand(x);
    const b = operand(y);
    const shape = together(a.shape, b.shape);
    const n = count(shape);
    const out = row(n);
    loop(
      spread(a, shape, n), a.data.length === 1 ? 0 : 1,
      spread(b, shape, n), b.data.length === 1 ? 0 : 1,
      out
    );
    return settled(out, shape, dtype || typeOf(a, b));
  };
}

// Whole numbers have no -0, and a division by zero gives them 0; true plus true is true.

function settled(out, shape, dtype) {
  if (dtype === "int64") {
    for (let i = 0; i < out.length; i++) out[i] = Number.isFinite(out[i]) ? out[i] + 0 : 0;
  } else if (dtype === "bool") {
    for (let i = 0; i < out.length; i++) out[i] = out[i] ? 1 : 0;
  }
  return new NDArray(out, shape, dtype);
}

// With as many elements as the result, they're in the same order already.

function spread(a, shape, n) {
  return a.data.length === n || a.data.length === 1 ? a.data : broadcastTo(a, shape).data;
}

function where(condition, x, y) {
  const [c, a, b] = [operand(condition), operand(x), operand(y)];
  const shape = together(together(c.shape, a.shape), b.shape);
  const [p, q, r] = [c, a, b].map((part) => broadcastTo(part, shape).data);
  const out = p.map((chosen, i) => (chosen ? q[i] : r[i]));
  const dtype = typeOf(a, b);
  return new NDArray(out, shape, dtype === "number" ? "float64" : dtype);
}

function astype(a, dtype) {
  if (dtype === "bool") return np.not_equal(a, 0);
  return dtype === "float64" ? identity(a, dtype) : truncated(a);
}

function identity(a, dtype = a.dtype) {
  return new NDArray(a.data.slice(), a.shape, dtype);
}

const truncated = unary("Math.trunc(x)", "int64");

// In three corners JavaScript and NumPy disagree: 1 to the power of NaN, -1 to the
// power of infinity, and the rounding of a quotient of negative numbers.

function power(x, y) {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y;
}

function floorDivide(x, y) {
  if (y === 0) return x / y;
  let rest = x % y;
  let quotient = (x - rest) / y;
  if (rest && rest < 0 !== y < 0) quotient -= 1;
  return quotient ? Math.round(quotient) : 0 * (x / y);
}

function logAddExp(x, y) {
  if (x === y) return x + Math.LN2;
  return Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)));
}

// ## Reductions
//
// We walk so that the axes to reduce come last.  Then each result is made from elements
// that lie side by side, and again one loop serves them all.

function reduction(first, expression, result = "r", dtype = null) {
  const loop = new Function(
    "a", "n", "out",
    `for (let i = 0; i < out.length; i++) {
      let best = 0, r = ${first};
      for (let k = 0; k < n; k++) { const x = a[i * n + k]; ${expression}; }
      out[i] = ${result};
    }`
  );
  return function (a, { axis = null, keepdims = false } = {}) {
    const all = axis === null || !a.ndim;
    const axes = (all ? [...a.shape.keys()] : [axis].flat()).map(
      (i) => (i < 0 ? i + a.ndim : i)
    );
    const kept = [...a.shape.keys()].filter((i) => !axes.includes(i));
    const n = count(axes.map((i) => a.shape[i]));
    const out = row(count(kept.map((i) => a.shape[i])));
    if (!n && first !== "0" && out.length) throw new Error("nothing to reduce");
    const order = [...kept, ...axes];
    const sorted = order.every((axis, i) => axis === i);
    loop(sorted ? a.data : transpose(a, order).data, n, out);
    const shape = keepdims
      ? a.shape.map((size, i) => (axes.includes(i) ? 1 : size))
      : kept.map((i) => a.shape[i]);
    const whole = a.dtype === "bool" && first === "0" ? "int64" : a.dtype;
    return new NDArray(out, shape, dtype || whole);
  };
}

// NaN is larger than any number, and smaller too: it must not get lost.

const sum = reduction("0", "r += x");
const max = reduction("a[i * n]", "if (x > r || x !== x) r = x");
const min = reduction("a[i * n]", "if (x < r || x !== x) r = x");
const argmax = reduction(
  "a[i * n]", "if (x > r || (x !== x && r === r)) { r = x; best = k; }", "best", "int64"
);
const argmin = reduction(
  "a[i * n]", "if (x < r || (x !== x && r === r)) { r = x; best = k; }", "best", "int64"
);

// ## Products
//
// The product of an n by m and an m by p matrix adds up rows of `b`: row i of the
// result is the sum of the rows of `b`, each times an element of row i of `a`.  Four
// rows at a time, since each element of the result is then fetched and stored a
// quarter as often.

function product(a, startA, b, startB, n, m, p, out, startOut) {
  for (let i = 0; i < n; i++) {
    const row = startOut + i * p;
    let k = 0;
    for (; k + 3 < m; k += 4) {
      const place = startA + i * m + k;
      const [a0, a1, a2, a3] = [a[place], a[place + 1], a[place + 2], a[place + 3]];
      const b0 = startB + k * p;
      const b1 = b0 + p, b2 = b1 + p, b3 = b2 + p;
      for (let j = 0; j < p; j++) {
        out[row + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
      }
    }
    for (; k < m; k++) {
      const a0 = a[startA + i * m + k];
      const b0 = startB + k * p;
      for (let j = 0; j < p; j++) out[row + j] += a0 * b[b0 + j];
    }
  }
}

function ofMatrices(a, b) {
  const [n, m] = a.shape;
  const [rows, p] = b.shape;
  if (m !== rows) throw new Error(`a product of (${a.shape}) and (${b.shape})`);
  const out = row(n * p);
  product(a.data, 0, b.data, 0, n, m, p, out, 0);
  return new NDArray(out, [n, p], typeOf(a, b));
}

// A vector on the left is a row, one on the right a column, and the axis goes again.
// What has more axes is a stack of matrices, and stacks broadcast.

function matmul(x, y) {
  const [a, b] = [operand(x), operand(y)];
  if (!a.ndim || !b.ndim) return np.multiply(a, b);
  if (a.ndim === 2 && b.ndim === 2) return ofMatrices(a, b);
  const left = a.ndim === 1 ? [1, ...a.shape] : a.shape;
  const right = b.ndim === 1 ? [...b.shape, 1] : b.shape;
  const [n, m] = left.slice(-2);
  const [rows, p] = right.slice(-2);
  if (m !== rows) throw new Error(`a product of (${a.shape}) and (${b.shape})`);
  const stack = together(left.slice(0, -2), right.slice(0, -2));
  const out = row(count(stack) * n * p);
  const [placesA, placesB] = [left, right].map(function (shape) {
    const own = placesOf(shape.slice(0, -2));
    return stack.length ? broadcastTo(own, stack).data : [0];
  });
  for (let i = 0; i * n * p < out.length; i++) {
    product(
      a.data, placesA[i] * n * m, b.data, placesB[i] * m * p, n, m, p, out, i * n * p
    );
  }
  const shape = [...stack, ...(a.ndim > 1 ? [n] : []), ...(b.ndim > 1 ? [p] : [])];
  return new NDArray(out, shape, typeOf(a, b));
}

// The sum so far, along one axis: each element is the one before it, plus its own.

function cumsum(a, { axis = 0 } = {}) {
  if (axis < 0) axis += a.ndim;
  const data = Array.from(a.data);
  const step = stepsOf(a.shape)[axis];
  const size = a.shape[axis];
  for (let i = 0; i < data.length; i++) {
    if (Math.floor(i / step) % size) data[i] += data[i - step];
  }
  return new NDArray(data, a.shape, a.dtype === "bool" ? "int64" : a.dtype);
}

// Elements of the last axis, by number, row by row.

function takeAlong(a, indices) {
  const [size, number] = [a.shape.at(-1), indices.shape.at(-1)];
  const data = Array.from(indices.data, (index, i) =>
    a.data[Math.floor(i / number) * size + (index < 0 ? index + size : index)]
  );
  return new NDArray(data, indices.shape, a.dtype);
}

// Zeros above the diagonal of each matrix.

function tril(a) {
  const [rows, columns] = a.shape.slice(-2);
  const data = Array.from(a.data, (x, i) =>
    i % columns > Math.floor(i / columns) % rows ? 0 : x
  );
  return new NDArray(data, a.shape, a.dtype);
}

function arange(start, stop, step = 1) {
  if (stop === undefined) [start, stop] = [0, start];
  const [first, end, by] = [start, stop, step].map((x) => operand(x).data[0]);
  const n = Math.max(Math.ceil((end - first) / by), 0);
  const whole = [start, stop, step].every((x) => operand(x).dtype !== "float64");
  const integers = whole && [first, end, by].every(Number.isInteger);
  const data = Array.from({ length: n }, (_, i) => first + i * by);
  return new NDArray(data, [n], integers ? "int64" : "float64");
}

// A half goes to the even neighbor, as in NumPy; `Math.round` would take the upper one.

function roundHalf(x) {
  const down = Math.floor(x);
  if (x - down !== 0.5) return x - down < 0.5 ? down : Math.ceil(x);
  return down % 2 === 0 ? down : Math.ceil(x);
}

// The remainder has the sign of the divisor.

function remainder(x, y) {
  const rest = x % y;
  if (rest === 0) return y < 0 ? -0 : 0;
  return (rest < 0) !== (y < 0) ? rest + y : rest;
}

// Padding puts an array into a larger one, which is full of one number.

function pad(a, ends, { constant_values = 0 } = {}) {
  const shape = a.shape.map((size, i) => size + ends[i][0] + ends[i][1]);
  const inside = a.shape.map((size, i) => [ends[i][0], ends[i][0] + size, 1]);
  const beyond = astype(operand(constant_values), a.dtype).data[0];
  const data = row(count(shape)).fill(beyond);
  placesOf(shape).at(...inside).data.forEach((place, i) => (data[place] = a.data[i]));
  return new NDArray(data, shape, a.dtype);
}

// ## By their names in NumPy

const np = {
  array,
  asarray: operand,
  add: binary("x + y"),
  subtract: binary("x - y"),
  multiply: binary("x * y"),
  divide: binary("x / y", "float64"),
  floor_divide: binary("floorDivide(x, y)"),
  power: binary("power(x, y)"),
  negative: unary("-x"),
  exp: unary("Math.exp(x)", "float64"),
  log: unary("Math.log(x)", "float64"),
  sqrt: unary("Math.sqrt(x)", "float64"),
  tanh: unary("Math.tanh(x)", "float64"),
  abs: unary("Math.abs(x)"),
  sign: unary("x > 0 ? 1 : x < 0 ? -1 : x === 0 ? 0 : x"),
  sin: unary("Math.sin(x)", "float64"),
  cos: unary("Math.cos(x)", "float64"),
  floor: unary("Math.floor(x)"),
  ceil: unary("Math.ceil(x)"),
  round: unary("roundHalf(x)"),
  remainder: binary("remainder(x, y)"),
  maximum: binary("x >= y || x !== x ? x : y"),
  minimum: binary("x <= y || x !== x ? x : y"),
  logaddexp: binary("logAddExp(x, y)", "float64"),
  equal: binary("x === y", "bool"),
  not_equal: binary("x !== y", "bool"),
  less: binary("x < y", "bool"),
  less_equal: binary("x <= y", "bool"),
  greater: binary("x > y", "bool"),
  greater_equal: binary("x >= y", "bool"),
  logical_and: binary("x && y ? 1 : 0", "bool"),
  logical_or: binary("x || y ? 1 : 0", "bool"),
  logical_xor: binary("!x !== !y", "bool"),
  logical_not: unary("!x", "bool"),
  where,
  matmul,
  broadcast_to: broadcastTo,
  expand_dims: expandDims,
  squeeze,
  take,
  concatenate,
  tile,
  pad,
  tril,
  cumsum,
  take_along_axis: takeAlong,
  arange,
};
