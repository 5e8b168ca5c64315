// # A rule at a time
//
// Python has compiled four programs with none of the compiler's rules, with one, with two,
// until all, and run each line by line.  Here you go from stage to stage, and see what
// each rule has done.

"use strict";

live.figure("passes", function (stage, data) {
  const { element } = live;
  const titles = Object.keys(data.programs);
  let title = titles[0];
  let shown = 0; // the stage
  let pointed = null; // the row

  const choices = Object.fromEntries(titles.map((text) => [text, text]));
  const buttons = data.rules.map((rule, i) =>
    live.button(`${i}. ${rule.replace(/\.$/, "")}`, () => go(i)));
  const said = live.said();
  const table = element("table", { className: "listing", ariaLabel: "The program" });
  stage.append(
    live.controls(live.select("program", choices, function (text) {
      title = text;
      go(0);
    })),
    element("div", { className: "controls rules" }, ...buttons),
    said,
    element("div", { className: "around", tabIndex: 0, role: "region", onkeydown: move,
      ariaLabel: "The program, line by line" }, table),
    element("p", { className: "hint" }, "Point at a line, or go from line to line by the " +
      "arrow keys: blue is what it reads, orange what reads it. At the right, how many bytes " +
      "are alive after it: those that some later line reads, and those that the program was " +
      "given or returns."));

  function rowsOf(i) {
    return data.programs[title][i];
  }

  function size(i) {
    const rows = rowsOf(i).filter((row) => row.change !== "gone");
    return {
      lines: rows.filter((row) => row.name).length,
      peak: Math.max(...rows.map((row) => row.alive)),
    };
  }

  function go(i) {
    shown = i;
    pointed = null;
    buttons.forEach((button, k) => { button.ariaPressed = String(k === i); });
    show();
    said.textContent = sentence();
  }

  function sentence() {
    const { lines, peak } = size(shown);
    const has = `${lines} lines, and at the peak ${peak} bytes are alive.`;
    if (!shown) return `${data.rules[0]} ${has} Press the first rule.`;
    const before = size(shown - 1);
    const touched = rowsOf(shown).filter((row) => row.change).length;
    const rule = data.rules[shown];
    if (!touched) return `${rule} In this program there's nothing to do.`;
    return `${rule} ${has} Before, it was ${before.lines} and ${before.peak}.`;
  }

  // ## The listing

  function show() {
    const rows = rowsOf(shown);
    const { peak } = size(shown);
    const first = rows.findIndex((row) => row.alive === peak);
    table.replaceChildren(...rows.map(function (row, i) {
      const code = element("code", { innerHTML: data.texts[row.text] });
      const kinds = [row.change ?? "", row.derived ? "derived" : ""].join(" ").trim();
      const alive = element("td", {
        className: i === first ? "alive peak" : "alive",
      }, row.alive === undefined ? "" : i === first ? `peak ${row.alive}` : String(row.alive));
      alive.style.setProperty("--share", (row.alive ?? 0) / peak);
      return element("tr", { className: kinds, onmouseenter: () => point(i),
        onmouseleave: () => point(null) },
        element("td", { className: "code" },
          row.change === "gone" ? element("del", {}, code) : code),
        element("td", { className: "told" }, told(row)), alive);
    }));
  }

  // A line that has changed without a rule of its own reads something that has.
  function told(row) {
    if (row.told) return row.told;
    return row.change === "changed" ? "It reads what has changed." : "";
  }

  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const last = rowsOf(shown).length - 1;
    point(Math.min(Math.max((pointed ?? -1) + step, 0), last));
    const line = table.rows[pointed];
    line.scrollIntoView({ block: "nearest" });
    said.textContent = `${line.textContent.trim()} bytes alive.`;
    if (rowsOf(shown)[pointed].change === "gone") said.textContent = `Gone: ${line.textContent}`;
  }

  function point(i) {
    pointed = i;
    const rows = rowsOf(shown);
    const row = rows[i];
    [...table.rows].forEach(function (line, k) {
      const other = rows[k];
      line.classList.toggle("chosen", k === i);
      line.classList.toggle("read", reads(row, other));
      line.classList.toggle("reads", reads(other, row));
    });
  }

  function reads(row, other) {
    return Boolean(row && other && other.name && row.reads?.includes(other.name));
  }

  go(0);
});
