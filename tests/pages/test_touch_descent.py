"""Four ways down, in the page: they walk as the framework walks, from where you say."""

import re

import numpy as np
import pytest

from graph import Graph
from session import Session
from train import AdamOptimizer, GradientDescentOptimizer, MomentumOptimizer
from weave.live.descent import METHODS, SURFACES

TITLES = dict(zip(METHODS, ["gradient descent", "momentum", "Adam", "Newton’s method"]))
NAMES = {"valley": "a long valley", "bend": "Rosenbrock", "mountain": "two valleys"}
OPTIMIZERS = {
    "descent": GradientDescentOptimizer,
    "momentum": lambda rate: MomentumOptimizer(rate, momentum=0.8),
    "Adam": AdamOptimizer,
}

# ## The framework's walks
#
# As in the chapters, over one vector theta, and with NumPy's way to solve equations.

LOSSES = {
    "valley": lambda t, k: (t[0] ** 2 + k * t[1] ** 2) / 2,
    "bend": lambda t, k: (1 - t[0]) ** 2 + 100 * (t[1] - t[0] ** 2) ** 2,
    "mountain": lambda t, k: t[0] ** 4 / 4 - 2 * t[0] ** 2 + t[0] / 2 + t[1] ** 2,
}
LOWEST = {"valley": (0.0, 0.0), "bend": (1.0, 1.0), "mountain": (-2.0598, 0.0)}


def framework(surface, start, steepness=50):
    graph = Graph()
    theta = graph.variable(start, name="theta")
    L = LOSSES[surface](theta, steepness)
    (g,) = graph.gradients(L, [theta])
    H = graph.stack([graph.gradients(g[i], [theta])[0] for i in range(2)])
    return graph, theta, L, g, H


def walk(surface, method, start, rate=None, steps=100, steepness=50):
    """The places, and the losses, from the start on."""
    graph, theta, L, g, H = framework(surface, start, steepness)
    rate = rate or SURFACES[surface].rates.get(method)
    if method == "Newton":
        place = graph.placeholder((2,))
        update = graph.assign(theta, place)
    else:
        update = OPTIMIZERS[method](rate).minimize(L)
    session, met = Session(graph), []
    for _ in range(steps + 1):
        met.append(session.run([theta, L, g, H]))
        newton = {}
        if method == "Newton":
            at, _, slope, hessian = met[-1]
            newton = {place: at - np.linalg.solve(hessian, slope)}
        session.run(update, newton)
    return np.array([at for at, *_ in met]), np.array([loss for _, loss, *_ in met])


def curvatures(surface, place, steepness=50):
    graph, *_, H = framework(surface, place, steepness)
    return np.linalg.eigvalsh(Session(graph).run(H))


# ## The page

# Writes down each step that the figure runs.
SPY = """() => {
  window.seen = [];
  const step = Program.prototype.step;
  Program.prototype.step = function (state, feeds) {
    const answer = step.call(this, state, feeds);
    const [x, y] = state.map((value) => value.data[0]);
    window.seen.push([this.source, x, y, answer[0][1].data[0]]);
    return answer;
  };
}"""


@pytest.fixture
def page(open_page):
    return open_page("part4_descent.html")


@pytest.fixture
def figure(page):
    return page.locator("#live-descent")


@pytest.fixture
def press(figure):
    return lambda name: figure.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def run(page, figure, press):
    """Runs to the end, at once: nothing moves on the way."""

    def run():
        page.emulate_media(reduced_motion="reduce")
        press("Run")
        rested(figure)

    return run


def rested(figure):
    figure.get_by_role("button", name="Run", exact=True).wait_for()


def choose(figure, surface):
    figure.get_by_label("surface").select_option(surface)


def row(figure, method):
    return figure.locator("tr").filter(has_text=TITLES[method])


def shown(figure, method):
    """The steps and the loss in the table."""
    count, loss = row(figure, method).locator("td").all_inner_texts()[1:]
    return int(count.replace(",", "")), loss


def value(text):
    return float(text.replace("−", "-").replace(",", ""))


def said(figure):
    return figure.locator(".said").inner_text()


def set_rate(figure, method, rate):
    name = f"Learning rate of {TITLES[method]}"
    figure.get_by_label(name).fill(f"{round(np.log10(rate) / 0.05) * 0.05:.2f}")


def only(figure, *methods):
    for method in METHODS:
        box = row(figure, method).get_by_role("checkbox")
        box.set_checked(method in methods)


def ring(figure):
    return figure.get_by_role("application")


def start(figure):
    """Where the ring says that it is."""
    name = ring(figure).get_attribute("aria-label").replace("−", "-")
    return [float(x) for x in re.match(r"The start, at (\S+), (\S+)\. ", name).groups()]


def on_screen(figure, surface, place):
    """Where a place is on the screen; the map has axes on its left and below."""
    x0, x1, y0, y1 = SURFACES[surface].box
    figure.locator("canvas").scroll_into_view_if_needed()
    box = figure.locator("canvas").bounding_box()
    x = box["x"] + 22 + (place[0] - x0) / (x1 - x0) * (box["width"] - 22)
    y = box["y"] + (y1 - place[1]) / (y1 - y0) * (box["height"] - 20)
    return x, y


def colour(figure, surface, place):
    """The red, green and blue of the map there."""
    x, y = on_screen(figure, surface, place)
    return figure.locator("canvas").evaluate(
        """(canvas, [x, y]) => {
          const box = canvas.getBoundingClientRect();
          const scale = canvas.width / box.width;
          const at = [(x - box.left) * scale, (y - box.top) * scale].map(Math.round);
          const copy = document.createElement("canvas");
          const context = copy.getContext("2d", { willReadFrequently: true });
          context.drawImage(canvas, ...at, 1, 1, 0, 0, 1, 1);
          const { data } = context.getImageData(0, 0, 1, 1);
          return [...data].slice(0, 3);
        }""",
        [x, y],
    )


# ## They walk as the framework does


@pytest.mark.parametrize("surface", SURFACES)
def test_each_method_takes_the_steps_of_the_framework(page, figure, run, surface):
    choose(figure, surface)
    page.evaluate(SPY)
    ring(figure).press("ArrowRight")
    run()
    at = np.add(SURFACES[surface].start, [0.1, 0])
    paths = {}
    for source, *met in page.evaluate("seen"):
        paths.setdefault(source, []).append(met)
    # By Newton's program the page also finds how curved the ground is at the end.
    for method, source in zip(METHODS, paths):
        steps, _ = shown(figure, method)
        steps = min(steps, 100)
        places, losses = walk(surface, method, at, steps=steps)
        met = np.array(paths[source][: steps + 1])
        tolerance = 1e-9 if method == "Adam" else 1e-10
        np.testing.assert_allclose(met[:, :2], places, tolerance, tolerance)
        np.testing.assert_allclose(met[:, 2], losses, tolerance, tolerance)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_table_has_the_losses_after_so_many_steps(figure, press, surface):
    choose(figure, surface)
    for _ in range(3):
        press("One step")
    for method in METHODS:
        count, loss = shown(figure, method)
        _, losses = walk(surface, method, SURFACES[surface].start, steps=3)
        assert count == (1 if (surface, method) == ("valley", "Newton") else 3)
        assert value(loss) == pytest.approx(losses[count], rel=0.005, abs=1e-9)


def test_a_run_goes_on_until_all_have_arrived(figure, run):
    run()
    for method in METHODS:
        count, loss = shown(figure, method)
        places, losses = walk("valley", method, (-4.0, 1.5), steps=count + 1)
        assert value(loss) == pytest.approx(losses[count], rel=0.05, abs=1e-9)
        # There the ground is flat, to a thousandth, and the next step is as short.
        flat, near = (
            np.linalg.norm(places * [1, 50], axis=1),
            np.linalg.norm(np.diff(places, axis=0), axis=1),
        )
        arrived = (flat[:-1] < 1e-3) & (near < 1e-3)
        assert arrived.argmax() == count
    assert said(figure) == (
        "Newton’s method arrived in 1 step, momentum in 80, Adam in 176, "
        "gradient descent in 233."
    )


def test_a_run_ends_after_a_thousand_steps(figure, run):
    choose(figure, "bend")
    run()
    _, losses = walk("bend", "descent", (-1.2, 1.0), steps=1000)
    assert shown(figure, "descent")[0] == 1000
    assert f"After 1,000 steps gradient descent is at {losses[-1]:.3f}" in said(figure)


# ## The start


def test_the_mouse_drags_the_start_and_all_walk_from_there(page, figure, press):
    press("One step")
    press("One step")
    page.mouse.move(*on_screen(figure, "valley", (-4, 1.5)))
    page.mouse.down()
    page.mouse.move(*on_screen(figure, "valley", (1, 0)))
    page.mouse.move(*on_screen(figure, "valley", (3, -2)))
    at = start(figure)
    assert at == pytest.approx((3, -2), abs=0.02)
    for method in ("descent", "momentum", "Adam"):
        _, losses = walk("valley", method, at, steps=2)
        assert shown(figure, method)[0] == 2
        assert value(shown(figure, method)[1]) == pytest.approx(losses[2], rel=0.005)
    page.mouse.up()
    page.mouse.move(*on_screen(figure, "valley", (0, 0)))
    assert start(figure) == at
    box = ring(figure).bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert middle == pytest.approx(on_screen(figure, "valley", at), abs=1)


def test_a_click_on_the_map_is_the_start(page, figure):
    page.mouse.click(*on_screen(figure, "valley", (2, 1)))
    assert start(figure) == pytest.approx((2, 1), abs=0.02)
    loss = LOSSES["valley"](start(figure), 50)
    assert value(shown(figure, "Adam")[1]) == pytest.approx(loss, rel=0.005)
    assert said(figure).startswith("The start is at 2")


def test_the_arrow_keys_move_the_start(figure):
    for key, expected in [
        ("ArrowRight", (-3.9, 1.5)),
        ("ArrowUp", (-3.9, 1.6)),
        ("ArrowLeft", (-4.0, 1.6)),
        ("ArrowDown", (-4.0, 1.5)),
        ("Enter", (-4.0, 1.5)),
    ]:
        ring(figure).press(key)
        assert start(figure) == pytest.approx(expected)
        loss = LOSSES["valley"](expected, 50)
        assert value(shown(figure, "Adam")[1]) == pytest.approx(loss, rel=0.005)


def test_the_start_stays_on_the_map(figure):
    for _ in range(20):
        ring(figure).press("ArrowUp")
        ring(figure).press("ArrowLeft")
    assert start(figure) == [-5, 3]


# ## Rates


@pytest.mark.parametrize("surface", SURFACES)
def test_the_limit_is_two_by_the_largest_curvature(figure, surface):
    choose(figure, surface)
    _, largest = curvatures(surface, LOWEST[surface])
    text = figure.get_by_text("the largest curvature is").inner_text()
    curvature, twice, limit = re.search(
        r"curvature is ([\d,.]+)\. .* below 2 / ([\d,.]+), or ([\d.]+)\.$", text
    ).groups()
    assert curvature == twice
    assert value(curvature) == pytest.approx(largest, rel=0.002)
    assert value(limit) == pytest.approx(2 / largest, rel=0.003)


@pytest.mark.parametrize("steepness, limit", [(1, 2), (20, 0.1), (50, 0.04)])
def test_gradient_descent_diverges_just_above_its_limit(
    figure, run, press, steepness, limit
):
    figure.get_by_label("steepness").fill(str(steepness))
    only(figure, "descent")
    set_rate(figure, "descent", limit / 10**0.05)
    run()
    assert "arrived" in said(figure)
    set_rate(figure, "descent", limit)
    rested(figure)
    loss = shown(figure, "descent")[1]
    assert f"swings from side to side at {loss}." in said(figure)
    set_rate(figure, "descent", limit * 10**0.05)
    rested(figure)
    count, loss = shown(figure, "descent")
    assert loss == "diverged"
    assert f"Gradient descent diverged within {count} steps." in said(figure)
    assert f"is above 2 / {steepness}, the limit" in said(figure)


def test_where_the_start_is_too_steep_the_limit_is_that_of_the_start(figure, run):
    choose(figure, "bend")
    for _ in range(12):
        ring(figure).press("ArrowLeft")
    set_rate(figure, "descent", 0.0018)
    only(figure, "descent")
    run()
    _, largest = curvatures("bend", start(figure))
    text = re.search(r"above 2 / ([\d,]+), .* at the start\.$", said(figure))[1]
    assert value(text) == pytest.approx(largest, rel=0.002)


def test_in_a_round_valley_one_step_of_gradient_descent_is_enough(figure, run):
    figure.get_by_label("steepness").fill("1")
    set_rate(figure, "descent", 1)
    run()
    assert shown(figure, "descent") == shown(figure, "Newton") == (1, "0")


def test_momentum_rolls_through_a_valley(figure, run):
    choose(figure, "mountain")
    for _ in range(30):
        ring(figure).press("ArrowRight")
    assert start(figure) == [3.5, 1.2]
    set_rate(figure, "momentum", 0.08)
    run()
    for method, rate, depth in [("momentum", 0.08, -5.02), ("descent", 0.05, -3.02)]:
        _, losses = walk("mountain", method, (3.5, 1.2), rate, steps=300)
        assert losses[-1] == pytest.approx(depth, abs=0.005)
        assert value(shown(figure, method)[1]) == depth


# ## Newton's method


def test_newtons_method_stops_on_a_saddle_and_says_so(figure, run, press):
    choose(figure, "mountain")
    run()
    places, losses = walk("mountain", "Newton", (0.8, 1.2), steps=3)
    assert curvatures("mountain", places[-1])[0] < 0
    assert shown(figure, "Newton")[0] == 3
    assert value(shown(figure, "Newton")[1]) == pytest.approx(losses[-1], rel=0.005)
    assert "Newton’s method stopped on a saddle after 3 steps. It’s flat" in said(
        figure
    )
    # From the right it finds the valley, and the ways that have been made go along.
    for _ in range(20):
        ring(figure).press("ArrowRight")
    assert shown(figure, "Newton")[1] == "−3.02"
    assert "saddle" not in said(figure)


def test_newtons_method_goes_up_on_its_way_and_says_how_high(figure, run):
    choose(figure, "bend")
    run()
    highest = walk("bend", "Newton", (-1.2, 1.0), steps=5)[1].max()
    assert f"Newton’s method was as high as {highest:,.0f}." in said(figure)


# ## What you see


def test_the_map_is_greyer_where_it_is_higher(page, figure):
    def grey(surface, place):
        # A contour line is darker than what lies beside it.
        beside = [(place[0], place[1] + move) for move in (-0.08, 0, 0.08)]
        return min(765 - sum(colour(figure, surface, x)) for x in beside)

    for surface, places in {
        "valley": [(1, 0.1), (4.4, 0.2), (0, 1.1), (0, -2.2)],
        "bend": [(0.5, 0.25), (0.5, 0.5), (0.5, -0.9), (2.4, -0.9)],
        "mountain": [(-2.06, 0.1), (1.95, 0.15), (0.1, 0.3), (3.4, -1.9)],
    }.items():
        choose(figure, surface)
        only(figure)
        losses = [LOSSES[surface](place, 50) for place in places]
        assert losses == sorted(losses)
        greys = [grey(surface, place) for place in places]
        assert greys == sorted(greys)
        assert greys[0] + 40 < greys[-1]
        only(figure, *METHODS)


def test_each_path_is_drawn_where_it_goes(page, figure, press):
    for method in METHODS:
        only(figure, method)
        press("Start again")
        press("One step")
        places, _ = walk("valley", method, (-4.0, 1.5), steps=1)
        end = colour(figure, "valley", places[1])
        middle = (0.6 * places[0] + 0.4 * places[1]).round(2)
        mark = row(figure, method).locator("span[aria-hidden]")
        wanted = mark.evaluate("mark => getComputedStyle(mark).color")
        assert end == [int(x) for x in re.findall(r"\d+", wanted)]
        if method != "Adam":
            # As long as this, a line is seen; the pixel beside it may have it.
            x, y = middle
            near = [(x + i / 100, y + j / 100) for i in (-1, 0, 1) for j in (-1, 0, 1)]
            off = [
                np.abs(np.subtract(colour(figure, "valley", place), end)).max()
                for place in near
            ]
            assert min(off) < 90


def test_what_is_not_chosen_is_neither_drawn_nor_told(figure, run):
    only(figure, "Adam", "momentum")
    run()
    assert said(figure) == "Momentum arrived in 80 steps, Adam in 176."
    bottom = colour(figure, "valley", (-2, 0.75))  # on the way of Newton's method
    assert max(bottom) - min(bottom) < 12


def test_a_run_can_be_paused_and_goes_on_and_starts_again(figure, press):
    choose(figure, "bend")
    press("Run")
    figure.page.wait_for_function(
        "() => Number(document.querySelectorAll('#live-descent td')[2].textContent) > 5"
        " || Number(document.querySelectorAll('#live-descent td')[1].textContent) > 5"
    )
    press("Pause")
    count, loss = shown(figure, "descent")
    assert f"After {count} steps gradient descent is at {loss}" in said(figure)
    figure.page.wait_for_timeout(150)
    assert shown(figure, "descent") == (count, loss)
    press("One step")
    assert shown(figure, "descent")[0] == count + 1
    press("Start again")
    assert shown(figure, "descent") == (0, "24.2")
    assert said(figure) == "The start is at −1.2, 1, at a loss of 24.2. Press Run."


def test_with_less_motion_a_run_shows_its_end(page, figure, press):
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(
        """() => {
          window.counts = new Set();
          const cell = document.querySelector("#live-descent td:nth-child(3)");
          new MutationObserver(() => counts.add(cell.textContent))
            .observe(cell, { childList: true });
        }"""
    )
    press("Run")
    rested(figure)
    assert page.evaluate("[...counts]") == ["233"]


def test_on_a_phone_the_map_is_not_shrunk_and_nothing_scrolls_sideways(open_page):
    page = open_page("part4_descent.html", width=390, scheme="dark")
    figure = page.locator("#live-descent")
    choose(figure, "bend")
    figure.get_by_role("button", name="Run", exact=True).click()
    rested(figure)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    right = figure.bounding_box()["x"] + figure.bounding_box()["width"]
    for part in figure.locator("table, canvas").all():
        assert part.bounding_box()["x"] + part.bounding_box()["width"] < right
    canvas = figure.locator("canvas")
    assert canvas.evaluate("x => x.clientWidth * devicePixelRatio / x.width") == 1
