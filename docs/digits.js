// # Can it read yours?
//
// The reader of [Part V b](course/part5b_digits.py), trained there and run here.  You
// draw a digit.  It becomes an image like those that the network has learned from, eight
// by eight pixels, and that image is all the network sees.

"use strict";

live.figure("digits", function (stage, data) {
  const { element } = live;
  const SIDE = 8; // pixels of an image, across and down
  const BLACK = 16; // the ink of a pixel: 0 is paper
  const FINE = 32; // pixels of the bitmap that the ink is counted on
  const DIGITS = 10;
  const FAR = 2; // pixels that an image can be moved
  const BLANK = Array(SIDE * SIDE).fill(0);

  const program = loaded(data.program);
  const networks = {};
  for (const [name, values] of Object.entries(data.networks)) networks[name] = values.map(unpacked);
  const tests = data.test.map((signs) => Array.from(signs, (sign) => parseInt(sign, 17)));

  let strokes = []; // what you drew: lists of points, as shares of the pad
  let image = BLANK; // what became of it, or an image of the test
  let move = [0, 0]; // how far it's moved, to the right and down
  let network = "plain";
  let fits = true;

  // ## What the network says
  //
  // For each image, a probability for each digit.

  function ask(images) {
    const shares = images.flat().map((ink) => ink / BLACK);
    const X = new NDArray(shares, [images.length, SIDE * SIDE]);
    const [[p]] = program.run(networks[network], [X]);
    return images.map((_, i) => p.data.slice(DIGITS * i, DIGITS * (i + 1)));
  }

  function likeliest(p) {
    return p.indexOf(Math.max(...p));
  }

  function percent(share) {
    return `${(100 * share).toFixed(1)}%`;
  }

  // ## As the data were made
  //
  // The images of the data come from forms.  A program stretched each digit to the full
  // height of 32 pixels, and 20 across.  It pulled the rows sideways until the first ink
  // of the top row stood above that of the bottom row: upright.  We do so with the path
  // of the pen, and leave 2 pixels around it for the ink.

  function fitted() {
    const [left, top, right, bottom] = extent(strokes);
    const height = Math.max(bottom - top, (right - left) / 3, 1e-9);
    const tall = (FINE - 4) / height;
    const wide = Math.min(16 / (right - left), 2 * tall); // a 1 stays narrow
    const stretched = mapped(strokes, (x, y) =>
      [(x - (left + right) / 2) * wide, (y - (top + bottom) / 2) * tall]);
    const [, highest, , lowest] = extent(stretched);
    const first = (row) => extent([stretched.flat().filter(([, y]) => row(y))])[0];
    const slant = (first((y) => y >= lowest - 2) - first((y) => y <= highest + 2)) / (FINE - 4);
    return mapped(stretched, (x, y) => [x - slant * y + FINE / 2, y + FINE / 2]);
  }

  function extent(lines) {
    const [x, y] = [0, 1].map((i) => lines.flat().map((point) => point[i]));
    return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
  }

  function mapped(lines, place) {
    return lines.map((line) => line.map(([x, y]) => place(x, y)));
  }

  // How far is each pixel of the bitmap from the path?  We keep squares of distances.

  function distances(lines) {
    const nearest = new Float64Array(FINE * FINE).fill(Infinity);
    for (const line of lines) {
      line.forEach(function ([bx, by], i) {
        const [ax, ay] = line[Math.max(i - 1, 0)];
        const [dx, dy] = [bx - ax, by - ay];
        const length = dx * dx + dy * dy || 1;
        for (let pixel = 0; pixel < nearest.length; pixel++) {
          const [x, y] = [pixel % FINE + 0.5, Math.floor(pixel / FINE) + 0.5];
          const along = ((x - ax) * dx + (y - ay) * dy) / length;
          const share = Math.min(Math.max(along, 0), 1);
          const [u, v] = [ax + share * dx - x, ay + share * dy - y];
          nearest[pixel] = Math.min(nearest[pixel], u * u + v * v);
        }
      });
    }
    return nearest;
  }

  // That program also made thick pens thin and thin pens thick: three tenths of an image
  // are ink.  So the nearest 307 of 1,024 pixels are.  If nothing is to be fitted, the
  // pad is the bitmap, and the pen is 3 pixels thick.

  const INK = 307, PEN = 3;

  function counted() {
    const lines = fits ? fitted() : mapped(strokes, (x, y) => [x * FINE, y * FINE]);
    const away = distances(lines);
    const reach = fits ? away.slice().sort()[INK - 1] : (PEN / 2) ** 2;
    const pixels = BLANK.slice();
    away.forEach(function (distance, pixel) {
      const [row, column] = [Math.floor(pixel / FINE), pixel % FINE];
      if (distance <= reach) pixels[SIDE * Math.floor(row / 4) + Math.floor(column / 4)] += 1;
    });
    return pixels;
  }

  // ## One pixel to the right

  function moved(pixels) {
    return pixels.map(function (_, i) {
      const [row, column] = [Math.floor(i / SIDE) - move[1], i % SIDE - move[0]];
      const inside = Math.min(row, column) >= 0 && Math.max(row, column) < SIDE;
      return inside ? pixels[SIDE * row + column] : 0;
    });
  }

  const WAYS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

  function push(x, y) {
    move = [move[0] + x, move[1] + y].map((far) => Math.min(Math.max(far, -FAR), FAR));
    show();
    test();
  }

  // All images of the test, moved as far as yours.

  function test() {
    const right = ask(tests.map(moved)).filter((p, i) => likeliest(p) === data.labels[i]).length;
    const [x, y] = move;
    const ways = [x && `${Math.abs(x)} to the ${x < 0 ? "left" : "right"}`,
      y && `${Math.abs(y)} ${y < 0 ? "up" : "down"}`].filter(Boolean);
    const where = ways.length ? `Moved ${ways.join(" and ")}` : "Not moved";
    score.textContent = `${where}: of ${tests.length} images that it never learned from, ` +
      `this network reads ${percent(right / tests.length)}.`;
  }

  // ## A pad to draw on

  const SIZE = 224;
  const pad = live.canvas(SIZE, SIZE, "A pad to draw a digit on", function (context) {
    context.fillStyle = live.color("soft");
    context.font = "16px system-ui, sans-serif";
    context.textAlign = "center";
    if (!strokes.length) context.fillText("Draw a digit here", SIZE / 2, SIZE / 2);
    context.strokeStyle = live.color("ink");
    context.lineWidth = PEN / FINE * SIZE;
    context.lineCap = context.lineJoin = "round";
    for (const stroke of strokes) {
      context.beginPath();
      context.moveTo(stroke[0][0] * SIZE, stroke[0][1] * SIZE);
      for (const [x, y] of stroke) context.lineTo(x * SIZE, y * SIZE);
      context.stroke();
    }
  });
  pad.node.classList.add("pad");

  let draws = false;

  const PEN_EVENTS = {
    pointerdown(event) {
      if (event.button || !event.isPrimary) return;
      pad.node.setPointerCapture(event.pointerId);
      draws = true;
      strokes.push([]);
      back();
      go(event);
    },
    pointermove(event) {
      if (draws && event.isPrimary) go(event);
    },
    pointerup: lift,
    pointercancel: lift,
  };
  for (const [name, heard] of Object.entries(PEN_EVENTS)) pad.node.addEventListener(name, heard);

  function go(event) {
    const point = live.place(event).map((share) => Math.min(Math.max(share, 0), 1));
    strokes.at(-1).push(point);
    look();
  }

  function lift() {
    if (draws) say();
    draws = false;
  }

  function look() {
    image = strokes.length ? counted() : BLANK;
    pad.draw();
    show();
  }

  function back() {
    if (move[0] || move[1]) push(-move[0], -move[1]);
  }

  function clear() {
    strokes = [];
    back();
    look();
    said.textContent = "";
  }

  // The test has images of each digit, and each press takes the next.

  const turns = Array(DIGITS).fill(0);

  function take(digit) {
    const those = tests.filter((_, i) => data.labels[i] === digit);
    clear();
    image = those[turns[digit]++ % those.length];
    show();
    say(`From the test, a ${digit}. `);
  }

  // ## What the network sees
  //
  // You can change its pixels too.  Arrow keys lead from one to the next.

  const cells = BLANK.map((_, i) => element("td", {
    tabIndex: i ? -1 : 0, onclick: () => turn(i), onfocus: () => stop(i),
  }));
  const grid = element("table", {
    role: "grid", ariaLabel: "What the network sees", onkeydown: key,
  }, ...Array.from({ length: SIDE }, (_, row) =>
    element("tr", {}, ...cells.slice(SIDE * row, SIDE * (row + 1)))));

  function stop(i) {
    cells.forEach((cell, j) => { cell.tabIndex = i === j ? 0 : -1; });
  }

  function key(event) {
    const [row, column] = [event.target.parentElement.rowIndex, event.target.cellIndex];
    const way = WAYS[event.key.replace("Arrow", "").toLowerCase()];
    if (way) grid.rows[row + way[1]]?.cells[column + way[0]]?.focus();
    else if (event.key === " ") turn(SIDE * row + column);
    else return;
    event.preventDefault();
  }

  // Black becomes paper, and paper black.
  function turn(i) {
    image = moved(image);
    back();
    image[i] = image[i] > BLACK / 2 ? 0 : BLACK;
    show();
    say();
  }

  // ## The answer

  const bars = Array.from({ length: DIGITS }, (_, digit) =>
    element("li", {}, element("span", {}, String(digit)), element("span")));
  const said = live.said();
  const score = live.said();

  function answer() {
    const seen = moved(image);
    return seen.some(Boolean) ? ask([seen])[0] : null;
  }

  function show() {
    moved(image).forEach(function (ink, i) {
      cells[i].textContent = ink;
      cells[i].style.setProperty("--share", ink / BLACK);
      cells[i].classList.toggle("paper", ink === 0);
    });
    const p = answer();
    bars.forEach(function (bar, digit) {
      bar.lastChild.textContent = p ? percent(p[digit]) : "";
      bar.style.setProperty("--share", p ? p[digit] : 0);
      bar.classList.toggle("largest", p !== null && digit === likeliest(p));
    });
  }

  function say(before = "") {
    const p = answer();
    said.textContent = p
      ? `${before}It reads ${likeliest(p)}, with ${percent(Math.max(...p))}.` : "";
  }

  function panel(title, ...parts) {
    return element("div", {}, element("p", { className: "title" }, title), ...parts);
  }

  const fitting = element("input", {
    type: "checkbox", checked: true,
    onchange() {
      fits = fitting.checked;
      if (strokes.length) look();
      say();
    },
  });

  stage.append(
    element("div", { className: "panels" },
      panel("Your drawing", pad.node, live.controls(live.button("Clear", clear))),
      panel("What it sees", grid, element("p", { className: "hint" },
        "Press a pixel to change it; by keyboard, arrows and Space.")),
      panel("What it says", element("ul", { ariaLabel: "Probabilities" }, ...bars))),
    said,
    live.controls("Or take a digit from the test:",
      ...turns.map((_, digit) => live.button(String(digit), () => take(digit)))),
    live.controls(element("label", {}, fitting, "Stretch and center my drawing, as the data were")),
    live.controls("Move what it sees by one pixel:",
      ...Object.entries(WAYS).map(([name, way]) => live.button(name, function () {
        push(...way);
        say();
      }))),
    live.controls(live.select("Network trained with:", {
      plain: "the images as they are",
      moved: "moved copies too",
    }, function (name) {
      network = name;
      show();
      say();
      test();
    })),
    score);
  look();
  setTimeout(test); // the page doesn't wait for it
});
