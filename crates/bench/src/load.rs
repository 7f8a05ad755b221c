//! A workload file into memory: one copy of the coordinates, neighbours beside neighbours.

use spatial::{Envelope, Polygons};

use crate::hilbert;
use crate::problem::Problem;
use crate::ragged::{Ragged, Shape};

/// Reads every feature twice, for its box and then for its place, and never holds the file.
pub(crate) fn polygons(file: &Ragged) -> Result<Polygons, Problem> {
    let mut shape = Shape::default();
    let mut boxes = Vec::with_capacity(file.len());
    for feature in 0..file.len() {
        file.read(feature, &mut shape)?;
        boxes.push(Envelope::of(shape.coords().iter().copied()));
    }
    let mut polygons = Polygons::with_capacity(file.len(), file.vertices());
    for feature in hilbert::order(&boxes) {
        file.read(feature, &mut shape)?;
        polygons.place_rings(feature, shape.rings());
    }
    Ok(polygons)
}

#[cfg(test)]
mod tests {
    use super::polygons;
    use crate::ragged::Ragged;
    use crate::ragged::tests::{SQUARE, write};

    #[test]
    fn features_keep_their_positions_and_are_turned() {
        let moved = |dx: f64| SQUARE.map(|[x, y]| [x + dx, y]);
        let (one, two, three) = (moved(100.0), moved(0.0), moved(50.0));
        let clockwise: Vec<[f64; 2]> = two.iter().rev().copied().collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cells.bin");
        write(&path, &[&[&[&one]], &[&[&clockwise]], &[&[&three]]]);
        let polygons = polygons(&Ragged::open(&path).unwrap()).unwrap();
        assert_eq!((polygons.len(), polygons.vertex_count()), (3, 15));
        assert_eq!(polygons.envelope(0).map(|e| e.min[0]), Some(100.0));
        assert_eq!(polygons.rings(1).next().map(|ring| ring.coords.to_vec()), Some(two.to_vec()));
        assert_eq!(polygons.envelope(2).map(|e| e.max[0]), Some(54.0));
    }
}
