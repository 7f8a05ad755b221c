//! GEOS through its C interface, in two ways: the plain intersection of every pair, and the best way that its
//! predicates on prepared geometries give.

use geos::{CoordSeq, CoordType, Geom, Geometry, GeometryTypes, PreparedGeometry};

use super::{Job, peer};
use crate::pairs::Pairs;
use crate::problem::Problem;
use crate::ragged::Shape;
use crate::share::{Share, numbers_path, write_numbers};

/// `area(intersection(zone, cell))` for every pair; the boundary lengths are taken afterwards, untimed.
pub(crate) fn plain(job: &Job) -> Result<Share, Problem> {
    let pairs = Pairs::read(&job.pairs())?;
    let made = peer::make(job, &pairs, geometry)?;
    let mut shapes = Vec::with_capacity(pairs.len());
    let (mut figure, areas_m2) = peer::measure(&made, &pairs, |zone, cells, areas| {
        for cell in cells {
            let shape = zone.intersection(*cell).ok();
            areas.push(shape.as_ref().and_then(|shape| shape.area().ok()).unwrap_or(f64::NAN));
            shapes.push(shape);
        }
    });
    "plain intersection and its area".clone_into(&mut figure.includes);
    peer::keep_areas(job, "geos", &mut figure, &areas_m2)?;
    let perimeters: Vec<f64> =
        shapes.iter().map(|shape| shape.as_ref().map_or(f64::NAN, perimeter_m)).collect();
    figure.has_perimeters = true;
    write_numbers(&numbers_path(&job.folder, "geos", &figure.name, "perimeters"), &perimeters)?;
    Ok(Share { engine: "geos".to_owned(), version: version(), figures: vec![figure] })
}

/// The zone prepared: nothing where the two do not meet, the cell's area where the zone covers it, else the
/// intersection's.
pub(crate) fn prepared(job: &Job) -> Result<Share, Problem> {
    let pairs = Pairs::read(&job.pairs())?;
    let made = peer::make(job, &pairs, geometry)?;
    let (mut figure, areas_m2) = peer::measure(&made, &pairs, |zone, cells, areas| {
        let ready = zone.to_prepared_geom().ok();
        areas.extend(cells.iter().map(|cell| {
            ready.as_ref().and_then(|ready| prepared_area(ready, zone, cell).ok()).unwrap_or(f64::NAN)
        }));
    });
    "prepared zone: intersects, covers, else intersection; area".clone_into(&mut figure.includes);
    peer::keep_areas(job, "geos-prepared", &mut figure, &areas_m2)?;
    Ok(Share { engine: "geos-prepared".to_owned(), version: version(), figures: vec![figure] })
}

/// The area of one overlap with a prepared zone.
pub(crate) fn prepared_area(
    ready: &PreparedGeometry,
    zone: &Geometry,
    cell: &Geometry,
) -> geos::GResult<f64> {
    if !ready.intersects(cell)? {
        Ok(0.0)
    } else if ready.covers(cell)? {
        cell.area()
    } else {
        zone.intersection(cell)?.area()
    }
}

/// Length of the rings of what has area; lines along which the two only touch do not count.
fn perimeter_m(shape: &Geometry) -> f64 {
    let whole = shape.length().unwrap_or(f64::NAN);
    match shape.geometry_type() {
        Ok(GeometryTypes::Polygon | GeometryTypes::MultiPolygon) => whole,
        Ok(GeometryTypes::GeometryCollection) => (0..shape.get_num_geometries().unwrap_or(0))
            .filter_map(|k| shape.get_geometry_n(k).ok())
            .filter(|part| part.area().is_ok_and(|area| area > 0.0))
            .filter_map(|part| part.length().ok())
            .sum(),
        _ => 0.0,
    }
}

/// A feature as GEOS holds it.
pub(crate) fn geometry(shape: &Shape) -> Result<Geometry, Problem> {
    let make = || -> geos::GResult<Geometry> {
        let mut polygons = Vec::new();
        let mut open: Option<(Geometry, Vec<Geometry>)> = None;
        for (ring, is_hole) in shape.rings() {
            let line = linear_ring(ring)?;
            match &mut open {
                Some((_, holes)) if is_hole => holes.push(line),
                _ => {
                    if let Some((shell, holes)) = open.replace((line, Vec::new())) {
                        polygons.push(Geometry::create_polygon(shell, holes)?);
                    }
                }
            }
        }
        if let Some((shell, holes)) = open {
            polygons.push(Geometry::create_polygon(shell, holes)?);
        }
        match polygons.len() {
            1 => polygons.pop().map_or_else(Geometry::create_empty_polygon, Ok),
            _ => Geometry::create_multipolygon(polygons),
        }
    };
    make().map_err(|error| Problem::Engine { engine: "geos".to_owned(), what: error.to_string() })
}

fn linear_ring(ring: &[[f64; 2]]) -> geos::GResult<Geometry> {
    let coords = CoordSeq::new_from_buffer(ring.as_flattened(), ring.len(), CoordType::XY)?;
    Geometry::create_linear_ring(coords)
}

/// What the linked library calls itself.
pub(crate) fn version() -> String {
    format!("GEOS {}", geos::version().unwrap_or_else(|_| "unknown".to_owned()))
}
