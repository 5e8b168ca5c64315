// # Guess before you look
//
// A question about a result, with choices: the right one is computed, and so are the wrong
// ones.  We ask about the number whose answer is clearest, and not at all if none is.

"use strict";

const guesses = {
  question(step, values, titles) {
    const operands = step.operands.map((name) => values[name]);
    const [name] = step.outputs;
    return ASKED[step.kind]({
      kind: step.kind, operands, result: values[name], loss: values.loss.data[0],
      title: titles[name], before: titles[step.operands[0]],
    });
  },
};

const ASKED = {
  dot: askShape, sum: askShape, broadcast: askShape,
  add: askSign, sub: askSign, mul: askSign,
  sigmoid: askGrowth, assign: askGrowth,
  square: askNumber, div: askNumber, transpose: askNumber, constant: askNumber,
};

function askShape({ operands, result, title }) {
  const right = origins.shape(result.shape);
  const others = [...operands.map((x) => x.shape), result.shape.toReversed(), [], [1]];
  return asked(`Which shape does ${title} have?`, null, right, others.map(origins.shape));
}

function askSign({ result, title }) {
  const place = most(result, Math.abs);
  if (place === null) return null;
  const [right, other] = inOrder(result.data[place] > 0, "positive", "negative");
  return asked(`Take ${spotOf(title, result, place)}. Is it positive or negative?`,
    place, right, [other]);
}

function askGrowth({ operands: [from], result, title, before }) {
  const place = most(result, (x, i) => Math.abs(x - from.data[i]));
  if (place === null) return null;
  const [right, other] = inOrder(result.data[place] > from.data[place], "larger", "smaller");
  return asked(`Take ${spotOf(title, result, place)}. Is it larger or smaller than in ${before}?`,
    place, right, [other]);
}

// The wrong numbers are what you'd get by another rule: twice instead of squared, times
// instead of divided by, and for a transpose what stands elsewhere.

const MISTAKEN = {
  square: ([x]) => [2 * x, -x * x],
  div: ([a], [b]) => [a * b, a - b],
  constant: (loss) => [0, loss],
};

function askNumber({ kind, operands, result, title, loss }) {
  const [from] = operands;
  const place = kind === "transpose"
    ? most(result, (x, i) => Math.abs(x - from.data[i]) + 1e-9 * Math.abs(x))
    : most(result, Math.abs);
  if (place === null) return null;
  const shapes = operands.map((x) => x.shape);
  const places = origins.places(kind, shapes, result.shape, place);
  const given = operands.map((x, k) => places[k].map((i) => x.data[i]));
  const wrong = kind === "transpose" ? [from.data[place], ...from.data]
    : kind === "constant" ? MISTAKEN.constant(loss) : MISTAKEN[kind](...given);
  return asked(`Take ${spotOf(title, result, place)}. Which number is it?`,
    place, spelled(result.data[place]), wrong.map(spelled));
}

function spotOf(title, value, place) {
  const spot = origins.spot(value.shape, place);
  return spot ? `${spot} of ${title}` : title;
}

function inOrder(first, a, b) {
  return first ? [a, b] : [b, a];
}

// The place where a measure is largest; null if it's nowhere above 0.
function most(value, measure) {
  const measured = Array.from(value.data, measure);
  const largest = Math.max(...measured);
  return largest > 0 ? measured.indexOf(largest) : null;
}

// Up to three choices, in an order that doesn't tell.
function asked(text, place, right, wrong) {
  const choices = [...new Set([right, ...wrong])].slice(0, 3);
  const number = (choice) => Number(choice.replace("−", "-"));
  choices.sort((a, b) => number(a) - number(b) || (a < b ? -1 : 1));
  return choices.length > 1 ? { text, place, right, choices } : null;
}
