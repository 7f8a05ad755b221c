//! From sets of atoms to polygons: shells counter-clockwise, holes clockwise, parts that touch only at a vertex apart.

use std::collections::BTreeMap;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::{Labels, PlanarMap};
use crate::mesh::NONE;
use crate::plane::{Point, shoelace, turn};

/// A ring as positions in [`PlanarMap::points`], not closed.
pub(crate) type Ring = Vec<u32>;

/// A connected part: shell first, then holes.
pub(crate) type Part = Vec<Ring>;

/// A directed edge with the part on its left.
#[derive(Clone, Copy)]
struct Edge {
    from: u32,
    to: u32,
    part: u32,
}

/// The parts of every label of a layer.
pub(crate) fn layer(map: &PlanarMap, label: impl Fn(&Labels) -> u32) -> BTreeMap<u32, Vec<Part>> {
    let of = |atom: u32| if atom == NONE { NONE } else { label(&map.atoms[atom as usize]) };
    let part = parts_of_atoms(map, |a, b| of(a) == of(b));
    let mut edges: BTreeMap<u32, Vec<Edge>> = BTreeMap::new();
    for s in map.segments.iter().filter(|s| of(s.left) != of(s.right)) {
        for (atom, from, to) in [(s.left, s.a, s.b), (s.right, s.b, s.a)] {
            if of(atom) != NONE {
                edges.entry(of(atom)).or_default().push(Edge { from, to, part: part[atom as usize] });
            }
        }
    }
    edges.into_iter().map(|(label, edges)| (label, assembled(map, &edges))).collect()
}

/// The parts of the atoms that `keep` accepts.
pub(crate) fn set(map: &PlanarMap, keep: impl Fn(&Labels) -> bool) -> Vec<Part> {
    layer(map, |atom| if keep(atom) { 0 } else { NONE }).into_values().next().unwrap_or_default()
}

/// Numbers the atoms so that atoms joined by an edge that `alike` accepts have one number.
pub(crate) fn parts_of_atoms(map: &PlanarMap, alike: impl Fn(u32, u32) -> bool) -> Vec<u32> {
    let mut root: Vec<u32> = (0..map.atoms.len() as u32).collect();
    fn find(root: &mut [u32], mut a: u32) -> u32 {
        while root[a as usize] != a {
            root[a as usize] = root[root[a as usize] as usize];
            a = root[a as usize];
        }
        a
    }
    for s in map.segments.iter().filter(|s| s.left != NONE && s.right != NONE && alike(s.left, s.right)) {
        let (a, b) = (find(&mut root, s.left), find(&mut root, s.right));
        root[a.max(b) as usize] = a.min(b);
    }
    (0..map.atoms.len() as u32).map(|a| find(&mut root, a)).collect()
}

fn assembled(map: &PlanarMap, edges: &[Edge]) -> Vec<Part> {
    let mut shells: BTreeMap<u32, Vec<Ring>> = BTreeMap::new();
    let mut holes: BTreeMap<u32, Vec<Ring>> = BTreeMap::new();
    for (ring, part) in rings(map, edges) {
        for simple in untangled(ring) {
            let side = if twice_area(map, &simple) > 0 { &mut shells } else { &mut holes };
            side.entry(part).or_default().push(cleaned(map, &simple));
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    for (part, mut rings) in shells {
        rings.extend(holes.remove(&part).unwrap_or_default());
        parts.push(rings);
    }
    parts
}

/// Follows the edges with the land on the left; at a vertex with several ways on, takes the one that bounds the
/// same piece of land: the first clockwise from where it came.
fn rings(map: &PlanarMap, edges: &[Edge]) -> Vec<(Ring, u32)> {
    let mut leaving: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (number, edge) in edges.iter().enumerate() {
        leaving.entry(edge.from).or_default().push(number);
    }
    let mut used = vec![false; edges.len()];
    let mut rings = Vec::new();
    for start in 0..edges.len() {
        let (mut ring, mut next) = (Vec::new(), Some(start));
        while let Some(number) = next.filter(|&n| !used[n]) {
            used[number] = true;
            ring.push(edges[number].from);
            let ways = leaving.get(&edges[number].to).map_or(&[][..], Vec::as_slice);
            next = ways.iter().copied().filter(|&n| n == start || !used[n]).min_by(|&a, &b| {
                let at = |v: u32| map.points[v as usize];
                clockwise(at(edges[number].to), at(edges[number].from), at(edges[a].to), at(edges[b].to))
            });
        }
        if !ring.is_empty() {
            rings.push((ring, edges[start].part));
        }
    }
    rings
}

/// Orders two directions from `centre` by how soon a hand turning clockwise from `origin` meets them.
fn clockwise(centre: Point, origin: Point, p: Point, q: Point) -> std::cmp::Ordering {
    let half = |r: Point| {
        let side = turn(centre, origin, r);
        // 0: in the half turn clockwise of the origin; 1: opposite it or beyond.
        let ahead = (r.x - centre.x) * (origin.x - centre.x) + (r.y - centre.y) * (origin.y - centre.y) > 0;
        if side < 0 {
            0
        } else if side == 0 && ahead {
            2
        } else {
            1
        }
    };
    half(p).cmp(&half(q)).then(turn(centre, p, q).cmp(&0))
}

/// Cuts a ring where it comes back to a vertex, so that no ring touches itself.
fn untangled(ring: Ring) -> Vec<Ring> {
    let mut simple = Vec::new();
    let mut path: Ring = Vec::new();
    for vertex in ring {
        if let Some(back) = path.iter().position(|&v| v == vertex) {
            simple.push(path.split_off(back));
        }
        path.push(vertex);
    }
    simple.push(path);
    simple
}

/// Leaves out vertices that only cut a straight edge.
fn cleaned(map: &PlanarMap, ring: &[u32]) -> Ring {
    let count = ring.len();
    let at = |k: usize| map.points[ring[k % count] as usize];
    (0..count)
        .filter(|&k| !(map.cuts[ring[k] as usize] && turn(at(k + count - 1), at(k), at(k + 1)) == 0))
        .map(|k| ring[k])
        .collect()
}

/// Twice the signed area of a ring, squared units.
pub(crate) fn twice_area(map: &PlanarMap, ring: &[u32]) -> i64 {
    let at = |k: usize| map.points[ring[k % ring.len()] as usize];
    (0..ring.len()).map(|k| shoelace(at(k), at(k + 1))).sum()
}

/// A closed line string in metres.
pub(crate) fn line_string(points: impl Iterator<Item = Point>) -> LineString<f64> {
    let mut line: Vec<Coord<f64>> = points.map(Point::coordinates).map(|[x, y]| Coord { x, y }).collect();
    line.extend(line.first().copied());
    LineString(line)
}

/// Parts as a geometry.
pub(crate) fn polygons(map: &PlanarMap, parts: &[Part]) -> MultiPolygon<f64> {
    let ring = |ring: &Ring| line_string(ring.iter().map(|&v| map.points[v as usize]));
    let polygon = |part: &Part| {
        let mut rings = part.iter().map(ring);
        let shell = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        Polygon::new(shell, rings.collect())
    };
    MultiPolygon(parts.iter().map(polygon).collect())
}
