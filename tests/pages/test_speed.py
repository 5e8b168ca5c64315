"""The contenders of the benchmarks do the same work, and the page has their times."""

import json
import re
import subprocess
import sys

import pytest
from check import ROOT, needed

from weave import speed

PAGE = (ROOT / "docs" / "speed.html").read_text("utf-8")


@pytest.fixture
def figures():
    return speed.results()


@pytest.fixture(scope="module")
def bench():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import bench

    yield bench
    sys.path.remove(str(ROOT / "benchmarks"))


# The same work


def test_a_step_by_hand_and_here_have_the_same_losses(bench):
    import lenet
    import transformer

    for pair in (
        {"by hand": bench.xor_by_hand(), "here": bench.xor_here()},
        {"by hand": bench.digits_by_hand(), "here": bench.digits_here()},
        {"by hand": transformer.by_hand(), "here": transformer.here()},
        {"by hand": lenet.by_hand(), "here": lenet.here()},
    ):
        bench.check_equal(pair)


def test_other_losses_are_found(bench):
    with pytest.raises(AssertionError, match="here"):
        bench.check_equal({"by hand": bench.xor_by_hand(), "here": lambda: 0.3})


def test_the_best_round_of_each_counts(bench, monkeypatch):
    monkeypatch.setattr(bench, "ROUNDS", 3)
    clock = iter([0, 5, 5, 8, 8, 10, 10, 14, 14, 20, 20, 23])
    monkeypatch.setattr(bench.time, "perf_counter", lambda: next(clock))
    times = bench.compare({"a": lambda: None, "b": lambda: None}, 1)
    assert times == {"a": 2e6, "b": 3e6}


def test_figures_are_kept_with_four_digits(bench):
    assert bench.rounded({"a": [123.456, 7], "b": 0.00012345}) == {
        "a": [123.5, 7],
        "b": 0.0001234,
    }


def test_a_step_by_jax_and_by_xla_have_the_same_losses(bench):
    needed("jax")
    import compiled

    for _, by_hand, here, *_ in compiled.pairs():
        bench.check_equal({"by hand": by_hand, "here": here})


@pytest.mark.parametrize("program", ["compiled.py", "gpu.py"])
def test_without_jax_a_benchmark_says_so(program, tmp_path):
    (tmp_path / "jax.py").write_text("raise ImportError")
    run = f"import runpy; runpy.run_path('benchmarks/{program}', run_name='__main__')"
    start = f"import sys; sys.path[:0] = ['{tmp_path}', 'benchmarks']; "
    done = subprocess.run(
        [sys.executable, "-c", start + run], cwd=ROOT, capture_output=True, text=True
    )
    if program == "gpu.py":
        assert done.returncode and "needs jax" in done.stderr
    else:
        assert json.loads(done.stdout) == {}


def test_what_is_measured_on_a_gpu_can_be_measured_here(tmp_path):
    needed("jax")
    out = tmp_path / "gpu.json"
    command = ["benchmarks/gpu.py", "--size", "32", "--times", "1", "--out", str(out)]
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True)
    found = json.loads(out.read_text())
    wide = found["steps"]["3 layers, 32 wide, batch 32"]
    assert wide["share"] == pytest.approx(
        8 * 2 * 32**3 / (wide["here"] / 1e6) / found["matrix rate"], rel=1e-2
    )


# The page


def test_the_page_has_each_figure(figures):
    for times in figures["steps"].values():
        for microseconds in times.values():
            ratio = microseconds / times["by hand"]
            assert f"{ratio:.2f}  ({speed.duration(microseconds)})" in PAGE
        ratio = times["here"] / times["by hand"]
        cells = [speed.duration(times["by hand"]), f"{ratio:.2f}"]
        assert " ".join(f"<td>{cell}</td>" for cell in cells) in PAGE
    for work, times in figures["compiled"].items():
        row = [work, speed.duration(times["by hand"]), speed.duration(times["here"])]
        row.append(f"{times['here'] / times['by hand']:.2f}")
        assert " ".join(f"<td>{cell}</td>" for cell in row) in PAGE
    for size in figures["memory"].values():
        assert f"<td>{size / 1e6:.1f} MB</td>" in PAGE
    assert speed.machine() in PAGE


def test_the_table_of_the_readme_has_the_ratios(figures):
    readme = (ROOT / "README.md").read_text("utf-8")
    (head,) = re.findall(r"^\| \| (by hand .*) \|$", readme, re.MULTILINE)
    for work, times in figures["steps"].items():
        (row,) = re.findall(rf"^\| {work}\b.*\|$", readme, re.MULTILINE | re.IGNORECASE)
        by_hand = times.pop("by hand")
        _, *cells = [cell.strip() for cell in row.strip("|").split("|")]
        said = dict(zip(head.split(" | "), cells, strict=True))
        assert said.pop("by hand") == speed.duration(by_hand)
        ratios = {name: f"{time / by_hand:.2f}" for name, time in times.items()}
        assert said == {name: ratios.get(name, "–") for name in said}


@pytest.mark.parametrize(
    "microseconds, said",
    [(0.614, "0.614 µs"), (37.59, "37.6 µs"), (2749, "2.75 ms"), (1.25e6, "1.25 s")],
)
def test_times_are_said_in_a_unit_that_fits(microseconds, said):
    assert speed.duration(microseconds) == said


def test_a_gpu_that_was_measured_is_shown(tmp_path, monkeypatch):
    monkeypatch.setattr(speed, "FILE", tmp_path / "results.json")
    assert "No GPU has been measured" in speed.MAKERS["speed-gpu"]("alt", None)
    found = {
        **{"device": "chip", "date": "2026-01-02", "command": "python it"},
        "steps": {"wide": {"by hand": 2000.0, "here": 2050.0, "share": 0.912}},
    }
    (tmp_path / "gpu.json").write_text(json.dumps(found))
    shown = speed.MAKERS["speed-gpu"]("alt", None)
    assert "On chip, 2026-01-02, by python it" in shown
    cells = re.findall(r"<td>(.*?)</td>", shown)
    assert cells == ["wide", "2 ms", "2.05 ms", "1.025", "91%"]


# What the page says in words must be true of the figures that it shows.


def test_a_step_takes_about_as_long_as_by_hand(figures):
    for times in figures["steps"].values():
        assert times["here"] < 1.15 * times["by hand"]


def test_a_small_step_is_faster_than_by_hand_and_faster_still_with_buffers(figures):
    times = figures["steps"]["xor"]
    names = ("here, with buffers", "here, a callable", "here", "by hand")
    ordered = [times[name] for name in names]
    assert ordered == sorted(ordered)
    assert ordered[0] < 0.9 * ordered[-1]


def test_buffers_take_more_memory_than_what_is_dropped(figures):
    memory = figures["memory"]
    assert memory["here"] < memory["here, with buffers"] < 1.5 * memory["here"]


def test_the_frameworks_take_many_times_as_long_for_xor(figures):
    times = figures["steps"]["xor"]
    for name in ("autograd", "PyTorch eager", "TensorFlow 1 session"):
        assert times[name] > 4 * times["by hand"]
    assert times["JAX jit"] < 2 * times["by hand"]


def test_frameworks_with_kernels_of_their_own_are_faster_at_convolutions(figures):
    times = figures["steps"]["lenet"]
    for name in ("PyTorch eager", "TensorFlow 1 session"):
        assert times[name] < times["here"]


def test_interpreting_costs_the_more_the_less_an_operation_computes(figures):
    xor, digits, transformer = (
        {name: time / times["by hand"] for name, time in times.items()}
        for times in map(figures["steps"].get, ("xor", "digits", "transformer"))
    )
    name = "here, interpreted"
    assert xor["the heart alone"] > xor[name] > 2 > digits[name] > 1.2
    assert xor[name] > transformer[name] > 1.2


def test_ten_times_as_many_operations_take_about_ten_times_as_long(figures):
    for rows in figures["scaling"].values():
        for phase in range(1, 5):
            # The figures are for each of n.
            assert 1 / 3 < rows[-1][phase] / rows[0][phase] < 3
            assert rows[-1][0] == 1000 * rows[0][0]


def test_the_first_gradient_is_here_long_before_the_others(figures):
    for times in figures["first"].values():
        for name in ("TensorFlow 1", "JAX"):
            for (n, ours), (m, theirs) in zip(times["here"], times[name]):
                assert n == m and (theirs is None or theirs > 5 * ours)
        (_, short), (_, long) = times["JAX"]
        assert long is None or long > 2 * 4 * short


def test_the_contenders_find_the_same_first_gradient():
    program = ROOT / "benchmarks" / "first.py"
    for shape in ("chain", "ladder"):
        found = []
        for name, package in [("here", "numpy"), ("JAX", "jax")]:
            needed(package)
            command = [sys.executable, program, name, shape, "5"]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found.append(json.loads(done.stdout)[0])
        assert found[0] == pytest.approx(found[1], rel=1e-12)


def test_memory_is_that_by_hand(figures):
    memory = figures["memory"]
    assert memory["here"] < 1.05 * memory["by hand"]


def test_a_compiled_loop_costs_nothing_beside_its_steps(figures):
    ratios = {
        work: times["here"] / times["by hand"]
        for work, times in figures["compiled"].items()
    }
    loop, call = (
        ratios[f"XOR, {how}"]
        for how in ("10,000 steps in a call", "a call for each step")
    )
    assert loop < 1.15 < call
    loop = figures["compiled"]["XOR, 10,000 steps in a call"]["here"]
    assert loop < figures["steps"]["xor"]["by hand"] / 10


def test_main_spends_its_time_in_training(figures):
    python, packages, modules, whole = figures["start"].values()
    assert whole - modules > whole / 2
    assert packages - python > modules - packages
