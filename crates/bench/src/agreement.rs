//! Whether two engines say the same of every pair.

use std::fmt;
use std::path::Path;

use serde::Serialize;

use crate::pairs::Pairs;
use crate::problem::Problem;
use crate::share::{Share, numbers_path, read_numbers};

/// How far two numbers for a pair may lie apart: so much, and so much of the number itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Bound {
    pub(crate) absolute: f64,
    pub(crate) relative: f64,
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:e}", self.absolute)?;
        if self.relative > 0.0 { write!(f, " + {:e} of it", self.relative) } else { Ok(()) }
    }
}

/// For areas of exact engines, m²: what is left is rounding.
pub(crate) const AREA: Bound = Bound { absolute: 1e-6, relative: 1e-9 };
/// For the area of a shape whose vertices were snapped to a grid of a micrometre, m².
pub(crate) const SHAPE: Bound = Bound { absolute: 1e-3, relative: 0.0 };

/// For lengths of the boundary of an overlap, m.
pub(crate) const PERIMETER: Bound = Bound { absolute: 1e-3, relative: 1e-6 };

/// An overlap that no engine may lose covers more than this, m²: a square of 1 mm. Below lies what rounding
/// leaves along shared borders.
pub(crate) const OVERLAP_M2: f64 = 1e-6;

/// The numbers of one figure of one engine.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) numbers: Vec<f64>,
}

/// One column against another.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Agreement {
    pub(crate) one: String,
    pub(crate) other: String,
    /// How far apart they may be.
    pub(crate) bound: Bound,
    /// Largest difference, in the unit of the numbers.
    pub(crate) largest: f64,
    /// The pair (zone, cell) where it is.
    pub(crate) at: (usize, usize),
    /// Pairs whose difference is beyond the bound (or no number).
    pub(crate) beyond: usize,
    /// Pairs that overlap by the other and not by the one.
    pub(crate) lost: usize,
    /// Sum of the one's numbers less the sum of the other's.
    pub(crate) sum_difference: f64,
}

/// Reads a column that an engine left.
pub(crate) fn column(
    folder: &Path,
    share: &Share,
    figure: &str,
    quantity: &str,
    pairs: &Pairs,
) -> Result<Option<Column>, Problem> {
    let has = share
        .figure(figure)
        .is_some_and(|f| if quantity == "areas" { f.has_areas } else { f.has_perimeters });
    if !has {
        return Ok(None);
    }
    let path = numbers_path(folder, &share.engine, figure, quantity);
    let numbers = read_numbers(&path)?;
    if numbers.len() != pairs.len() {
        return Err(Problem::content(&path, format!("{} numbers for {} pairs", numbers.len(), pairs.len())));
    }
    Ok(Some(Column { name: format!("{} {figure}", share.engine), numbers }))
}

impl Column {
    /// How many pairs overlap.
    pub(crate) fn overlaps(&self) -> usize {
        self.numbers.iter().filter(|&&area_m2| area_m2 > OVERLAP_M2).count()
    }

    /// The sum over all pairs.
    pub(crate) fn sum(&self) -> f64 {
        self.numbers.iter().sum()
    }
}

/// Compares two columns pair for pair.
pub(crate) fn compare(one: &Column, other: &Column, bound: Bound, pairs: &Pairs) -> Agreement {
    let mut agreement =
        Agreement { one: one.name.clone(), other: other.name.clone(), bound, ..Agreement::default() };
    let mut worst = None;
    for (pair, (&a, &b)) in one.numbers.iter().zip(&other.numbers).enumerate() {
        // No number at all is as far apart as can be.
        let apart = if (a - b).is_nan() { f64::INFINITY } else { (a - b).abs() };
        if apart > bound.absolute + bound.relative * b.abs() {
            agreement.beyond += 1;
        }
        if b > OVERLAP_M2 && (a.is_nan() || a <= OVERLAP_M2 / 2.0) {
            agreement.lost += 1;
        }
        if worst.is_none() || apart > agreement.largest {
            agreement.largest = apart;
            worst = Some(pair);
        }
    }
    agreement.at = worst.map_or((0, 0), |pair| pairs.name(pair));
    agreement.sum_difference = one.sum() - other.sum();
    agreement
}

#[cfg(test)]
mod tests {
    use super::{AREA, Column, compare};
    use crate::pairs::Pairs;

    fn column(name: &str, numbers: &[f64]) -> Column {
        Column { name: name.to_owned(), numbers: numbers.to_vec() }
    }

    #[test]
    fn what_differs_and_what_is_lost_is_counted() {
        let mut pairs = Pairs::new();
        pairs.add(0, &[5, 6]);
        pairs.add(4, &[7, 8, 9]);
        // Within the bound by its size; beyond; lost; no number; nothing in both.
        let other = column("other", &[1e6, 2.0, 0.5, 3.0, 0.0]);
        let one = column("one", &[1e6 + 9e-4, 2.1, 0.0, f64::NAN, 1e-9]);
        let found = compare(&one, &other, AREA, &pairs);
        assert_eq!((found.beyond, found.lost, found.at), (3, 2, (4, 8)));
        assert_eq!((one.overlaps(), other.overlaps()), (2, 4));
        let near = compare(&column("near", &[1e6, 2.0, 0.5, 3.25, 0.0]), &other, AREA, &pairs);
        assert_eq!((near.largest, near.at, near.sum_difference), (0.25, (4, 8), 0.25));
    }
}
