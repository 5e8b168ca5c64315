// What programs answer in JavaScript: `answers` runs each case, and packs the values as
// Python packed them, so that Python can compare.
"use strict";

function answers(cases) {
  return cases.map(function ({ program, state, feeds, runs }) {
    try {
      const compiled = loaded(program);
      let values = state.map(unpacked);
      const given = feeds.map(unpacked);
      for (let n = 1; n < runs; n++) values = compiled.step(values, given)[1];
      return compiled.run(values, given).map((part) => part.map(packedValue));
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
  });
}

function packedValue(value) {
  if (value === null) return null;
  const data = Array.from(value.data, (x) => (Object.is(x, -0) ? "-0" : String(x)));
  return { data, shape: value.shape, dtype: value.dtype };
}
