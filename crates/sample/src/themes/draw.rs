//! What is drawn, and where. Each feature is a plant: what the rules say of it is known from how it was placed.

use std::collections::{BTreeMap, BTreeSet};

use planning::{Text, Theme};

use super::place::{Side, block, sides, spots};
use super::{Reach, Shape, Themed, ThemedFeature, border};
use crate::cover::Cover;
use crate::key::law::{living, rules};
use crate::key::outline::{Edge, outline};
use crate::layout::register::{ZONES, position};
use crate::map::{Labels, PlanarMap};
use crate::mesh::NONE;

/// How far a distance may be from the one that was wanted, m: two roundings to quarter metres.
const OFF_M: f64 = 0.4;

struct Board<'a> {
    map: &'a PlanarMap,
    cover: &'a Cover,
    zones: Vec<Vec<Edge>>,
}

/// All layers; fails with the first plant that finds no room.
pub(crate) fn draw(map: &PlanarMap, cover: &Cover) -> Result<Vec<Themed>, String> {
    let zones = (0..ZONES.len()).map(|zone| outline(map, |a| a.in_zone(zone))).collect();
    let board = Board { map, cover, zones };
    let room = |layer: Option<Themed>, what: &str| layer.ok_or_else(|| format!("no room for {what}"));
    Ok(vec![
        room(board.border(), "the national border")?,
        room(board.other_plans(), "other plans")?,
        room(board.buildings(), "buildings")?,
        room(board.heritage(), "heritage")?,
        room(board.water(), "water")?,
        room(board.minerals(), "minerals")?,
        room(board.belts(), "green belts")?,
    ])
}

fn layer(
    theme: Theme,
    id: &'static str,
    [vi, en]: [&str; 2],
    scale: u32,
    shapes: Vec<(&str, Shape)>,
) -> Themed {
    let feature = |(number, (name, shape)): (usize, (&str, Shape))| ThemedFeature {
        id: format!("{}{}", prefix(theme), number + 1),
        name: name.to_owned(),
        shape,
    };
    let title = Text { vi: vi.into(), en: en.into() };
    Themed { theme, id, title, scale, features: shapes.into_iter().enumerate().map(feature).collect() }
}

fn prefix(theme: Theme) -> &'static str {
    match theme {
        Theme::NationalBorder => "BG",
        Theme::OtherPlan => "QH",
        Theme::Buildings => "N",
        Theme::Heritage => "DT",
        Theme::Water => "K",
        Theme::Minerals => "KS",
        Theme::GreenBelt => "CX",
        Theme::Projects => "DA",
    }
}

impl Board<'_> {
    fn zone(&self, id: &str) -> Option<&[Edge]> {
        position(id).map(|zone| self.zones[zone].as_slice())
    }

    /// A shape beside a zone whose distance is the wanted one, and which meets no zone.
    fn beside(&self, id: &str, wanted_m: f64, shape: impl Fn(&Side) -> Shape) -> Option<Shape> {
        let zone = self.zone(id)?;
        sides(zone).iter().map(shape).find(|shape| {
            let free = self.zones.iter().all(|other| shape.reach(other) == Reach::Outside);
            free && (shape.apart_m(zone) - wanted_m).abs() < OFF_M
        })
    }

    /// A rectangle well inside a zone.
    fn within(&self, id: &str, half_m: [f64; 2], clear_m: f64) -> Option<Shape> {
        let zone = self.zone(id)?;
        let along = sides(zone).first()?.along;
        let at = *spots(zone, 1, clear_m).first()?;
        Some(Shape::Polygon(block(at, along, half_m)))
    }

    fn border(&self) -> Option<Themed> {
        let line = Shape::Line(border::line(self.map)?);
        Some(layer(
            Theme::NationalBorder,
            "national-border",
            ["Đường biên giới quốc gia", "National border"],
            50_000,
            vec![("Biên giới phía tây", line)],
        ))
    }

    /// Parcels of the newest plan: for a zone the lot of it that reaches its border over the longest way, with all
    /// land outside that shares that border.
    fn other_plans(&self) -> Option<Themed> {
        let urban = self.lot_with_surroundings("KCN04")?;
        let forestry = self.lot_with_surroundings("KCN06")?;
        let shapes = vec![
            ("Quy hoạch phân khu đô thị Bãi Lau", Shape::Parcels(urban)),
            ("Quy hoạch ba loại rừng Đèo Nứa", Shape::Parcels(forestry)),
        ];
        let rural = ["Quy hoạch chung xã Đồi Chỉ", "Quy hoạch điểm dân cư Đồi Chỉ"];
        let reaching = self.reaching_parcels("CCN16").into_iter();
        let shapes =
            shapes.into_iter().chain(rural.into_iter().zip(reaching.map(|p| Shape::Parcels([p].into()))));
        let title = ["Quy hoạch khác", "Other plans"];
        Some(layer(Theme::OtherPlan, "other-plans", title, 10_000, shapes.collect()))
    }

    fn lot_with_surroundings(&self, id: &str) -> Option<BTreeSet<u32>> {
        let zone = position(id)?;
        let mut shared: BTreeMap<u32, (f64, BTreeSet<u32>)> = BTreeMap::new();
        for (number, s) in self.map.segments.iter().enumerate() {
            for (own, beyond) in [(s.left, s.right), (s.right, s.left)] {
                if own == NONE || beyond == NONE {
                    continue;
                }
                let (own, beyond) = (&self.map.atoms[own as usize], &self.map.atoms[beyond as usize]);
                if own.in_zone(zone) && beyond.zones == 0 && own.plan != NONE && beyond.plan != NONE {
                    let lot = shared.entry(own.plan).or_default();
                    lot.0 += self.map.length_m(number);
                    lot.1.insert(beyond.plan);
                }
            }
        }
        let (lot, (_, mut around)) = shared.into_iter().max_by(|a, b| a.1.0.total_cmp(&b.1.0))?;
        around.insert(lot);
        Some(around)
    }

    /// The parcels that lie on both sides of a zone's border, the one that reaches in least first: what is planted
    /// there, a strip and a piece.
    fn reaching_parcels(&self, id: &str) -> Vec<u32> {
        let zone = position(id);
        let mut held: BTreeMap<u32, [i64; 2]> = BTreeMap::new();
        for (atom, area) in self.map.atoms.iter().zip(self.map.twice_areas()) {
            let inside = zone.is_some_and(|zone| atom.in_zone(zone));
            held.entry(atom.plan).or_default()[usize::from(inside)] += area;
        }
        let mut both: Vec<(i64, u32)> = held
            .into_iter()
            .filter(|&(parcel, [outside, inside])| parcel != NONE && outside > 0 && inside > 0)
            .map(|(parcel, [_, inside])| (inside, parcel))
            .collect();
        both.sort_unstable();
        both.into_iter().map(|(_, parcel)| parcel).collect()
    }

    fn buildings(&self) -> Option<Themed> {
        let (inside, beside) = (self.zone("CCN03")?, "CCN12");
        let along = sides(inside).first()?.along;
        let mut shapes: Vec<(&str, Shape)> = Vec::new();
        for at in spots(inside, 5, 40.0) {
            shapes.push(("Nhà ở", Shape::Polygon(block(at, along, [7.0, 4.5]))));
        }
        if let Some((_, house)) = shapes.last_mut() {
            *house = Shape::Spot(house.edges().first()?[0]);
        }
        for id in ["KCN01", "CCNLN01"] {
            shapes.extend(self.hamlet(id)?.into_iter().map(|house| ("Nhà ở", house)));
        }
        let across = |side: &Side| Shape::Polygon(side.rectangle(12.0, 1.0, -8.0));
        let zone = self.zone(beside)?;
        let reaching = sides(zone).iter().filter(|side| side.length_m > 40.0).map(across).find(|shape| {
            let others = self.zones.iter().filter(|other| other.as_slice() != zone);
            shape.width_within_m(zone).is_some_and(|width| width < 1.2)
                && others.into_iter().all(|other| shape.reach(other) == Reach::Outside)
        })?;
        shapes.push(("Nhà kho", reaching));
        let outside = self.beside("CCN11", 3.0, |side| Shape::Polygon(side.rectangle(14.0, -3.0, -12.0)))?;
        shapes.push(("Nhà ở", outside));
        Some(layer(Theme::Buildings, "buildings", ["Nhà, công trình", "Buildings"], 2_000, shapes))
    }

    /// Houses on the residential land of a zone.
    fn hamlet(&self, id: &str) -> Option<Vec<Shape>> {
        let zone = position(id)?;
        let code = |a: &Labels| self.cover.today.parcels[a.today as usize].code;
        let homes = outline(self.map, |a| a.in_zone(zone) && code(a) == "ONT");
        let along = sides(self.zone(id)?).first()?.along;
        let houses =
            spots(&homes, 4, 14.0).into_iter().map(|at| Shape::Polygon(block(at, along, [6.0, 4.5])));
        let houses: Vec<Shape> = houses.collect();
        (!houses.is_empty()).then_some(houses)
    }

    fn heritage(&self) -> Option<Themed> {
        let near = |id: &str, wanted_m: f64| {
            self.beside(id, wanted_m, |side| {
                Shape::Polygon(side.rectangle(60.0, -wanted_m, -wanted_m - 40.0))
            })
        };
        let shapes = vec![
            ("Đền Núi Bông", self.within("KCN07", [34.0, 25.0], 60.0)?),
            ("Đình Đồng Bưởi", near("CCN08", 60.0)?),
            ("Chùa Suối Vàng", near("CCN03", 100.6)?),
        ];
        let title = ["Di tích", "Protected relics"];
        Some(layer(Theme::Heritage, "heritage", title, 10_000, shapes))
    }

    fn water(&self) -> Option<Themed> {
        let near = |id: &str, wanted_m: f64| {
            self.beside(id, wanted_m, |side| Shape::Line(side.line(side.length_m * 0.9, wanted_m)))
        };
        let shapes = vec![("Kênh Đồng Bưởi", near("CCN07", 12.0)?), ("Kênh Ruộng Chỉ", near("CCN18", 20.6)?)];
        let title = ["Hành lang bảo vệ nguồn nước", "Water and its corridors"];
        Some(layer(Theme::Water, "water", title, 10_000, shapes))
    }

    fn minerals(&self) -> Option<Themed> {
        let near = |id: &str, wanted_m: f64| {
            self.beside(id, wanted_m, |side| Shape::Polygon(side.disc(110.0, wanted_m)))
        };
        let shapes = vec![
            ("Khu vực khoáng sản Đèo Nứa", self.within("KCN06", [70.0, 45.0], 90.0)?),
            ("Vành đai nổ mìn mỏ đá Đồi Cọ", near("KCN03", 240.0)?),
            ("Vành đai nổ mìn mỏ đá Đồi Chỉ", near("CCN16", 300.6)?),
        ];
        let title = ["Khoáng sản", "Minerals"];
        Some(layer(Theme::Minerals, "minerals", title, 10_000, shapes))
    }

    /// A strip along the longest side of every zone that must have one; three of them narrower than the rest.
    fn belts(&self) -> Option<Themed> {
        let kinds = rules().env_02.as_ref().map_or(&[][..], |rule| &rule.kinds);
        let mut shapes = Vec::new();
        for (zone, spec) in ZONES.iter().enumerate() {
            if !kinds.contains(&spec.kind) || !living(spec.state) {
                continue;
            }
            let width_m = match spec.id {
                "KCN03" => 8.0,
                "CCN16" => 9.4,
                "CCN17" => 10.4,
                _ => 12.0,
            };
            let own = &self.zones[zone];
            let strip = |side: &Side| {
                Shape::Polygon(side.rectangle((side.length_m * 0.9).min(280.0), 4.0, 4.0 + width_m))
            };
            let free = |shape: &Shape| {
                shape.reach(own) == Reach::Inside
                    && self.zones.iter().all(|other| shape.reach(other) != Reach::Across)
            };
            shapes.push((spec.name, sides(own).iter().map(strip).find(free)?));
        }
        let title = ["Dải cây xanh cách ly", "Green belts"];
        Some(layer(Theme::GreenBelt, "green-belts", title, 2_000, shapes))
    }
}
