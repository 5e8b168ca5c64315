// # Broadcasting, and its way back
//
// Type two shapes.  Each axis must be equal in both, or 1, or missing.  What is missing
// or 1 is repeated, and in the gradient whatever was repeated is summed.

"use strict";

live.figure("broadcasting", function (stage) {
  const { element } = live;
  let shapes = { a: [2, 3], b: [3] };

  const box = element("div");
  const said = live.said();
  const fields = ["a", "b"].map((name) =>
    live.input(`shape of ${name}`, shapes[name].join(", "), (text) => typed(name, text), {
      size: 8, inputMode: "numeric",
    }),
  );
  const examples = live.select(
    "or take",
    { "2, 3 / 3": "a row to a matrix", "2, 3 / 2, 1": "a column to a matrix",
      "3, 1 / 1, 4": "a column to a row", "2, 2, 3 / 2, 1": "a column to a stack",
      "3 / ": "a number to a vector", "2, 3 / 2": "what doesn't fit" },
    function (text) {
      text.split("/").forEach(function (shape, i) {
        fields[i].querySelector("input").value = shape.trim();
        shapes["ab"[i]] = parsed(shape);
      });
      show();
    },
  );
  stage.append(live.controls(...fields, examples), box, said);

  // A shape is up to three sizes from 1 to 4, or null.
  function parsed(text) {
    const sizes = text.split(",").map((x) => x.trim()).filter((x) => x !== "");
    if (sizes.length > 3 || !sizes.every((x) => /^[1-4]$/.test(x))) return null;
    return sizes.map(Number);
  }

  function typed(name, text) {
    shapes[name] = parsed(text);
    show();
  }

  // 1, 2, 3, ... in a shape.
  function counting(shape, from = 1, factor = 1) {
    const data = Array.from({ length: count(shape) }, (_, i) => (from + i) * factor);
    return new NDArray(data, shape);
  }

  function show() {
    const { a: shape, b: other } = shapes;
    if (!shape || !other) {
      return tell("A shape has up to three sizes, each from 1 to 4, as in 2, 3.");
    }
    let result;
    try {
      result = together(shape, other);
    } catch {
      box.replaceChildren(axes(shape, other));
      said.textContent = "These don't fit: an axis has two sizes, and neither is 1.";
      return;
    }
    const [a, b] = [counting(shape), counting(other, 1, 10)];
    const sum = np.add(a, b);
    const G = counting(sum.shape);
    const [by_a, by_b] = [unbroadcast(G, shape), unbroadcast(G, other)];
    const largest = Math.max(...sum.data, ...by_a.data, ...by_b.data);
    // Which element of a, and of b, each element of the sum was made of.
    const origins = [a, b].map((x) =>
      np.broadcast_to(new NDArray(x.data.map((_, i) => i), x.shape), sum.shape),
    );
    const copies = [a, b].map((x, i) => np.broadcast_to(x, sum.shape));
    const forward = element("div", { className: "values" },
      grid("a", copies[0], largest, { origin: origins[0], part: "a" }),
      element("span", { className: "sign" }, "+"),
      grid("b", copies[1], largest, { origin: origins[1], part: "b" }),
      element("span", { className: "sign" }, "="),
      grid("a + b", sum, largest, { origins }));
    const backward = element("div", { className: "values" },
      grid("G", G, largest, { origins }),
      element("span", { className: "sign" }, "→"),
      grid("gradient of a", by_a, largest, { own: "a" }),
      grid("gradient of b", by_b, largest, { own: "b" }));
    box.replaceChildren(
      axes(shape, other),
      element("p", {}, "Forward. A dashed cell repeats another; no copy is ever made:"), forward,
      element("p", {}, "Backward. The incoming gradient G goes to every copy, and the " +
        "shares of one element are added up. Point at a cell:"), backward,
    );
    said.textContent = "";
    listen(origins, G);
  }

  function tell(text) {
    box.replaceChildren();
    said.textContent = text;
  }

  // The sizes of both, right-aligned, and what happens along each axis.
  function axes(shape, other) {
    const n = Math.max(shape.length, other.length);
    const table = element("table", { className: "axes" });
    for (const [name, sizes] of [["a", shape], ["b", other]]) {
      const row = table.insertRow();
      row.append(element("th", { scope: "row" }, name));
      for (let i = 0; i < n; i++) {
        row.insertCell().textContent = sizes[i - n + sizes.length] ?? "–";
      }
    }
    const row = table.insertRow();
    row.append(element("th", { scope: "row" }, "so"));
    for (let i = 0; i < n; i++) {
      const [p, q] = [shape[i - n + shape.length] ?? 1, other[i - n + other.length] ?? 1];
      const cell = row.insertCell();
      if (p === q) cell.textContent = "equal";
      else if (p === 1) cell.textContent = "repeat a";
      else if (q === 1) cell.textContent = "repeat b";
      else cell.append(element("strong", {}, "refused"));
    }
    return table;
  }

  // An array as a table, or as several under each other if it has three axes.
  function grid(name, value, largest, { origin, origins, part, own }) {
    const figure = live.table(name, value, largest, 0);
    const seen = new Set();
    const per = value.shape.length === 3 ? value.shape[1] : Infinity;
    [...figure.querySelectorAll("td")].forEach(function (cell, i) {
      cell.dataset.index = i;
      if (own) cell.dataset[own] = i;
      for (const [key, from] of [["a", origins?.[0]], ["b", origins?.[1]], [part, origin]]) {
        if (from) cell.dataset[key] = from.data[i];
      }
      if (part) {
        if (seen.has(origin.data[i])) cell.classList.add("ghost");
        seen.add(origin.data[i]);
      }
      if (own || part) cell.tabIndex = 0;
    });
    [...figure.querySelectorAll("tr")].forEach(function (row, i) {
      if (i && i % per === 0) row.classList.add("apart");
    });
    return figure;
  }

  // Point at an element of a, of b or of a gradient: all its copies are lit, and the sum
  // of their shares is spelled out.
  function listen(origins, G) {
    for (const cell of box.querySelectorAll("td[tabindex]")) {
      const part = "a" in cell.dataset ? "a" : "b";
      const index = cell.dataset[part];
      const light = (on) => () => {
        for (const other of box.querySelectorAll(`td[data-${part}="${index}"]`)) {
          other.classList.toggle("lit", on);
        }
        if (!on) return;
        const shares = [...G.data].filter((_, i) => origins["ab".indexOf(part)].data[i] == index);
        const total = shares.reduce((x, y) => x + y, 0);
        said.textContent = shares.length === 1
          ? `Used once: its gradient is the one share, ${total}.`
          : `Used ${shares.length} times: its gradient is ${shares.join(" + ")} = ${total}.`;
      };
      cell.addEventListener("mouseenter", light(true));
      cell.addEventListener("focus", light(true));
      cell.addEventListener("mouseleave", light(false));
      cell.addEventListener("blur", light(false));
    }
  }

  show();
});
