//! Areas and boundary lengths of overlaps by section integrals: worked out by hand, and against the overlay.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use geo_types::{LineString, MultiPolygon, Polygon};
use spatial::Polygons;
use spatial::section::{Measure, References, Scratch, Subject};

type Ring = Vec<[f64; 2]>;

fn rectangle(min: [f64; 2], max: [f64; 2]) -> Ring {
    vec![min, [max[0], min[1]], max, [min[0], max[1]], min]
}

fn moved(ring: &Ring, by: [f64; 2]) -> Ring {
    ring.iter().map(|p| [p[0] + by[0], p[1] + by[1]]).collect()
}

/// A feature of polygons, each a shell and its holes.
type Shape = Vec<Vec<Ring>>;

fn polygons(shapes: &[Shape]) -> Polygons {
    let mut polygons = Polygons::with_capacity(shapes.len(), 0);
    for (position, shape) in shapes.iter().enumerate() {
        let line = |ring: &Ring| LineString::from(ring.iter().map(|&[x, y]| (x, y)).collect::<Vec<_>>());
        let parts = shape.iter().map(|p| Polygon::new(line(&p[0]), p[1..].iter().map(line).collect()));
        polygons.place(position, &MultiPolygon(parts.collect()));
    }
    polygons
}

fn measure_with(subject: &Shape, reference: &Shape, scratch: &mut Scratch) -> Measure {
    let references = References::new(polygons(std::slice::from_ref(reference)));
    let subject = Subject::new(&polygons(std::slice::from_ref(subject)), 0);
    let (mut areas, mut measures) = (Vec::new(), Vec::new());
    subject.areas(&references, &[0], scratch, &mut areas);
    subject.measures(&references, &[0], scratch, &mut measures);
    assert_eq!(areas[0].to_bits(), measures[0].area_m2.to_bits());
    measures[0]
}

/// Asserts the overlap's area and boundary length: both ways round, eight, four and one at a time, here and far
/// away, and a quarter turn on.
fn assert_overlap(a: &Shape, b: &Shape, area_m2: f64, perimeter_m: f64) {
    let each = |shape: &Shape, f: &dyn Fn(&Ring) -> Ring| -> Shape {
        shape.iter().map(|polygon| polygon.iter().map(f).collect()).collect()
    };
    let far = |ring: &Ring| moved(ring, [2_600_000.0, 1_200_000.0]);
    let turned = |ring: &Ring| ring.iter().map(|p| [-p[1], p[0]]).collect();
    let places: [&dyn Fn(&Ring) -> Ring; 3] = [&|ring| ring.clone(), &far, &turned];
    for (place, f) in places.iter().enumerate() {
        for (a, b) in [(a, b), (b, a)] {
            let (a, b) = (each(a, f), each(b, f));
            for mut scratch in [Scratch::default(), Scratch::four(), Scratch::scalar()] {
                let found = measure_with(&a, &b, &mut scratch);
                let close = |x: f64, y: f64| (x - y).abs() < 1e-6 + 1e-9 * y.abs();
                assert!(
                    close(found.area_m2, area_m2) && close(found.perimeter_m, perimeter_m),
                    "{found:?} for {area_m2} m², {perimeter_m} m at place {place}"
                );
            }
        }
    }
}

fn square(x: f64, y: f64, side: f64) -> Shape {
    vec![vec![rectangle([x, y], [x + side, y + side])]]
}

#[test]
fn squares_that_cross() {
    assert_overlap(&square(0.0, 0.0, 10.0), &square(4.0, 7.0, 10.0), 18.0, 18.0);
}

#[test]
fn one_within_the_other() {
    assert_overlap(&square(0.0, 0.0, 10.0), &square(3.0, 3.0, 2.0), 4.0, 8.0);
}

#[test]
fn apart() {
    assert_overlap(&square(0.0, 0.0, 10.0), &square(30.0, 3.0, 2.0), 0.0, 0.0);
    // Their boxes overlap all the same.
    let bracket = vec![vec![vec![[0., 0.], [9., 0.], [9., 1.], [1., 1.], [1., 9.], [0., 9.], [0., 0.]]]];
    assert_overlap(&bracket, &square(3.0, 3.0, 2.0), 0.0, 0.0);
}

#[test]
fn the_same_twice() {
    assert_overlap(&square(0.0, 0.0, 10.0), &square(0.0, 0.0, 10.0), 100.0, 40.0);
}

#[test]
fn neighbours_share_a_border_and_no_overlap() {
    assert_overlap(&square(0.0, 0.0, 10.0), &square(10.0, 0.0, 10.0), 0.0, 0.0);
    assert_overlap(&square(0.0, 0.0, 10.0), &square(10.0, 4.0, 3.0), 0.0, 0.0);
    assert_overlap(&square(0.0, 0.0, 10.0), &square(10.0, 10.0, 5.0), 0.0, 0.0);
}

#[test]
fn borders_that_run_together() {
    // Both the left border and a part of the lower one are shared, run the same way, and count once.
    assert_overlap(&square(0.0, 0.0, 10.0), &square(0.0, 0.0, 4.0), 16.0, 16.0);
    let slanted = |to: f64| vec![vec![vec![[0., 0.], [to, to / 3.0], [0., 40.], [0., 0.]]]];
    // A triangle in another with the same lower border up to x = 12: area 40·12/2, sides 40, √(12²+4²), √(12²+36²).
    assert_overlap(&slanted(12.0), &slanted(30.0), 240.0, 40.0 + 160_f64.sqrt() + 1440_f64.sqrt());
}

#[test]
fn holes_on_both_sides() {
    let ring = |x: f64| vec![vec![rectangle([x, 0.], [x + 10., 10.]), rectangle([x + 2., 2.], [x + 8., 8.])]];
    // Shells share 5 × 10 m; the holes take all of their height 2 to 8, and leave two bars of 5 × 2 m.
    assert_overlap(&ring(0.0), &ring(5.0), 20.0, 28.0);
    // The reference fills the hole of the subject just so.
    assert_overlap(&ring(0.0), &square(2.0, 2.0, 6.0), 0.0, 0.0);
    // It reaches 1 m over the hole on all sides.
    assert_overlap(&ring(0.0), &square(1.0, 1.0, 8.0), 64.0 - 36.0, 32.0 + 24.0);
    // Equal with equal holes.
    assert_overlap(&ring(0.0), &ring(0.0), 64.0, 64.0);
}

#[test]
fn multipolygons() {
    let pair = vec![vec![rectangle([0., 0.], [4., 4.])], vec![rectangle([6., 0.], [10., 4.])]];
    let bar = vec![vec![rectangle([2., 1.], [8., 2.])]];
    assert_overlap(&pair, &bar, 4.0, 12.0);
    let bars = vec![vec![rectangle([2., 1.], [8., 2.])], vec![rectangle([-1., 3.], [11., 3.5])]];
    assert_overlap(&pair, &bars, 8.0, 12.0 + 18.0);
}

#[test]
fn a_small_triangle_in_a_vast_square() {
    let triangle = vec![vec![vec![[0., 0.], [3., 0.], [0., 4.], [0., 0.]]]];
    assert_overlap(&triangle, &square(-100_000.0, -100_000.0, 200_000.0), 6.0, 12.0);
}

#[test]
fn edges_that_hardly_run_sideways() {
    // Leaning by less than a nanometre counts as any other slope.
    let lean = |x: f64| vec![vec![vec![[x, 0.], [x + 5., 0.], [x + 5. + 4e-10, 10.], [x, 10.], [x, 0.]]]];
    assert_overlap(&lean(0.0), &lean(2.0), 30.0, 26.0);
    // And exactly along the direction in which the engine shears its plane.
    let k = 0.006_180_339_887_498_949;
    let along =
        |x: f64| vec![vec![vec![[x, 0.], [x + 5., 0.], [x + 5. - 8. * k, 8.], [x - 8. * k, 8.], [x, 0.]]]];
    assert_overlap(&along(0.0), &along(2.0), 24.0, 6.0 + 16.0 * (1.0 + k * k).sqrt());
}

#[test]
fn what_is_not_there_measures_nothing() {
    let references = References::new(polygons(&[square(0.0, 0.0, 1.0), vec![]]));
    let subjects = polygons(&[square(0.0, 0.0, 1.0), vec![]]);
    let mut measures = Vec::new();
    for subject in [0, 1, 7] {
        Subject::new(&subjects, subject).measures(
            &references,
            &[1, 9],
            &mut Scratch::default(),
            &mut measures,
        );
        assert_eq!(measures, [Measure::default(); 2]);
    }
    Subject::new(&subjects, 1).measures(&references, &[0], &mut Scratch::default(), &mut measures);
    assert_eq!(measures, [Measure::default()]);
}
