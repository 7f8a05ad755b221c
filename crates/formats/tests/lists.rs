//! Coordinate lists as people lay them out: what comes out of each was worked out by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::ops::ControlFlow;

use formats::{
    Limits, ListError, NoteKind, Outcome, ReadError, Sheet, SheetCell, SheetRow, coordinate_csv,
    is_coordinate_csv, read_coordinate_lists,
};
use geo_types::Geometry;
use spatial::{Crs, Feature};

const TITLE: &str = "BẢNG KÊ TỌA ĐỘ RANH GIỚI KHU CÔNG NGHIỆP HỮU LŨNG\nHệ tọa độ VN-2000, kinh tuyến trục 107°15', múi chiếu 3°\n";

/// A sheet of rows with `|` between cells; a text behind `=` is a number's cell.
fn sheet(name: &str, text: &str) -> Sheet {
    let cell = |text: &str| match text.trim() {
        "" => None,
        text if text.starts_with('=') => Some(SheetCell::Number(text[1..].parse().unwrap())),
        text => Some(SheetCell::Text(text.to_owned())),
    };
    let row =
        |(at, line): (usize, &str)| SheetRow { line: at + 1, cells: line.split('|').map(cell).collect() };
    let rows = text.lines().enumerate().map(row).filter(|row| row.cells.iter().any(Option::is_some));
    Sheet { name: name.to_owned(), rows: rows.collect() }
}

fn read_in(sheets: &[Sheet], crs: Option<&Crs>) -> Result<(Vec<Feature>, Outcome), ReadError> {
    let mut features = Vec::new();
    let outcome = read_coordinate_lists(sheets, None, &Limits::default(), crs, &mut |feature| {
        features.push(feature);
        ControlFlow::Continue(())
    })?;
    Ok((features, outcome))
}

fn read(text: &str) -> (Vec<Feature>, Outcome) {
    read_in(&[sheet("Sheet1", text)], None).unwrap()
}

fn text_of<'f>(feature: &'f Feature, name: &str) -> &'f str {
    feature.properties.get(name).and_then(serde_json::Value::as_str).unwrap_or_default()
}

/// The rings of every polygon: each the easting and northing of its points.
fn rings(feature: &Feature) -> Vec<Vec<Vec<[f64; 2]>>> {
    let polygons = match feature.geometry.as_ref().unwrap() {
        Geometry::Polygon(polygon) => vec![polygon.clone()],
        Geometry::MultiPolygon(polygons) => polygons.0.clone(),
        other => panic!("{other:?}"),
    };
    let ring = |ring: &geo_types::LineString<f64>| ring.0.iter().map(|at| [at.x, at.y]).collect();
    let rings = |polygon: &geo_types::Polygon<f64>| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
    };
    polygons.iter().map(rings).collect()
}

/// A square of 100 m with a corner at 450,000 E and so far north.
fn square(north: f64) -> Vec<[f64; 2]> {
    let (left, right, top) = (450_000.0, 450_100.0, north + 100.0);
    vec![[left, north], [left, top], [right, top], [right, north], [left, north]]
}

fn count(outcome: &Outcome, kind: NoteKind) -> u64 {
    outcome.notes.count(kind)
}

const SQUARE: &str = "1|2417000|450000|100,00\n2|2417100|450000|100,00\n3|2417100|450100|100,00\n4|2417000|450100|100,00\n\
                      1|2417000|450000|\n";

#[test]
fn a_plain_list_is_the_polygon_with_its_name_crs_and_area() {
    let head = "STT|Số hiệu điểm|X (m)|Y (m)|Cạnh (m)\n";
    let rows = "1|M1|2.417.000,00|450.000,00|100,00\n2|M2|2.417.100,00|450.000,00|100,00\n\
                3|M3|2.417.100,00|450.100,00|100,00\n4|M4|2.417.000,00|450.100,00|100,00\n5|M1|2.417.000,00|450.000,00|\n";
    let (features, outcome) = read(&format!("{TITLE}{head}{rows}Diện tích: 1,00 ha\n|||Người lập|\n"));
    assert_eq!(features.len(), 1);
    assert_eq!(rings(&features[0]), [[square(2_417_000.0)]]);
    assert_eq!(text_of(&features[0], "name"), "KHU CÔNG NGHIỆP HỮU LŨNG");
    assert_eq!(text_of(&features[0], "point_numbers"), "M1 M2 M3 M4");
    assert_eq!(features[0].properties["declared_area_ha"], 1.0);
    assert_eq!(outcome.crs.epsg(), Some(9215));
    let kinds: Vec<_> = outcome.notes.counts.keys().copied().collect();
    assert_eq!(kinds, [NoteKind::ListAxes, NoteKind::CrsMember], "{:?}", outcome.notes.list);
}

#[test]
fn headings_in_two_rows_units_and_numbers_of_columns_are_no_points() {
    let head = "STT|Số hiệu|Tọa độ||Chiều dài\n||X|Y|cạnh\n||(m)|(m)|(m)\n";
    let (features, _) = read(&format!(
        "{TITLE}{head}|1|=2417000.0|=450000.0|\n|2|=2417100|=450000.0|\n|3|=2417000.0|=450100.0|\n|1|=2417000.0|=450000.0|"
    ));
    assert_eq!(rings(&features[0])[0][0].len(), 4);
    let numbered = "Điểm|X|Y|Cạnh\n(1)|(2)|(3)|(4)\n";
    let (features, outcome) = read(&format!("{TITLE}{numbered}{SQUARE}"));
    assert_eq!(rings(&features[0]), [[square(2_417_000.0)]], "{:?}", outcome.notes.list);
    let (features, _) = read(&format!("{TITLE}Điểm|X|Y|Cạnh\n1|2|3|4\n{SQUARE}"));
    assert_eq!(rings(&features[0]), [[square(2_417_000.0)]]);
}

#[test]
fn numbers_are_told_by_what_stands_around_them() {
    let head = "Điểm|X|Y\n";
    // "450.100" may be 450.1; as a coordinate it can only be 450,100.
    let (features, _) = read(&format!(
        "{TITLE}{head}1|2.417.000|450.000\n2|2.417.100|450.000\n3|2.417.100|450.100\n4|2.417.000|450.100\n1|2.417.000|450.000"
    ));
    assert_eq!(rings(&features[0]), [[square(2_417_000.0)]]);
    let (features, _) = read(&format!(
        "{TITLE}{head}1|2 417 000,125|450\u{a0}000,5\n2|2417100,0|450'000,0\n3|2,417,100.0|450,100.25"
    ));
    assert_eq!(rings(&features[0])[0][0][0], [450_000.5, 2_417_000.125]);
    assert_eq!(rings(&features[0])[0][0][2], [450_100.25, 2_417_100.0]);
}

/// The square with points numbered on from `from`, `gap` m further north, its first point repeated or not.
fn numbered(from: usize, gap: f64, closed: bool) -> String {
    let all = square(2_417_000.0 + gap);
    let corners = &all[..if closed { 5 } else { 4 }];
    let row = |(at, [e, n]): (usize, &[f64; 2])| format!("{}|{n}|{e}\n", from + at % 4);
    corners.iter().enumerate().map(row).collect()
}

#[test]
fn rings_end_where_they_close_at_blank_rows_at_new_numbers_and_at_titles() {
    let two = [[square(2_417_000.0)], [square(2_418_000.0)]];
    let head = format!("{TITLE}Điểm|X|Y\n");
    let numbered = |from, gap, closed| numbered(from, gap, closed);
    for (what, text) in [
        ("closed", format!("{}{}", numbered(1, 0.0, true), numbered(5, 1_000.0, true))),
        ("new numbers", format!("{}{}", numbered(1, 0.0, false), numbered(1, 1_000.0, false))),
        ("blank", format!("{}\n{}", numbered(1, 0.0, false), numbered(5, 1_000.0, false))),
        ("title", format!("{}Lô B\n{}", numbered(1, 0.0, false), numbered(5, 1_000.0, false))),
        ("heading", format!("{}\nĐiểm|X|Y\n{}", numbered(1, 0.0, true), numbered(1, 1_000.0, true))),
    ] {
        let (features, outcome) = read(&format!("{head}{text}"));
        assert_eq!(features.len(), 1, "{what}");
        assert_eq!(rings(&features[0]), two, "{what}");
        let open = if text.contains("1|2417000|450000\n2") && !text.contains("450100\n1|2417000|450000") {
            2
        } else {
            0
        };
        assert_eq!(count(&outcome, NoteKind::UnclosedRing), open, "{what}");
    }
}

#[test]
fn a_page_break_is_no_end_of_a_ring() {
    let all = numbered(1, 0.0, true);
    let rows: Vec<&str> = all.lines().collect();
    for middle in ["\n\n", "\nĐiểm|X|Y\n", "\n\nĐiểm|X|Y\n(1)|(2)|(3)\n", "\nBảng kê tọa độ (tiếp theo)\n"]
    {
        let text = format!("{TITLE}Điểm|X|Y\n{}{middle}{}", rows[..2].join("\n"), rows[2..].join("\n"));
        assert_eq!(rings(&read(&text).0[0]), [[square(2_417_000.0)]], "{middle:?}");
    }
}

#[test]
fn a_ring_inside_another_is_a_hole_and_one_in_a_hole_a_part() {
    let ring = |from: usize, low: f64, high: f64| {
        let (n, e) = (2_417_000.0, 450_000.0);
        let corners = [(low, low), (low, high), (high, high), (high, low), (low, low)];
        corners
            .iter()
            .enumerate()
            .map(|(at, (x, y))| format!("{}|{}|{}\n", from + at % 4, n + x, e + y))
            .collect::<String>()
    };
    let text = format!(
        "{TITLE}Điểm|X|Y\n{}{}{}Diện tích 0,96 ha",
        ring(9, 24.0, 26.0),
        ring(1, 0.0, 100.0),
        ring(5, 20.0, 40.0)
    );
    let (features, outcome) = read(&text);
    let shapes = rings(&features[0]);
    assert_eq!(shapes.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2], "the smallest lies in the hole");
    assert_eq!(count(&outcome, NoteKind::RingAsHole), 1);
    // 10,000 − 400 + 4 m² = 0.9604 ha, which rounds to what is stated.
    assert_eq!(count(&outcome, NoteKind::StatedArea), 0, "{:?}", outcome.notes.list);
}

#[test]
fn zones_are_told_by_titles_columns_and_sheets() {
    let names = |features: &[Feature]| {
        features.iter().map(|feature| text_of(feature, "name").to_owned()).collect::<Vec<_>>()
    };
    let (features, _) = read(&format!(
        "{TITLE}Điểm|X|Y\nI. KCN Đồng Bành, diện tích 1 ha\n{}II. Cụm công nghiệp Hồ Sơn\n{}Tổng cộng||",
        numbered(1, 0.0, true),
        numbered(1, 1_000.0, true)
    ));
    assert_eq!(names(&features), ["KCN Đồng Bành", "Cụm công nghiệp Hồ Sơn"]);
    assert_eq!(features[0].properties["declared_area_ha"], 1.0);
    let column = |name: &str, rows: String| {
        rows.lines()
            .enumerate()
            .map(|(at, row)| format!("{}|{row}\n", if at == 0 { name } else { "" }))
            .collect::<String>()
    };
    let text = format!(
        "{TITLE}Tên khu|Điểm|X|Y\n{}{}",
        column("Khu A", numbered(1, 0.0, false)),
        column("Khu B", numbered(5, 1_000.0, false))
    );
    assert_eq!(names(&read(&text).0), ["Khu A", "Khu B"]);
    let parts = format!(
        "{TITLE}Lô|Điểm|X|Y\n{}{}",
        column("A1", numbered(1, 0.0, false)),
        column("A2", numbered(5, 1_000.0, false))
    );
    let (features, _) = read(&parts);
    assert_eq!((features.len(), rings(&features[0]).len()), (1, 2), "parts of one zone");
    let list = format!("Điểm|X|Y\n{}", numbered(1, 0.0, true));
    let sheets = [
        sheet("CCN Hồ Sơn 1", &list),
        sheet("CCN Hòa Sơn 2", &format!("{TITLE}{list}")),
        sheet("Ghi chú", "Người lập|A"),
    ];
    let (features, outcome) = read_in(&sheets, None).unwrap();
    assert_eq!(
        names(&features),
        ["CCN Hồ Sơn 1", "KHU CÔNG NGHIỆP HỮU LŨNG"],
        "a title says more than a sheet's name"
    );
    assert_eq!(count(&outcome, NoteKind::PassedOver), 1);
}

#[test]
fn groups_of_columns_side_by_side_follow_each_other() {
    let text = format!(
        "{TITLE}Điểm|X|Y|Điểm|X|Y\n1|2417000|450000|3|2417100|450100\n2|2417100|450000|4|2417000|450100\n|||1|2417000|450000\n"
    );
    assert_eq!(rings(&read(&text).0[0]), [[square(2_417_000.0)]]);
    let other = format!(
        "{TITLE}Điểm|X|Y|X|Y\n1|2417000|450000|7|8\n2|2417100|450000|7|8\n3|2417100|450100|7|8\n4|2417000|450100|7|8\n1|2417000|450000|7|8"
    );
    let (features, outcome) = read(&other);
    assert_eq!(rings(&features[0]), [[square(2_417_000.0)]]);
    assert_eq!(count(&outcome, NoteKind::PassedOver), 1, "another CRS of the same points");
}

#[test]
fn sides_and_areas_are_held_against_the_coordinates() {
    let head = format!("{TITLE}Điểm|X (m)|Y (m)|Cạnh (m)\n");
    // The side of 3–4 with two digits exchanged; those of the other custom, with the side of the row before.
    let wrong = SQUARE.replacen("3|2417100|450100|100,00", "3|2417100|450100|101,00", 1);
    let (_, outcome) = read(&format!("{head}{wrong}"));
    // Whole metres may each be half a metre off, 1.41 m a side.
    assert_eq!(count(&outcome, NoteKind::SideDiffers), 0);
    let exact =
        wrong.replace("|450", ",00|450").replace("000|10", "000,00|10").replace("100|10", "100,00|10");
    let exact = exact.replace("450000|\n", "450000,00|\n");
    let (_, outcome) = read(&format!("{head}{exact}"));
    let note = outcome.notes.first(NoteKind::SideDiffers).unwrap();
    assert_eq!((note.line, count(&outcome, NoteKind::SideDiffers)), (Some(6), 1), "{exact}{note}");
    assert!(note.message.contains("from point 3 to point 4 is 101 m in the list, but 100.00 m"), "{note}");
    let before = "1|2417000,00|450000,00|\n2|2417100,00|450000,00|100,00\n3|2417100,00|450200,00|200,00\n1|2417000,00|450000,00|223,61";
    assert_eq!(count(&read(&format!("{head}{before}")).1, NoteKind::SideDiffers), 0, "from the point before");
    let between = "1|2417000,00|450000,00|\n|||100,00\n2|2417100,00|450000,00|\n|||200,00\n3|2417100,00|450200,00|\n|||223,61\n1|2417000,00|450000,00|";
    let (features, outcome) = read(&format!("{head}{between}"));
    assert_eq!((features.len(), count(&outcome, NoteKind::SideDiffers)), (1, 0), "in rows of their own");
    let (_, outcome) = read(&format!("{head}{SQUARE}Tổng diện tích: 1,2 ha\n"));
    let note = outcome.notes.first(NoteKind::StatedArea).unwrap();
    assert!(note.message.contains("12000.0 m²") && note.message.contains("10000.0 m²"), "{note}");
    assert_eq!(
        count(&read(&format!("{head}{SQUARE}Tổng diện tích (m2)||10.000,0|\n")).1, NoteKind::StatedArea),
        0
    );
}

#[test]
fn columns_the_other_way_round_are_told_or_refused() {
    let turned = |head: &str| {
        let rows =
            "1|450000|2417000\n2|450000|2417100\n3|450100|2417100\n4|450100|2417000\n1|450000|2417000\n";
        read(&format!("{TITLE}Điểm|{head}\n{rows}"))
    };
    for head in ["X|Y", "X (Đông)|Y (Bắc)", "Easting|Northing"] {
        let (features, outcome) = turned(head);
        assert_eq!(rings(&features[0]), [[square(2_417_000.0)]], "{head}");
        assert_eq!(count(&outcome, NoteKind::AxesExchanged), u64::from(head != "Easting|Northing"), "{head}");
    }
    let one = SQUARE.replace("3|2417100|450100", "3|450100|2417100");
    let (features, outcome) = read(&format!("{TITLE}Điểm|X|Y|Cạnh\n{one}"));
    assert_eq!(rings(&features[0]), [[square(2_417_000.0)]]);
    assert_eq!(outcome.notes.first(NoteKind::AxesExchanged).unwrap().line, Some(6));
    // Small numbers tell nothing: headings that contradict the custom are no answer.
    let local = "Điểm|X (Đông)|Y (Bắc)\n1|10|20\n2|10|30\n3|20|30\n";
    let refused = read_in(&[sheet("A", &format!("{TITLE}{local}"))], None).unwrap_err();
    assert!(matches!(refused, ReadError::List(ListError::Axes { line: 3, .. })), "{refused}");
}

#[test]
fn what_is_missing_is_told_and_nothing_is_lost_silently() {
    let head = format!("{TITLE}Điểm|X|Y\n");
    let skipped = |rows: &str| {
        read_in(
            &[sheet(
                "A",
                &format!(
                    "{head}{rows}{}",
                    "\nKCN B\n1|2417000|450000\n2|2417100|450000\n3|2417100|450100\n1|2417000|450000"
                ),
            )],
            None,
        )
        .unwrap()
    };
    for (rows, line, words) in [
        ("1|2417000|450000\n2|24171OO|450000\n3|2417100|450100\n", 5, "X is \"24171OO\""),
        ("1|2417000|450000\n2|2417100|\n3|2417100|450100\n", 5, "Y is missing"),
    ] {
        let (features, outcome) = skipped(rows);
        assert_eq!((features.len(), outcome.notes.skipped()), (1, 1), "{rows}");
        let note = outcome.notes.first(NoteKind::BadPosition).unwrap();
        assert!(note.line == Some(line) && note.message.contains(words), "{note}");
    }
    let (features, outcome) = skipped("1|2417000|450000\n2|2417100|450000\n");
    assert_eq!((features.len(), count(&outcome, NoteKind::RingLeftOut) + outcome.notes.skipped()), (1, 1));
    let (_, outcome) = read(&format!(
        "{head}1|2417000|450000\n2|2417100|450000\n2|2417100|450000\n3|2417100|450100\n4||\n1|2417000|450000"
    ));
    assert_eq!((count(&outcome, NoteKind::RepeatedPoint), count(&outcome, NoteKind::PassedOver)), (1, 1));
    // The closing point is a metre off: it was meant to be the first.
    let (features, outcome) = read(&format!(
        "{head}1|2417000|450000\n2|2417100|450000\n3|2417100|450100\n4|2417000|450100\n1|2417000|450010\n"
    ));
    assert_eq!(rings(&features[0]), [[square(2_417_000.0)]]);
    assert!(outcome.notes.first(NoteKind::ClosingPoint).unwrap().message.contains("10.000 m"));
}

#[test]
fn the_crs_is_given_or_stated_or_asked_for() {
    let list = format!("Điểm|X|Y\n{}", numbered(1, 0.0, true));
    let refused = read_in(&[sheet("A", &list)], None).unwrap_err();
    assert!(matches!(refused, ReadError::List(ListError::NoCrs)), "{refused}");
    assert!(refused.to_string().contains("EPSG:9215"), "{refused}");
    let given = Crs::from_epsg(9211).unwrap();
    assert_eq!(read_in(&[sheet("A", &list)], Some(&given)).unwrap().1.crs, given);
    let (_, outcome) = read_in(&[sheet("A", &format!("{TITLE}{list}"))], Some(&given)).unwrap();
    assert_eq!(outcome.crs, given);
    assert!(
        outcome
            .notes
            .list
            .iter()
            .any(|note| note.message.contains("says EPSG:9215; it was read in EPSG:9211"))
    );
    let unclear = sheet("A", &format!("VN-2000, kinh tuyến trục 105°\n{list}"));
    let refused = read_in(std::slice::from_ref(&unclear), None).unwrap_err().to_string();
    assert!(refused.contains("of 3° or of 6°"), "{refused}");
    assert!(read_in(&[unclear], Some(&given)).is_ok(), "the person says it");
    let other = sheet("B", &format!("VN-2000, kinh tuyến trục 105°30', múi 3°\n{list}"));
    let refused = read_in(&[sheet("A", &format!("{TITLE}{list}")), other], None).unwrap_err();
    assert!(matches!(refused, ReadError::List(ListError::CrsDiffer { .. })), "{refused}");
    let refused = read_in(&[sheet("A", "a|b\n1|2")], Some(&given)).unwrap_err();
    assert!(matches!(refused, ReadError::List(ListError::NoColumns)), "{refused}");
}

#[test]
fn csv_is_a_list_by_its_columns_and_any_other_table_one_of_features() {
    for list in [
        "STT;Số hiệu điểm;X (m);Y (m);Cạnh (m)\n1;1;2417000,5;450000,5;1\n",
        "\u{feff}Bảng kê\n\"STT\",\"X\",\"Y\"\n1,\"2417000,5\",450000\n",
        "Tên điểm\tX\tY\n1\t2417000\t450000\n",
    ] {
        assert!(is_coordinate_csv(list.as_bytes(), None), "{list}");
    }
    for table in [
        "x,y,name\n1,2,a\n",
        "id;X;Y\n1;2;3\n",
        "STT,X,Y,ten\n1,2,3,a\n",
        "WKT,X,Y,điểm\n\"POINT (1 2)\",1,2,3\n",
        "a,b\n",
        "",
    ] {
        assert!(!is_coordinate_csv(table.as_bytes(), None), "{table}");
    }
    let text = format!(
        "{TITLE}Điểm;X;Y\n{};;\n{}",
        numbered(1, 0.0, false).replace('|', ";"),
        numbered(5, 1e3, false).replace('|', ";")
    );
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [text.as_bytes(), &utf16] {
        let sheet = coordinate_csv(bytes, None, formats::SheetLimits::default()).unwrap();
        let (features, _) = read_in(&[sheet], None).unwrap();
        assert_eq!(rings(&features[0]), [[square(2_417_000.0)], [square(2_418_000.0)]]);
    }
    let refused =
        coordinate_csv(b"Diem;X;Y\n\xd0at;1;2\n", None, formats::SheetLimits::default()).unwrap_err();
    assert!(matches!(refused, ReadError::InvalidUtf8 { line: 2, offset: 9 }), "{refused:?}");
}
