//! Which figures must agree with which, and within what.

use std::path::Path;

use super::Run;
use crate::agreement::{self, AREA, Agreement, Bound, Column, PERIMETER, SHAPE, compare};
use crate::pairs::Pairs;
use crate::problem::Problem;

/// The engines that compute on f64 without a grid of their own that could be felt; ours must agree with both.
const EXACT: [&str; 2] = ["geos geometry", "i-overlay geometry"];

/// Compares every column with the exact engines; what must agree and does not becomes a failure.
pub(super) fn judge(folder: &Path, pairs: &Pairs, run: &mut Run) -> Result<(), Problem> {
    let areas = columns(folder, pairs, run, "areas")?;
    for column in &areas {
        run.sums.push((column.name.clone(), column.overlaps(), column.sum()));
    }
    self_check(&areas, pairs, run);
    for exact in areas.iter().filter(|column| EXACT.contains(&column.name.as_str())) {
        for column in areas.iter().filter(|column| column.name != exact.name) {
            let bound =
                if column.name.starts_with("ours") && column.name != "ours geometry" { AREA } else { SHAPE };
            let agreement = compare(column, exact, bound, pairs);
            keep(agreement, run);
        }
    }
    perimeters(folder, pairs, run)
}

/// Our areas against the areas of our own shapes, which come about in another way.
fn self_check(areas: &[Column], pairs: &Pairs, run: &mut Run) {
    let of = |name: &str| areas.iter().find(|column| column.name == name);
    if let (Some(one), Some(other)) = (of("ours areas"), of("ours geometry")) {
        keep(compare(one, other, SHAPE, pairs), run);
    }
}

/// Adds it to the report; where it is ours that differs, to the failures too.
fn keep(agreement: Agreement, run: &mut Run) {
    if agreement.one.starts_with("ours") && (agreement.beyond > 0 || agreement.lost > 0) {
        run.failures.push(format!(
            "{} against {}: {} pairs beyond the bound, {} lost",
            agreement.one, agreement.other, agreement.beyond, agreement.lost
        ));
    }
    run.agreements.push(agreement);
}

/// Boundary lengths are compared where GEOS finds an overlap.
fn perimeters(folder: &Path, pairs: &Pairs, run: &mut Run) -> Result<(), Problem> {
    let lengths = columns(folder, pairs, run, "perimeters")?;
    let Some(exact) = lengths.iter().find(|column| column.name == EXACT[0]) else { return Ok(()) };
    let bound: Bound = PERIMETER;
    for column in lengths.iter().filter(|column| column.name.starts_with("ours")) {
        let mut agreement = compare(column, exact, bound, pairs);
        agreement.one.push_str(", boundary m");
        agreement.lost = 0;
        run.agreements.push(agreement);
    }
    Ok(())
}

fn columns(folder: &Path, pairs: &Pairs, run: &Run, quantity: &str) -> Result<Vec<Column>, Problem> {
    let mut columns = Vec::new();
    for share in &run.shares {
        for figure in &share.figures {
            columns.extend(agreement::column(folder, share, &figure.name, quantity, pairs)?);
        }
    }
    Ok(columns)
}
