//! GEO-06, datum shift missing: a zone whose border runs beside the plan's lines, off by as much as VN-2000 without its
//! seven parameters is off WGS 84 (222–226 m to the west-north-west), matches them when it is moved by that.

use geo_types::{Geometry, LineString, MultiLineString};
use spatial::Crs;
use spatial::crs::Transformation;
use spatial::distance::Shape;

use crate::check::{Conflict, Draft, Report, Scene, ZoneContext};
use crate::{DatumRule, FixAction, Parameter, Parameters};

pub(super) const ID: &str = "GEO-06";

/// How far around a zone lines of the plan are looked at, m: the shift and the tolerance fit in.
const REACH_M: f64 = 300.0;
/// Points at equal distances on the border that are held against the plan's lines.
const SAMPLES: u32 = 96;
/// VN-2000, longitude and latitude.
const VN2000: u32 = 4756;

/// A finding where much more of the border lies on lines of the plan after the shift than before.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let (Some(rule), Some(plan)) = (&scene.pack.rules.geo_06, &context.plan) else { return };
    let samples = samples(&context.surroundings.rings());
    let Some([x, y]) = context.region.inner_point().and_then(|place| shift(context.crs(), place)) else {
        return;
    };
    let Some(lines) = lines(&context.surroundings.plan_rings(REACH_M)) else { return };
    let before = matching(&samples, [0.0, 0.0], &lines, rule);
    if before + rule.min_gain > 1.0 {
        return;
    }
    let moved = [[x, y], [-x, -y]].map(|by| (matching(&samples, by, &lines, rule), by));
    let (after, by) = if moved[0].0 >= moved[1].0 { moved[0] } else { moved[1] };
    if after < rule.min_share_shifted || after - before < rule.min_gain {
        return;
    }
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("d", Parameter::Number(x.hypot(y)))
        .with("azimuth", Parameter::Number(by[0].atan2(by[1]).to_degrees().rem_euclid(360.0)))
        .with("before", Parameter::Number(before * 100.0))
        .with("after", Parameter::Number(after * 100.0))
        .with("tolerance", Parameter::Number(rule.tolerance_m));
    let tolerance = scene.tolerance(context.entry.scale, plan.collection.info.scale);
    report.add(
        scene,
        Draft {
            region: Some(context.region.clone()),
            conflict: Some(Conflict { share: None, tolerance }),
            fix: Some(FixAction::Shift { easting_m: by[0], northing_m: by[1] }),
            ..Draft::of_zone(ID, rule.severity, parameters, context)
        },
    );
}

/// Where a place of VN-2000 goes when its longitude and latitude are taken for WGS 84, less where it was, m.
fn shift(crs: &Crs, place: [f64; 2]) -> Option<[f64; 2]> {
    let vn2000 = Crs::from_epsg(VN2000).ok()?;
    let degrees = Transformation::new(crs, &vn2000).ok()?.point(place)?;
    let moved = Transformation::new(&Crs::wgs84(), crs).ok()?.point(degrees)?;
    Some([moved[0] - place[0], moved[1] - place[1]])
}

fn lines(rings: &[&[[f64; 2]]]) -> Option<Shape> {
    let line = |ring: &&[[f64; 2]]| LineString::from_iter(ring.iter().map(|&[x, y]| (x, y)));
    Shape::new(&Geometry::MultiLineString(MultiLineString(rings.iter().map(line).collect())))
}

/// Share of the samples that lie within the tolerance of a line after a move.
fn matching(samples: &[[f64; 2]], by: [f64; 2], lines: &Shape, rule: &DatumRule) -> f64 {
    let near = |&[x, y]: &[f64; 2]| {
        Shape::point([x + by[0], y + by[1]]).is_some_and(|point| point.is_within(lines, rule.tolerance_m))
    };
    let matching = samples.iter().filter(|sample| near(sample)).count();
    if samples.is_empty() { 0.0 } else { matching as f64 / samples.len() as f64 }
}

/// Points at equal distances along all rings.
fn samples(rings: &[&[[f64; 2]]]) -> Vec<[f64; 2]> {
    let edges = || rings.iter().flat_map(|ring| ring.windows(2));
    let length = |edge: &[[f64; 2]]| (edge[1][0] - edge[0][0]).hypot(edge[1][1] - edge[0][1]);
    let step_m = edges().map(length).fold(0.0, std::ops::Add::add) / f64::from(SAMPLES);
    let (mut samples, mut walked_m, mut next_m) = (Vec::new(), 0.0, step_m / 2.0);
    for edge in edges() {
        let length_m = length(edge);
        while length_m > 0.0 && next_m <= walked_m + length_m {
            let t = (next_m - walked_m) / length_m;
            samples.push([0, 1].map(|k| edge[0][k] + (edge[1][k] - edge[0][k]) * t));
            next_m += step_m;
        }
        walked_m += length_m;
    }
    samples
}
