// What the heart in JavaScript makes of lines: `ported` solves each case, and packs the
// values so that Python can compare.
"use strict";

function ported(cases, reserved) {
  return cases.map(function ({ text, leaves }) {
    const values = Object.entries(leaves).map(([name, value]) => [name, unpacked(value)]);
    const { graph, y, variables } = readLines(text).build(Object.fromEntries(values));
    const fetches = [y, ...graph.gradients(y, variables)];
    const { source, constants, state } = programFor(fetches, new Set(reserved));
    const [results] = new Program({ source, constants }).run(state.map((x) => x.value), []);
    const packed = [results].flat().map(({ data, shape }) => ({ data: Array.from(data, String), shape }));
    return { program: source, values: packed };
  });
}

// What a reader is told of lines that are wrong.

function refused(text, leaves = {}) {
  try {
    const { names, build } = readLines(text);
    const given = names.map((name) => [name, array(leaves[name] ?? 1)]);
    build(Object.fromEntries(given));
    return null;
  } catch (error) {
    return error.message;
  }
}
