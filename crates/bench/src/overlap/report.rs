//! What a run has to tell, as text.

use std::fmt::Write;

use super::Run;
use crate::share::{Figure, Share};
use crate::table::Table;

/// The whole report.
pub(super) fn text(run: &Run) -> String {
    let mut text = format!(
        "{}\n{} cells with {} vertices, {} zones with {}; every {}. zone taken: {} zones, {} candidates\n\n",
        run.processor,
        run.cells,
        run.cell_vertices,
        run.zones,
        run.zone_vertices,
        run.every,
        run.zones_taken,
        run.candidates
    );
    text.push_str(&likeness(run));
    let _ = writeln!(text, "Engine time, CPU of one process on one thread\n{}", engines(run));
    let _ = writeln!(text, "Ours, step by step\n{}", steps(run));
    text.push_str(&memory(run));
    let _ = writeln!(text, "\nAgreement (areas in m² unless said)\n{}", agreements(run));
    let _ = writeln!(text, "Overlaps and sums\n{}", sums(run));
    for share in &run.shares {
        let _ = writeln!(text, "{}: {}", share.engine, share.version);
    }
    for (engine, why) in &run.absent {
        let _ = writeln!(text, "LEFT OUT {engine}: {why}");
    }
    for failure in &run.failures {
        let _ = writeln!(text, "FAILED {failure}");
    }
    text
}

/// What `workload.py 200000 5000` gives with every 4th zone: vertices of the cells, candidates, overlaps.
const PYTHON: [usize; 3] = [29_040_895, 37_725, 22_353];

/// How near a workload of that size comes to the one that the figures of others were measured on.
fn likeness(run: &Run) -> String {
    if (run.cells, run.zones, run.every) != (200_000, 5_000, 4) {
        return String::new();
    }
    let overlaps = run.sums.first().map_or(0, |(_, overlaps, _)| *overlaps);
    let mut text = "Against workload.py 200000 5000:".to_owned();
    for ((name, ours), theirs) in
        [("vertices", run.cell_vertices), ("candidates", run.candidates), ("overlaps", overlaps)]
            .into_iter()
            .zip(PYTHON)
    {
        let more = (ours as f64 / theirs as f64 - 1.0) * 100.0;
        let _ = write!(text, " {name} {ours} for {theirs} ({more:+.1} %)");
    }
    text + "\n\n"
}

/// A line for each engine's whole work over the candidates, with the ratio to GEOS and DuckDB: how many times
/// the other's time this one goes into.
fn engines(run: &Run) -> String {
    let of = |engine: &str| find(run, engine, "geometry").map(|figure| figure.cost.cpu_s);
    let (geos, prepared, duckdb) = (of("geos"), of("geos-prepared"), of("duckdb"));
    let faster = geos.into_iter().chain(prepared).reduce(f64::min);
    let mut table = Table::new(&[
        "engine",
        "CPU s",
        "µs/candidate",
        "× GEOS plain",
        "× GEOS faster",
        "× DuckDB",
        "peak MB",
        "time includes",
    ]);
    for share in &run.shares {
        let whole = |figure: &&Figure| matches!(figure.name.as_str(), "areas" | "measures" | "geometry");
        for figure in share.figures.iter().filter(whole) {
            let ratio = |other: Option<f64>| {
                other.map_or_else(|| "-".to_owned(), |other| format!("{:.1}", other / figure.cost.cpu_s))
            };
            table.add([
                name(share, figure),
                format!("{:.4}", figure.cost.cpu_s),
                format!("{:.3}", figure.us_each()),
                ratio(geos),
                ratio(faster),
                ratio(duckdb),
                format!("{:.0}", figure.peak_bytes as f64 / 1e6),
                figure.includes.clone(),
            ]);
        }
    }
    table.text()
}

fn name(share: &Share, figure: &Figure) -> String {
    if share.engine == "ours" { format!("ours, {}", figure.name) } else { share.engine.clone() }
}

fn steps(run: &Run) -> String {
    let mut table = Table::new(&["step", "CPU s", "wall s", "count", "µs each", "peak MB", "time includes"]);
    for figure in run.shares.iter().filter(|share| share.engine == "ours").flat_map(|share| &share.figures) {
        table.add([
            figure.name.clone(),
            format!("{:.4}", figure.cost.cpu_s),
            format!("{:.4}", figure.cost.wall_s),
            figure.count.to_string(),
            format!("{:.3}", figure.us_each()),
            format!("{:.0}", figure.peak_bytes as f64 / 1e6),
            figure.includes.clone(),
        ]);
    }
    table.text()
}

/// Memory and threads, the two figures that stand for themselves.
fn memory(run: &Run) -> String {
    let mut text = String::new();
    if let Some(areas) = find(run, "ours", "areas") {
        let peak = areas.peak_bytes as f64;
        let zones = run.zone_vertices * 16;
        let _ = writeln!(
            text,
            "Peak memory of the process from loading to areas: {:.1} MB = {:.3} × the cells' raw f64 coordinates \
             ({:.1} MB), {:.3} × the cells' and zones' ({:.1} MB)",
            peak / 1e6,
            peak / run.raw_bytes as f64,
            run.raw_bytes as f64 / 1e6,
            peak / (run.raw_bytes + zones) as f64,
            (run.raw_bytes + zones) as f64 / 1e6,
        );
    }
    let wall = |name: &str| find(run, "ours", name).map(|figure| figure.cost.wall_s);
    if let (Some(one), Some(two)) = (wall("all zones, 1 thread"), wall("all zones, 2 threads")) {
        let _ = writeln!(
            text,
            "All {} zones: {one:.4} s on one thread, {two:.4} s on two, {:.3} of it (time on the clock)",
            run.zones,
            two / one
        );
    }
    text
}

fn agreements(run: &Run) -> String {
    let mut table = Table::new(&[
        "engine",
        "against",
        "largest difference",
        "zone/cell",
        "bound",
        "beyond",
        "lost",
        "sum differs by",
    ]);
    for a in &run.agreements {
        table.add([
            a.one.clone(),
            a.other.clone(),
            format!("{:.3e}", a.largest),
            format!("{}/{}", a.at.0, a.at.1),
            a.bound.to_string(),
            a.beyond.to_string(),
            a.lost.to_string(),
            format!("{:.3e}", a.sum_difference),
        ]);
    }
    table.text()
}

fn sums(run: &Run) -> String {
    let mut table = Table::new(&["engine", "overlaps", "sum ha"]);
    for (name, overlaps, sum_m2) in &run.sums {
        table.add([name.clone(), overlaps.to_string(), format!("{:.9}", sum_m2 / 1e4)]);
    }
    table.text()
}

fn find<'a>(run: &'a Run, engine: &str, figure: &str) -> Option<&'a Figure> {
    run.shares.iter().find(|share| share.engine == engine)?.figure(figure)
}
