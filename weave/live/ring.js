// # How do machines add up without one that waits for all?
//
// Each machine has a gradient of its own, and all need the sum.  They stand in a ring, and
// each sends only to the next, a piece at a time.  This is the function `ring` of
// [Part IX](course/part9_machines.py), a round for each press of a button.

"use strict";

live.figure("ring", function (stage, data) {
  const { element, drawn } = live;

  let machines = 4;
  let states, done; // what all have, after each round; and how many rounds are shown

  // ## The rounds
  //
  // A piece is a sum, and the machines whose numbers are in it.  In the first rounds the
  // next machine adds what arrives to its own, later it takes it as it is.

  function parcel(round, k) {
    return (k - round + 2 * machines) % machines; // which piece machine k sends
  }

  function start() {
    const number = (k, piece) => ((k * 7 + piece * 3) % 9) + 1;
    const first = Array.from({ length: machines }, (_, k) =>
      Array.from({ length: machines }, (_, piece) => ({ sum: number(k, piece), from: [k] })));
    states = [first];
    for (let round = 0; round < 2 * (machines - 1); round++) {
      const before = states.at(-1);
      const after = before.map((row) => row.slice());
      before.forEach(function (row, k) {
        const [piece, next] = [parcel(round, k), (k + 1) % machines];
        const [sent, own] = [row[piece], before[next][piece]];
        const added = { sum: own.sum + sent.sum, from: [...own.from, ...sent.from] };
        after[next][piece] = round < machines - 1 ? added : sent;
      });
      states.push(after);
    }
    go(0);
  }

  // ## The figure

  const said = live.said();
  const picture = element("div", { className: "circle" });
  const pieces = element("table", { className: "pieces" });
  const ways = element("table", { className: "axes" });
  const back = live.button("Back", () => go(done - 1, true));
  const next = live.button("Next round", () => go(done + 1, true));
  const count = live.slider("machines", { min: 2, max: 8, value: machines }, function (m) {
    machines = m;
    start();
  });
  stage.append(
    live.controls(count, back, next, live.button("To the end", () => go(states.length, true))),
    said,
    element("div", { className: "columns" }, picture,
      element("div", {
        className: "around", tabIndex: 0, role: "region", ariaLabel: "The pieces",
      }, pieces)),
    ways,
    element("p", { className: "hint" }, "Take two machines, then eight. How much more does " +
      "each machine of the ring send?"));

  function go(round, tell = false) {
    done = Math.min(Math.max(round, 0), states.length - 1);
    back.disabled = done === 0;
    next.disabled = done === states.length - 1;
    show();
    compare();
    said.textContent = tell ? sentence() : "Each machine has a gradient, cut into pieces. " +
      "Press Next round.";
  }

  function sentence() {
    const half = machines - 1;
    const complete = states[done].flat().filter(({ from }) => from.length === machines).length;
    const all = complete === machines ** 2;
    if (done === 0) return "Nothing has been sent.";
    const doing = done <= half ? "added it to its own" : "kept it in place of its own";
    const sent = parcel(done - 1, 0);
    const what = `Round ${done}: machine 0 sent piece ${sent} to machine 1, which ${doing}; ` +
      "so did all others, with other pieces.";
    if (all) return `${what} All machines have the sum of all.`;
    if (done === half) return `${what} Each machine has one complete piece. They go round next.`;
    return what;
  }

  // A row for each machine, a column for each piece; what has just arrived is framed.
  function show() {
    const arrived = (k, piece) =>
      done > 0 && parcel(done - 1, (k - 1 + machines) % machines) === piece;
    const numbers = [...Array(machines).keys()];
    pieces.ariaLabel = `The pieces after round ${done}`;
    pieces.replaceChildren(
      element("tr", {}, element("th", {}, "piece"),
        ...numbers.map((piece) => element("th", { scope: "col" }, String(piece)))),
      ...states[done].map((row, k) => element("tr", {},
        element("th", { scope: "row" }, `machine ${k}`),
        ...row.map(function ({ sum, from }, piece) {
          const whole = from.length === machines;
          const cell = element("td", {
            className: `${whole ? "whole" : ""} ${arrived(k, piece) ? "arrived" : ""}`,
            title: `from machine${from.length > 1 ? "s" : ""} ${[...from].sort().join(", ")}`,
          }, String(sum));
          cell.style.setProperty("--share", (from.length - 1) / (machines - 1));
          return cell;
        }))));
    draw(numbers);
  }

  // The ring, with the piece that each sends in the next round.
  function draw(numbers) {
    const [size, radius] = [250, 92];
    const at = (k, r = radius) => {
      const angle = (2 * Math.PI * k) / machines - Math.PI / 2;
      return [size / 2 + r * Math.cos(angle), size / 2 + r * Math.sin(angle)];
    };
    const over = done === states.length - 1;
    const label = over ? "The ring; all is sent" : "The ring; next, " + numbers.map((k) =>
      `machine ${k} sends piece ${parcel(done, k)}`).join(", ");
    const svg = drawn("svg", { width: size, height: size, viewBox: `0 0 ${size} ${size}`,
      role: "img", "aria-label": label });
    for (const k of numbers) {
      const [x, y] = at(k + 0.5, radius);
      // A triangle on the ring, pointing to the next machine.
      const turn = (360 * (k + 0.5)) / machines;
      svg.append(drawn("path", { d: "M-6,-6 L6,0 L-6,6 Z", class: over ? "" : "sends",
        transform: `translate(${x},${y}) rotate(${turn})` }));
      if (over) continue;
      const [u, v] = at(k + 0.5, radius + 19);
      svg.append(drawn("text", { x: u, y: v + 5, class: "parcel" }, String(parcel(done, k))));
    }
    svg.prepend(drawn("circle", { cx: size / 2, cy: size / 2, r: radius, class: "ring" }));
    for (const k of numbers) {
      const [x, y] = at(k);
      svg.append(drawn("circle", { cx: x, cy: y, r: 17, class: "machine" }),
        drawn("text", { x, y: y + 5 }, String(k)));
    }
    svg.append(drawn("text", { x: size / 2, y: size / 2 - 4 }, over ? "done" : "next: which"),
      drawn("text", { x: size / 2, y: size / 2 + 16 }, over ? "" : "piece each sends"));
    picture.replaceChildren(svg);
  }

  // ## Compared with other ways
  //
  // How much the busiest machine sends, in gradients; and how much that is for the
  // transformer of Part VIII.

  function compare() {
    const m = machines;
    const rows = [
      ["in a ring", "2 (m − 1) / m", (2 * (m - 1)) / m, 2 * (m - 1)],
      ["all to one, and back", "m − 1", m - 1, 2],
      ["each to each", "m − 1", m - 1, 1],
    ];
    const titles = [
      "way", "the busiest sends", `for m = ${m}`, "of Part VIII's gradient", "rounds",
    ];
    ways.replaceChildren(
      element("tr", {}, ...titles.map((title) => element("th", { scope: "col" }, title))),
      ...rows.map(([way, formula, sent, rounds]) => element("tr", {},
        element("th", { scope: "row" }, way), element("td", {}, formula),
        element("td", {}, live.number(sent, 3)),
        element("td", {}, `${live.grouped(Math.round((sent * data.bytes) / 1000))} kB`),
        element("td", {}, String(rounds)))));
  }

  start();
});
