//! Laws of coordinate lists: a polygon written in any layout comes back bit for bit, and whatever stands in a table, a value
//! or an error comes out.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::ops::ControlFlow;

use formats::{
    Limits, Sheet, SheetCell, SheetLimits, SheetRow, coordinate_csv, is_coordinate_csv, read_coordinate_lists,
};
use geo_types::{Geometry, LineString, MultiPolygon, Polygon};
use proptest::prelude::*;
use spatial::{Crs, Feature};

/// A ring in millimetres: easting and northing of each corner, the first not repeated.
type Ring = Vec<[i64; 2]>;

/// A zone of rings that lie apart, the first perhaps with a hole.
#[derive(Clone, Debug)]
struct Zone {
    rings: Vec<Ring>,
    hole: Option<Ring>,
}

/// How a list is laid out.
#[derive(Clone, Debug)]
struct Layout {
    comma: bool,
    thousands: Option<&'static str>,
    /// Cells of numbers instead of texts.
    numbers: bool,
    closes: bool,
    sides: bool,
    rows_numbered: bool,
    blank_between: bool,
    heads_again: bool,
    /// How zones are told apart: 0 titles, 1 a column, 2 sheets.
    zones_by: u8,
    csv: bool,
}

/// A corner of a convex ring: `at` of `count` around the middle.
fn corner(at: usize, count: usize, middle: [i64; 2], radius_mm: i64, shift: i64) -> [i64; 2] {
    let turn = std::f64::consts::TAU * at as f64 / count as f64 + 0.1;
    let along = |part: f64| (part * radius_mm as f64).round() as i64;
    [middle[0] + along(turn.cos()) + shift, middle[1] + along(turn.sin()) + shift * 2]
}

fn zone() -> impl Strategy<Value = Zone> {
    let ring = (3_usize..9, 20_000_i64..90_000, 0_i64..1_000);
    (prop::collection::vec(ring, 1..4), prop::option::of(3_usize..6)).prop_map(|(rings, hole)| {
        let middle = |at: usize| [450_000_000 + 300_000 * at as i64, 2_417_000_000];
        let made = |at: usize, count: usize, radius, shift| {
            (0..count).map(|c| corner(c, count, middle(at), radius, shift)).collect()
        };
        let hole = hole.map(|count| made(0, count, 5_000, 0));
        let rings = rings
            .into_iter()
            .enumerate()
            .map(|(at, (count, radius, shift))| made(at, count, radius, shift))
            .collect();
        Zone { rings, hole }
    })
}

fn layout() -> impl Strategy<Value = Layout> {
    let thousands = prop::sample::select(vec![None, Some(" "), Some("\u{a0}"), Some("other"), Some("'")]);
    let flags = prop::array::uniform8(any::<bool>());
    (thousands, flags, 0_u8..3).prop_map(|(thousands, flags, zones_by)| {
        let [comma, numbers, closes, sides, rows_numbered, blank_between, heads_again, csv] = flags;
        let thousands =
            thousands.map(|mark| if mark == "other" { if comma { "." } else { "," } } else { mark });
        let csv = csv && zones_by < 2;
        Layout {
            comma,
            thousands,
            numbers: numbers && !csv,
            closes,
            sides,
            rows_numbered,
            blank_between,
            heads_again,
            zones_by,
            csv,
        }
    })
}

impl Layout {
    fn number(&self, mm: i64) -> String {
        let (whole, behind) = ((mm / 1_000).to_string(), mm % 1_000);
        let whole = match self.thousands {
            None => whole,
            Some(mark) => {
                let digits: Vec<char> = whole.chars().collect();
                let groups: Vec<String> =
                    digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
                groups.join(mark)
            }
        };
        format!("{whole}{}{behind:03}", if self.comma { ',' } else { '.' })
    }

    fn cell(&self, mm: i64) -> Option<SheetCell> {
        let number = format!("{}.{:03}", mm / 1_000, mm % 1_000).parse().unwrap();
        Some(if self.numbers { SheetCell::Number(number) } else { SheetCell::Text(self.number(mm)) })
    }

    fn header(&self) -> Vec<Option<SheetCell>> {
        let words = ["Tên khu", "STT", "Số hiệu điểm", "X (m)", "Y (m)", "Cạnh (m)"];
        let shown = [self.zones_by == 1, self.rows_numbered, true, true, true, self.sides];
        words.iter().zip(shown).map(|(word, shown)| shown.then(|| SheetCell::Text((*word).into()))).collect()
    }

    fn ring(&self, ring: &Ring, first: usize, zone: Option<&str>) -> Vec<Vec<Option<SheetCell>>> {
        let text = |text: String| Some(SheetCell::Text(text));
        let count = ring.len() + usize::from(self.closes);
        let row = |at: usize| {
            let [e, n] = ring[at % ring.len()];
            let [e2, n2] = ring[(at + 1) % ring.len()];
            let side_mm = ((e2 - e) as f64).hypot((n2 - n) as f64).round() as i64;
            let side = if self.sides && at < ring.len() { self.cell(side_mm) } else { None };
            let row = if self.rows_numbered { text((at + 1).to_string()) } else { None };
            let name = zone.filter(|_| at == 0).and_then(|zone| text(zone.into()));
            vec![name, row, text(format!("M{}", first + at % ring.len())), self.cell(n), self.cell(e), side]
        };
        (0..count).map(row).collect()
    }

    /// The sheets of zones.
    fn sheets(&self, zones: &[Zone]) -> Vec<Sheet> {
        let text = |text: &str| vec![Some(SheetCell::Text(text.to_owned()))];
        let head = || {
            vec![
                text("BẢNG KÊ TỌA ĐỘ"),
                text("VN-2000, kinh tuyến trục 107°15', múi chiếu 3°"),
                self.header(),
            ]
        };
        let mut sheets = Vec::new();
        let mut rows = head();
        for (at, zone) in zones.iter().enumerate() {
            let name = format!("Khu {}", at + 1);
            match self.zones_by {
                0 => rows.push(text(&name)),
                2 if at > 0 => sheets.push(sheet(&format!("Khu {at}"), std::mem::replace(&mut rows, head()))),
                _ => {}
            }
            for (at, ring) in zone.rings.iter().chain(&zone.hole).enumerate() {
                if at > 0 && self.blank_between {
                    rows.push(Vec::new());
                }
                if at > 0 && self.heads_again {
                    rows.push(self.header());
                }
                let named = Some(name.as_str()).filter(|_| self.zones_by == 1 && at == 0);
                // Where nothing else ends a ring, the numbers of its points begin anew.
                rows.extend(self.ring(ring, 1, named));
            }
        }
        sheets.push(sheet(&format!("Khu {}", zones.len()), rows));
        sheets
    }
}

fn sheet(name: &str, rows: Vec<Vec<Option<SheetCell>>>) -> Sheet {
    let numbered = rows.into_iter().enumerate().map(|(at, cells)| SheetRow { line: at + 1, cells });
    Sheet {
        name: name.to_owned(),
        rows: numbered.filter(|row| row.cells.iter().any(Option::is_some)).collect(),
    }
}

/// The same as a text with semicolons.
fn csv(sheet: &Sheet) -> String {
    let mut lines: Vec<String> = Vec::new();
    for row in &sheet.rows {
        lines.resize(row.line - 1, ";;;;;".to_owned());
        let cell = |cell: &Option<SheetCell>| match cell {
            Some(SheetCell::Text(text)) => format!("\"{text}\""),
            _ => String::new(),
        };
        lines.push(row.cells.iter().map(cell).collect::<Vec<_>>().join(";"));
    }
    lines.join("\r\n")
}

fn line(ring: &Ring) -> LineString<f64> {
    let metres = |mm: i64| format!("{}.{:03}", mm / 1_000, mm % 1_000).parse::<f64>().unwrap();
    LineString::from(
        ring.iter().chain(ring.first()).map(|[e, n]| (metres(*e), metres(*n))).collect::<Vec<_>>(),
    )
}

fn expected(zone: &Zone) -> Geometry<f64> {
    let mut polygons: Vec<_> = zone.rings.iter().map(|ring| Polygon::new(line(ring), Vec::new())).collect();
    if let Some(hole) = &zone.hole {
        polygons[0].interiors_push(line(hole));
    }
    if polygons.len() == 1 { polygons.remove(0).into() } else { MultiPolygon(polygons).into() }
}

fn read(sheets: &[Sheet]) -> Result<(Vec<Feature>, formats::Outcome), formats::ReadError> {
    let mut features = Vec::new();
    let outcome = read_coordinate_lists(sheets, None, &Limits::default(), None, &mut |feature| {
        features.push(feature);
        ControlFlow::Continue(())
    })?;
    Ok((features, outcome))
}

/// What tables are made of, sound and unsound.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "STT",
        "Điểm",
        "X",
        "Y",
        "X (m)",
        "Y (Bắc)",
        "Cạnh",
        "Lô",
        "Tên khu",
        "Diện tích (ha)",
        "Diện tích: 1,5 ha",
        "1",
        "2",
        "3",
        "M1",
        "2417000",
        "2.417.100,25",
        "450000",
        "450.100",
        "1e5",
        "NaN",
        "-1",
        "Khu A",
        "Lô 2",
        "(1)",
        "(2)",
        "(3)",
        "",
        "",
        "",
        "VN-2000, kinh tuyến trục 107°15'",
        "kinh tuyến trục 105",
        "Tổng",
        "999999999999999999999999999999",
        "0,0",
        "EPSG:9215",
        "ệ",
    ];
    prop::sample::select(words.to_vec()).prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn polygons_come_back_from_every_layout(zones in prop::collection::vec(zone(), 1..4), layout in layout()) {
        let mut sheets = layout.sheets(&zones);
        if layout.csv {
            let text = csv(&sheets[0]);
            prop_assert!(is_coordinate_csv(text.as_bytes(), None), "{text}");
            sheets = vec![coordinate_csv(text.as_bytes(), None, SheetLimits::default()).unwrap()];
        }
        let (features, outcome) = read(&sheets).unwrap();
        let found: Vec<_> = features.iter().map(|feature| feature.geometry.clone().unwrap()).collect();
        let wanted: Vec<_> = zones.iter().map(expected).collect();
        prop_assert_eq!(found, wanted, "{:?} {:?}", outcome.notes.list, sheets);
        let names: Vec<_> = features.iter().map(|feature| feature.text("name").unwrap_or_default()).collect();
        let wanted: Vec<_> = (1..=zones.len()).map(|at| format!("Khu {at}")).collect();
        prop_assert_eq!(names, wanted);
        // Sides are rounded to the millimetre, as coordinates are.
        prop_assert_eq!(outcome.notes.count(formats::NoteKind::SideDiffers), 0, "{:?}", outcome.notes.list);
        let open: usize = zones.iter().map(|zone| zone.rings.len() + usize::from(zone.hole.is_some())).sum();
        let open = if layout.closes { 0 } else { open as u64 };
        prop_assert_eq!(outcome.notes.count(formats::NoteKind::UnclosedRing), open);
    }

    #[test]
    fn whatever_stands_in_a_table_a_value_or_an_error_comes_out(
        rows in prop::collection::vec(prop::collection::vec(piece(), 0..8), 0..30),
        given in any::<bool>(),
    ) {
        let cells = |row: &Vec<String>| row.iter().map(|text| Some(SheetCell::Text(text.clone())).filter(|_| !text.is_empty())).collect();
        let sheet = sheet("A", rows.iter().map(cells).collect());
        let crs = given.then(|| Crs::from_epsg(9215).unwrap());
        let read = read_coordinate_lists(&[sheet], None, &Limits::default(), crs.as_ref(), &mut |feature| {
            assert!(feature.geometry.is_some());
            ControlFlow::Continue(())
        });
        match read {
            Ok(outcome) => prop_assert_eq!(outcome.met, outcome.delivered + outcome.notes.skipped()),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn any_bytes_as_csv(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        is_coordinate_csv(&bytes, None);
        if let Ok(sheet) = coordinate_csv(&bytes, None, SheetLimits::default()) {
            let _ = read(&[sheet]);
        }
    }
}
