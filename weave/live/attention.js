// # Where does a letter look?
//
// The transformer of [Part VIII](course/part8_attention.py), trained there and run here:
// a session wrote its program, from a word to the weights of each head and the chances of
// each next letter.  Point at a letter to ask where it looks, and let it go on writing.

"use strict";

live.figure("attention", function (stage, data) {
  const { element } = live;
  const { letters, positions } = data;
  const program = loaded(data.program);
  const parameters = data.parameters.map(unpacked);
  const END = letters.length;
  const MOST = positions - 1; // letters; the first position is for END

  const EXAMPLES = {
    graph: "In heads 1 and 3, the h looks at the a, two places back. In head 0, at the g.",
    groph: "With an o for the a, head 1 looks at the o. Head 3 spreads its weight over many.",
    gro: "The last letter is an o. Many letters could follow.",
    functio: "The last letter is an o again, but now it all but knows the n. " +
      "Counting pairs gives every o the same chances.",
  };

  // A position is how many letters it has read: `chosen` is the one that looks, and that a
  // drawn letter follows.  The word is `over` when END was drawn, or no letter fits in.
  let word, chosen, over;
  let temperature = 1;
  let weights, chances; // (1, heads, positions, positions) and (1, positions, letters)

  // ## What the network says
  //
  // After the word there's END up to the last position.  No letter sees it.

  function ask() {
    const tokens = Array(positions).fill(END);
    word.forEach((code, i) => { tokens[i + 1] = code; });
    const feeds = [new NDArray(tokens, [1, positions], "int64"), np.array(temperature)];
    [[weights, chances]] = program.run(parameters, feeds);
  }

  function weightsOf(head, position) {
    return weights.at(0, head, position).data;
  }

  function named(code) {
    return code === END ? "END" : letters[code];
  }

  function textOf(codes) {
    return codes.map((code) => letters[code]).join("");
  }

  // ## A word that you type

  const field = live.input("word", "", typed, { size: 16, autocapitalize: "off" });
  const note = live.said();

  function typed(text) {
    text = text.trim().toLowerCase();
    const wrong = [...text].find((letter) => !letters.includes(letter));
    const refused = wrong !== undefined || text.length > MOST;
    field.querySelector("input").setAttribute("aria-invalid", refused);
    if (wrong !== undefined) {
      note.textContent = `The network has learned the letters a to z, and no “${wrong}”.`;
    } else if (refused) {
      note.textContent = `A word has up to ${MOST} letters, and this one has ${text.length}.`;
    } else {
      note.textContent = EXAMPLES[text] ?? "";
      write([...text].map((letter) => letters.indexOf(letter)));
    }
  }

  function example(text) {
    field.querySelector("input").value = text;
    typed(text);
  }

  function write(codes) {
    [word, chosen, over] = [codes, codes.length, false];
    ask();
    build();
  }

  // ## Where each head looks
  //
  // A column for each position, with a letter to point at, and a row for each head.  What
  // you point at is shown until you leave it.  What you press stays.

  const hint = element("p", { className: "hint" });
  const table = element("table", { className: "heads" });
  const around = element("div", { className: "around" }, table);
  let buttons, cells;

  function build() {
    const codes = [END, ...word];
    buttons = codes.map((code, i) =>
      live.button(code === END ? "·" : letters[code], () => choose(i), {
        ariaLabel: code === END ? "END" : `${letters[code]}, letter ${i}`,
        onmouseenter: () => show(i), onmouseleave: () => show(chosen),
        onfocus: () => show(i), onblur: () => show(chosen),
      }));
    cells = Array.from({ length: weights.shape[1] }, () => codes.map(() => element("td")));
    table.replaceChildren(
      element("tr", {}, element("td"),
        ...buttons.map((button) => element("th", { scope: "col" }, button))),
      ...cells.map((row, head) =>
        element("tr", {}, element("th", { scope: "row" }, `head ${head}`), ...row)));
    show(chosen);
    // Later, since asking for a width makes the browser lay out the whole page.
    requestAnimationFrame(() => { around.scrollLeft = around.scrollWidth; });
  }

  function choose(position) {
    [chosen, over] = [position, false];
    show(position);
    const most = cells.map(function (_, head) {
      const given = Array.from(weightsOf(head, position));
      const at = given.indexOf(Math.max(...given));
      return `${at ? named(word[at - 1]) : "END"} (${given[at].toFixed(2)})`;
    });
    note.textContent =
      `Head by head, ${lookerAt(position)} looks most at ${most.join(", ")}.`;
  }

  function lookerAt(position) {
    return position ? `the ${named(word[position - 1])}` : "END";
  }

  function show(position) {
    buttons.forEach(function (button, i) {
      button.classList.toggle("looks", i === position);
      button.ariaPressed = String(i === chosen);
    });
    hint.textContent = `Here ${lookerAt(position)} looks back. Point at another letter to ` +
      "see where it looks, or press it to go on from there.";
    table.ariaLabel = `Where ${lookerAt(position)} looks`;
    cells.forEach(function (row, head) {
      const given = weightsOf(head, position);
      const largest = Math.max(...given);
      row.forEach((cell, i) => fill(cell, given[i], i > position, given[i] === largest));
    });
    follow(position);
  }

  function fill(cell, weight, later, largest) {
    cell.textContent = later ? weight : weight.toFixed(2);
    cell.style.setProperty("--share", weight);
    cell.classList.toggle("ghost", later);
    cell.classList.toggle("largest", largest);
  }

  const scale = element("p", { className: "scale" }, "weight ",
    ...[0, 0.25, 0.5, 0.75, 1].map(function (weight) {
      const sample = element("span", {}, String(weight));
      sample.style.setProperty("--share", weight);
      return sample;
    }),
    " Bold: the largest of a head. Dashed: still to come, so 0.");

  // ## What follows

  const heading = element("p");
  const bars = Array.from({ length: END + 1 }, (_, code) =>
    element("li", {}, element("span", {}, named(code)), element("span")));
  const list = element("ul", { className: "chances", ariaLabel: "Chances" }, ...bars);

  function follow(position) {
    const read = textOf(word.slice(0, position));
    const next = position < word.length ? word[position] : over ? END : null;
    heading.replaceChildren(...(read ? ["After ", element("code", {}, read)] : ["At first"]),
      next === null ? ", the chances are:" : ", the chances are (framed: what came):");
    chances.at(0, position).data.forEach(function (chance, code) {
      bars[code].lastChild.textContent = chance.toFixed(3);
      bars[code].style.setProperty("--share", chance);
      bars[code].classList.toggle("came", code === next);
    });
  }

  // ## It writes
  //
  // A random number between 0 and 1 falls on one of the letters, if they lie side by side,
  // each as long as its chance.  The same seed makes the same numbers.

  const said = live.said();
  const made = element("p", { className: "made" });
  let seed, random, words;

  function numbers(state) {
    return function () {
      state = (state + 0x6d2b79f5) | 0;
      let x = Math.imul(state ^ (state >>> 15), state | 1);
      x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
      return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  function restart(number) {
    [seed, random, words] = [number, numbers(number), []];
    tell("");
  }

  // Draws after the chosen position; after a word that's over, a new one begins.
  function draw() {
    if (over || chosen === MOST) [chosen, over] = [0, false];
    word = word.slice(0, chosen);
    const given = chances.at(0, chosen).data;
    let [place, code] = [random(), 0];
    while (code < END && place >= given[code]) place -= given[code++];
    if (code !== END) {
      word.push(code);
      chosen = word.length;
      ask();
    }
    over = code === END || chosen === MOST;
    if (over) words.push(textOf(word) || "nothing");
    return `It drew ${named(code)}, with a chance of ${given[code].toFixed(3)}.`;
  }

  function letter() {
    const text = draw();
    shown(over ? `${text} The word is over, and the next letter begins a new one.` : text);
  }

  function whole() {
    [chosen, over] = [0, false];
    while (!over) draw();
    shown(`It wrote ${words.at(-1)}.`);
  }

  function shown(text) {
    field.querySelector("input").value = textOf(word);
    field.querySelector("input").setAttribute("aria-invalid", false);
    note.textContent = "";
    build();
    tell(text);
  }

  function tell(text) {
    said.textContent = text;
    made.textContent = `Words from seed ${seed}: ${words.slice(-12).join(", ") || "none yet"}.`;
  }

  const sliders = [
    live.slider("temperature", {
      min: 0.1, max: 2, step: 0.1, value: temperature, show: (x) => x.toFixed(1),
    }, function (x) {
      temperature = x;
      ask();
      show(chosen);
    }),
    live.slider("seed", { min: 0, max: 20, value: 0 }, restart),
  ];

  stage.append(
    live.controls(field, "or take",
      ...Object.keys(EXAMPLES).map((text) => live.button(text, () => example(text)))),
    note, hint, around, scale,
    element("div", { className: "columns" },
      element("div", {}, heading, list),
      element("div", {},
        live.controls(live.button("Draw the next letter", letter),
          live.button("Draw a whole word", whole)),
        live.controls(...sliders),
        element("p", { className: "hint" }, "Draw words at a temperature of 0.1, where the " +
          "likeliest letter almost always wins, and at 2, where it hardly matters."),
        said, made)));
  restart(0);
  example("graph");
});
