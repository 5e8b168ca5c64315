// # Where does this number come from?
//
// Each number of a result is made of a few numbers of the operands.  Of which?  Move an
// array of *places* just as the operation moves the values, and you see where each one
// came from.

"use strict";

const origins = {
  // For each operand, the places of those of its elements that element `i` is made of.
  places(kind, shapes, shape, i) {
    const every = [null, null, null]; // the slice `:`
    const columns = shape.at(-1);
    return shapes.map(function (own, operand) {
      const places = placesOf(own);
      if (kind === "dot") {
        const [row, column] = [Math.floor(i / columns), i % columns];
        return Array.from((operand ? places.at(every, column) : places.at(row)).data);
      }
      if (kind === "sum") return Array.from((columns ? places.at(every, i) : places).data);
      if (kind === "transpose") return [places.T.data[i]];
      return [np.broadcast_to(places, shape).data[i]];
    });
  },

  // ## The arithmetic of one number
  //
  // Written with the digits that the tables show, so that you find each number again.
  // Where there are more than these, it's about equal.

  arithmetic(kind, operands, result) {
    if (kind in COPIED) return `${spelled(result)}, ${COPIED[kind]}`;
    const text = SPELLED[kind](...operands);
    const exact = [...operands.flat(), result].every((x) =>
      Math.abs(x - x.toFixed(DIGITS)) < 1e-12);
    return `${text} ${exact ? "=" : "≈"} ${spelled(result)}`;
  },

  // ## In words

  shape(sizes) {
    return sizes.length === 1 ? `(${sizes},)` : `(${sizes.join(", ")})`;
  },

  // Where element `i` is; nothing to say if it's alone.
  spot(shape, i) {
    if (count(shape) === 1) return "";
    if (shape.length === 1) return `element ${i + 1}`;
    const columns = shape.at(-1);
    const [row, column] = [Math.floor(i / columns) + 1, i % columns + 1];
    return columns === 1 ? `row ${row}` : `row ${row}, column ${column}`;
  },
};

const DIGITS = 4;

const spelled = (x) => live.number(x, DIGITS);
const bracketed = (x) => (spelled(x).startsWith("−") ? `(${spelled(x)})` : spelled(x));

const times = (a, b) => `${a}\u00a0·\u00a0${bracketed(b)}`; // in one line

const COPIED = {
  broadcast: "the same number for each element",
  transpose: "from across the diagonal",
};

// The operands come as lists: a row and a column for a product, one number for most.

const SPELLED = {
  dot: (a, b) => a.map((x, k) => times(spelled(x), b[k])).join(" + "),
  sum: (a) => a.map(bracketed).join(" + "),
  add: ([a], [b]) => `${spelled(a)} + ${bracketed(b)}`,
  sub: ([a], [b]) => `${spelled(a)} − ${bracketed(b)}`,
  mul: ([a], [b]) => times(spelled(a), b),
  div: ([a], [b]) => `${spelled(a)} / ${bracketed(b)}`,
  square: ([a]) => `${bracketed(a)}²`,
  sigmoid: ([a]) => `1 / (1 + exp(${spelled(-a)}))`,
  assign: ([a], [rate], [gradient]) => `${spelled(a)} − ${times(live.number(rate, 1), gradient)}`,
};
