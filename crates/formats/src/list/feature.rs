//! A zone of a list as a feature.

use geo_types::{Geometry, LineString};
use serde_json::{Number, Value};

use super::assemble::{Ring, Zone};
use super::judge::{self, Remark};
use super::nest;
use crate::json::Fault;
use crate::nfc::nfc;
use crate::read::doubled_area;
use crate::read::draft::Draft;
use crate::read::intake::Intake;
use crate::read::source::Place;
use crate::{Limits, NoteKind};

/// Rings of one zone: each is held against each.
const MOST_RINGS: usize = 1_000;
/// Of how few points a ring encloses something.
const FEWEST: usize = 3;

/// Fills a draft; the error is what leaves the zone out, with its row.
pub(super) fn fill(
    draft: &mut Draft,
    mut zone: Zone,
    sheet: &str,
    intake: &mut Intake<'_>,
) -> Result<(), (usize, Fault)> {
    if let Some((line, reason)) = &zone.bad {
        return Err((*line, Fault::new(0, NoteKind::BadPosition, reason.clone())));
    }
    let mut remarks = without_short_rings(&mut zone);
    check(&zone, intake.limits)?;
    remarks.extend(zone.rings.iter().flat_map(|ring| ring_remarks(ring, &zone)));
    let rings = zone.rings.iter().map(|ring| ring.points.iter().map(|point| point.at).collect());
    let (geometry, holes) = nest::nest(rings.collect());
    remarks.extend(holes.into_iter().filter_map(|hole| {
        let line = zone.rings.get(hole)?.points.first()?.line;
        let message = "this ring lies inside another of its zone: it was taken as a hole".to_owned();
        Some(Remark { kind: NoteKind::RingAsHole, line, message })
    }));
    let border_m = zone.rings.iter().map(judge::border_m).sum();
    let area_m2 = area_m2(&geometry);
    remarks.extend(zone.area.and_then(|area| judge::area(&area, area_m2, border_m, &zone)));
    say(remarks, &zone, sheet, intake);
    properties(draft, &zone, sheet, area_m2);
    draft.geometry = Some(geometry);
    Ok(())
}

fn say(remarks: Vec<Remark>, zone: &Zone, sheet: &str, intake: &mut Intake<'_>) {
    let sheet = Some(sheet).filter(|sheet| !sheet.is_empty()).map(|sheet| format!("sheet \"{sheet}\""));
    let whose: Vec<String> = sheet.into_iter().chain(zone.name.clone()).collect();
    let whose = if whose.is_empty() { String::new() } else { format!("{}: ", whose.join(", ")) };
    for Remark { kind, line, message } in remarks {
        intake.note(kind, Place::at_line(line), format!("{whose}{message}"));
    }
}

/// Leaves out rings that enclose nothing.
fn without_short_rings(zone: &mut Zone) -> Vec<Remark> {
    let mut remarks = Vec::new();
    zone.rings.retain(|ring| {
        let (count, line) = (ring.points.len(), ring.points.first().map_or(0, |point| point.line));
        if count < FEWEST && count > 0 {
            let message = format!("a ring of {count} points encloses nothing: it was left out");
            remarks.push(Remark { kind: NoteKind::RingLeftOut, line, message });
        }
        count >= FEWEST
    });
    remarks
}

fn check(zone: &Zone, limits: &Limits) -> Result<(), (usize, Fault)> {
    let fault = |kind, reason: String| Err((zone.line, Fault::new(0, kind, reason)));
    let points: usize = zone.rings.iter().map(|ring| ring.points.len()).sum();
    if zone.rings.is_empty() {
        return fault(NoteKind::BadGeometry, "no ring has three points or more".to_owned());
    }
    if zone.rings.len() > MOST_RINGS {
        return fault(NoteKind::TooManyVertices, format!("more than {MOST_RINGS} rings in one zone"));
    }
    if points as u64 > limits.vertices {
        return fault(NoteKind::TooManyVertices, format!("more than {} positions", limits.vertices));
    }
    Ok(())
}

/// What there is to say of a ring.
fn ring_remarks(ring: &Ring, zone: &Zone) -> Vec<Remark> {
    let open = ring.points.last().filter(|_| !ring.closed).map(|last| Remark {
        kind: NoteKind::UnclosedRing,
        line: last.line,
        message: "the ring does not come back to its first point: it was closed".to_owned(),
    });
    let area = ring.area.and_then(|area| {
        let coordinates = ring.points.iter().chain(ring.points.first()).map(|point| point.at).collect();
        let computed_m2 = doubled_area(&LineString(coordinates)).abs() / 2.0;
        judge::area(&area, computed_m2, judge::border_m(ring), zone)
    });
    let sides = judge::sides(ring, zone.decimals, zone.mark);
    open.into_iter().chain(judge::repeated(ring)).chain(sides).chain(area).collect()
}

fn area_m2(geometry: &Geometry<f64>) -> f64 {
    let of = |ring: &LineString<f64>| doubled_area(ring).abs() / 2.0;
    let polygons = match geometry {
        Geometry::Polygon(polygon) => std::slice::from_ref(polygon),
        Geometry::MultiPolygon(polygons) => polygons.0.as_slice(),
        _ => &[],
    };
    polygons.iter().map(|one| of(one.exterior()) - one.interiors().iter().map(of).sum::<f64>()).sum()
}

fn properties(draft: &mut Draft, zone: &Zone, sheet: &str, computed_m2: f64) {
    let mut put = |name: &str, text: Option<&str>| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let text = nfc(text.into(), &mut draft.remarks.normalised);
            draft.properties.insert(name.to_owned(), Value::String(text));
        }
    };
    put("name", zone.name.as_deref());
    put("sheet", Some(sheet));
    let labels = zone
        .rings
        .iter()
        .map(|ring| ring.points.iter().map(|point| point.label.as_str()).collect::<Vec<_>>().join(" "));
    let labels = labels.collect::<Vec<_>>().join("; ");
    put("point_numbers", Some(labels.as_str()).filter(|labels| labels.chars().any(char::is_alphanumeric)));
    let stated = zone.area.and_then(|area| area.nearest_m2(zone.mark, computed_m2));
    if let Some(area_ha) = stated.and_then(|(area_m2, _)| Number::from_f64(area_m2 / 10_000.0)) {
        draft.properties.insert("declared_area_ha".to_owned(), Value::Number(area_ha));
    }
}

#[cfg(test)]
mod tests {
    use geo_types::Coord;

    use super::*;

    #[test]
    fn areas_leave_holes_out() {
        let square = |from: f64, to: f64| {
            let corners = [[from, from], [to, from], [to, to], [from, to]];
            corners.map(|[x, y]| Coord { x, y }).to_vec()
        };
        let (geometry, holes) = nest::nest(vec![square(0.0, 10.0), square(2.0, 4.0), square(20.0, 21.0)]);
        assert_eq!((area_m2(&geometry), holes), (100.0 - 4.0 + 1.0, vec![1]));
        assert!(matches!(geometry, Geometry::MultiPolygon(polygons) if polygons.0.len() == 2));
    }
}
