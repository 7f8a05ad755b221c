//! Coordinate reference systems against PROJ (Debian's cs2cs 9.1.1) and against a legal text.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use geo_types::{Geometry, line_string, polygon};
use serde_json::Map;
use spatial::crs::{CrsError, Transformation, WorkingReason, supported, working};
use spatial::{Crs, Envelope, Feature, Layer};

fn to_plane(code: u32, lon_lat: [f64; 2]) -> [f64; 2] {
    let crs = Crs::from_epsg(code).unwrap();
    Transformation::new(&Crs::wgs84(), &crs).unwrap().point(lon_lat).unwrap()
}

fn away(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Eight towns of the five provinces, WGS 84 to the province's own zone; N and E rounded to the millimetre.
#[test]
fn towns_land_where_proj_puts_them() {
    let towns = [
        ("Lai Châu", [103.47, 22.386], 9205, [548199.852, 2476476.081]),
        ("Tuyên Quang", [105.214, 21.8233], 9211, [418546.752, 2414309.398]),
        ("Hà Giang", [104.9836, 22.8233], 9209, [446797.967, 2524917.294]),
        ("Lào Cai", [103.9707, 22.4856], 9208, [419615.382, 2487639.514]),
        ("Yên Bái", [104.9113, 21.7229], 9208, [516490.681, 2402993.441]),
        ("Lạng Sơn", [106.7615, 21.8537], 9215, [449314.377, 2417549.695]),
        ("Pleiku", [108.0, 13.9833], 9218, [445789.204, 1546514.040]),
        ("Quy Nhơn", [109.2197, 13.782], 9217, [604657.643, 1524399.065]),
    ];
    for (town, lon_lat, code, expected) in towns {
        let off = away(to_plane(code, lon_lat), expected);
        assert!(off < 0.001, "{town}: {off} m");
    }
}

/// One point per TM-3 zone, 0.8° east of its meridian, `cs2cs -f %.6f EPSG:4326 +to EPSG:n` of PROJ 9.1.1.
const TM3_POINTS: [(u32, [f64; 2], [f64; 2]); 18] = [
    (5896, [102.8, 8.5], [587881.484986, 940057.480032]),
    (9205, [103.8, 10.5], [587371.730783, 1161265.194378]),
    (9206, [104.8, 12.5], [586755.955543, 1382500.249075]),
    (9207, [105.3, 13.5], [586408.526606, 1493129.562591]),
    (9208, [105.55, 14.0], [586224.969309, 1548447.428791]),
    (5897, [105.8, 14.5], [586034.867588, 1603767.533112]),
    (9209, [106.3, 15.5], [585635.086121, 1714414.747592]),
    (9210, [106.55, 16.0], [585425.435184, 1769742.001746]),
    (9211, [106.8, 16.5], [585209.297443, 1825071.781968]),
    (9212, [107.05, 17.0], [584986.688488, 1880404.158413]),
    (9213, [107.3, 17.5], [584757.624383, 1935739.200464]),
    (9214, [107.8, 18.5], [584280.197341, 2046417.554917]),
    (9215, [108.05, 19.0], [584031.868892, 2101761.002026]),
    (9216, [108.3, 19.5], [583777.154268, 2157107.384112]),
    (5899, [108.55, 20.0], [583516.071890, 2212456.766377]),
    (5898, [108.8, 20.5], [583248.640646, 2267809.213126]),
    (9217, [109.05, 21.0], [582974.879894, 2323164.787750]),
    (9218, [109.3, 21.5], [582694.809460, 2378523.552702]),
];

#[test]
fn every_tm3_zone_agrees_with_proj_to_ten_micrometres() {
    for (code, lon_lat, expected) in TM3_POINTS {
        let off = away(to_plane(code, lon_lat), expected);
        assert!(off < 1e-5, "EPSG:{code}: {off} m");
        assert_eq!(Crs::from_epsg(code).unwrap().tm3_meridian(), Some(lon_lat[0] - 0.8), "EPSG:{code}");
    }
}

#[test]
fn other_known_codes_agree_with_proj() {
    let points = [
        (3405, [107.2, 16.5], [734639.387378, 1825634.946306]),
        (3406, [107.2, 16.5], [94013.839564, 1828185.880037]),
        (32648, [107.2, 16.5], [734835.914855, 1825524.828916]),
        (32616, [-87.63, 41.88], [447726.870000, 4636644.757552]),
        (32755, [144.9, -37.8], [315115.612149, 5814297.848898]),
        (3857, [107.2, 16.5], [11933449.413039, 1862698.872151]),
    ];
    for (code, lon_lat, expected) in points {
        let off = away(to_plane(code, lon_lat), expected);
        assert!(off < 1e-5, "EPSG:{code}: {off} m");
    }
}

/// The projections that other places use, from EPSG:3035, 5070 and 2154 written out (cs2cs 9.1.1).
#[test]
fn proj_strings_serve_other_places() {
    let places = [
        (
            "+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m +no_defs",
            [13.4, 52.5],
            [4551801.973288, 3271028.983160],
        ),
        (
            "+proj=aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +x_0=0 +y_0=0 +ellps=GRS80 \
             +towgs84=0,0,0,0,0,0,0 +units=m +no_defs",
            [-87.63, 41.88],
            [688859.428517, 2127843.048030],
        ),
        (
            "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 \
             +towgs84=0,0,0,0,0,0,0 +units=m +no_defs",
            [2.35, 48.85],
            [652301.564831, 6861302.725900],
        ),
    ];
    for (text, lon_lat, expected) in places {
        let crs = Crs::parse(text).unwrap();
        assert_eq!(crs.name(), text);
        let found = Transformation::new(&Crs::wgs84(), &crs).unwrap().point(lon_lat).unwrap();
        assert!(away(found, expected) < 1e-4, "{text}: {found:?}");
    }
}

/// Circular 37/2019/TT-BGTVT lists four points off Lý Sơn in WGS 84 (whole seconds) and in VN-2000 (tenths).
#[test]
fn the_circulars_points_off_ly_son_agree() {
    let seconds = |d: f64, m: f64, s: f64| d + m / 60.0 + s / 3600.0;
    let points = [
        ((22.0, 29.0), (6.0, 7.0), (22.0, 32.7), (6.0, 0.5)),
        ((20.0, 32.0), (5.0, 35.0), (20.0, 35.7), (5.0, 28.5)),
        ((20.0, 10.0), (7.0, 6.0), (20.0, 13.7), (6.0, 59.5)),
        ((22.0, 24.0), (7.0, 43.0), (22.0, 27.7), (7.0, 36.5)),
    ];
    for (lat, lon, lat_vn, lon_vn) in points {
        let [x, y] = to_plane(4756, [seconds(109.0, lon.0, lon.1), seconds(15.0, lat.0, lat.1)]);
        let off_lat = (y - seconds(15.0, lat_vn.0, lat_vn.1)).abs() * 3600.0;
        let off_lon = (x - seconds(109.0, lon_vn.0, lon_vn.1)).abs() * 3600.0;
        // Half a unit of the tenth of a second that the circular prints.
        assert!(off_lat < 0.05 && off_lon < 0.05, "{off_lat}″, {off_lon}″");
    }
}

#[test]
fn a_round_trip_over_the_datum_comes_back_within_two_millimetres() {
    for (code, lon_lat, _) in TM3_POINTS {
        let crs = Crs::from_epsg(code).unwrap();
        let back = Transformation::new(&crs, &Crs::wgs84()).unwrap();
        let found = back.point(to_plane(code, lon_lat)).unwrap();
        assert!(away(found, lon_lat) * 111_320.0 < 0.002, "EPSG:{code}: {found:?}");
    }
    // Without a change of datum nothing is lost.
    let (here, there) = (Crs::from_epsg(9218).unwrap(), Crs::from_epsg(9217).unwrap());
    let start = [445789.204, 1546514.040];
    let there_and_back = Transformation::new(&here, &there)
        .unwrap()
        .point(start)
        .and_then(|p| Transformation::new(&there, &here).unwrap().point(p))
        .unwrap();
    assert!(away(there_and_back, start) < 1e-7, "{there_and_back:?}");
}

#[test]
fn the_same_crs_is_the_identity_bit_for_bit() {
    let names = ["EPSG:9215", "urn:ogc:def:crs:EPSG::9215"];
    let [a, b] = names.map(|name| Crs::parse(name).unwrap());
    let awkward = [449314.377_000_000_1, 0.1 + 0.2];
    assert_eq!(Transformation::new(&a, &b).unwrap().point(awkward), Some(awkward));
    let degrees = Transformation::new(&Crs::wgs84(), &Crs::from_epsg(4326).unwrap()).unwrap();
    assert_eq!(degrees.point([105.123_456_789_012_34, 21.1]), Some([105.123_456_789_012_34, 21.1]));
    assert!(degrees.is_identity());
}

#[test]
fn names_are_read_in_every_form() {
    let forms = [
        "EPSG:9215",
        "epsg:9215",
        " EPSG:9215 ",
        "urn:ogc:def:crs:EPSG::9215",
        "urn:ogc:def:crs:EPSG:10.2:9215",
        "http://www.opengis.net/def/crs/EPSG/0/9215",
        "https://www.opengis.net/def/crs/EPSG/0/9215/",
        "http://www.opengis.net/gml/srs/epsg.xml#9215",
        "+init=epsg:9215",
    ];
    for form in forms {
        assert_eq!(Crs::parse(form).unwrap().name(), "EPSG:9215", "{form}");
    }
    for form in [
        "CRS84",
        "OGC:CRS84",
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:OGC::CRS84",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    ] {
        assert_eq!(Crs::parse(form).unwrap(), Crs::wgs84(), "{form}");
    }
    assert_eq!(Crs::wgs84().epsg(), None);
    assert!(Crs::parse("EPSG:4756").unwrap().is_geographic());
}

#[test]
fn what_cannot_be_used_is_refused_with_the_reason() {
    for code in 6956..=6959 {
        let error = Crs::from_epsg(code).unwrap_err();
        assert_eq!(error, CrsError::Deprecated(code));
        assert!(error.to_string().contains("swapped"), "{error}");
    }
    for text in
        ["", "EPSG", "EPSG:", "EPSG:1", "EPSG:abc", "ESRI:102100", "urn:ogc:def:crs", "9215", "http://x"]
    {
        assert!(matches!(Crs::parse(text), Err(CrsError::Unknown(_))), "{text:?}");
    }
    for text in [
        "+proj=nonsense",
        "+proj=tmerc +ellps=martian",
        "+proj=tmerc +lon_0=105 +axis=neu +ellps=WGS84",
        "+proj=longlat +ellps=WGS84 +nadgrids=/etc/passwd",
        "+proj=geocent +ellps=WGS84",
    ] {
        assert!(matches!(Crs::parse(text), Err(CrsError::Unusable { .. })), "{text:?}");
    }
}

#[test]
fn points_that_no_projection_takes_are_none() {
    let to = Transformation::new(&Crs::wgs84(), &Crs::from_epsg(9215).unwrap()).unwrap();
    for bad in [[f64::NAN, 21.0], [105.0, f64::INFINITY], [105.0, 91.0], [1e9, 10.0]] {
        assert_eq!(to.point(bad), None, "{bad:?}");
    }
    let broken = Geometry::from(line_string![(x: 105.0, y: 21.0), (x: 105.0, y: 210.0)]);
    assert_eq!(to.geometry(&broken), None);
}

#[test]
fn an_envelopes_image_holds_the_images_of_its_points() {
    let to = Transformation::new(&Crs::wgs84(), &Crs::from_epsg(9215).unwrap()).unwrap();
    let envelope = Envelope { min: [102.0, 8.0], max: [110.0, 24.0] };
    let image = to.envelope(&envelope).unwrap();
    for i in 0..=1000 {
        let t = f64::from(i) / 1000.0;
        for point in [
            [102.0 + 8.0 * t, 8.0],
            [102.0 + 8.0 * t, 24.0],
            [102.0, 8.0 + 16.0 * t],
            [110.0, 8.0 + 16.0 * t],
        ] {
            let [x, y] = to.point(point).unwrap();
            assert!(image.intersects(&Envelope { min: [x, y], max: [x, y] }), "{point:?}");
        }
    }
}

fn layer(crs: &str, lon: f64, lat: f64) -> Layer {
    let square = polygon![(x: lon, y: lat), (x: lon + 0.1, y: lat), (x: lon, y: lat + 0.1)];
    let feature = Feature { position: 0, id: None, geometry: Some(square.into()), properties: Map::new() };
    Layer { crs: Crs::parse(crs).unwrap(), features: vec![feature] }
}

#[test]
fn the_working_crs_is_given_or_the_datas_or_the_provinces_or_a_guess_or_utm() {
    let lang_son = layer("EPSG:4326", 106.7, 21.8);
    let chicago = layer("OGC:CRS84", -87.7, 41.8);
    let own = layer("EPSG:9208", 400_000.0, 2_480_000.0);
    let zone = Crs::from_epsg(9215).unwrap();
    let choose = |layers: &[&Layer], given: Option<&Crs>, province: &[Crs]| {
        let (crs, reason) = working(layers, given, province).unwrap();
        (crs.name().to_owned(), reason)
    };
    let named = |code: u32, reason| (format!("EPSG:{code}"), reason);
    assert_eq!(choose(&[&own], Some(&zone), &[]), named(9215, WorkingReason::Given));
    assert_eq!(
        choose(&[&lang_son, &own], None, std::slice::from_ref(&zone)),
        named(9208, WorkingReason::OfTheData)
    );
    assert_eq!(choose(&[&lang_son], None, std::slice::from_ref(&zone)), named(9215, WorkingReason::Province));
    // Tuyên Quang since 2025: 106° and, with Hà Giang, 105°30′. Its middle is nearer to 105°, which is neither.
    let tuyen_quang = layer("EPSG:4326", 105.15, 22.4);
    let both = [9211, 9209].map(|code| Crs::from_epsg(code).unwrap());
    assert_eq!(choose(&[&tuyen_quang], None, &both), named(9209, WorkingReason::NearestOfProvince));
    // Middle at 106.75° E, between 106.5° and 107°.
    let guess = choose(&[&lang_son], None, &[]);
    assert!(guess.1.is_guess() && ["EPSG:9213", "EPSG:9214"].contains(&guess.0.as_str()), "{guess:?}");
    assert_eq!(choose(&[&chicago], None, std::slice::from_ref(&zone)), named(32616, WorkingReason::Utm));
    assert_eq!(choose(&[], None, &[]).1, WorkingReason::NoExtent);
    for bad in [Crs::wgs84(), Crs::web_mercator(), Crs::parse("+proj=utm +zone=16 +units=us-ft").unwrap()] {
        assert!(matches!(working(&[&chicago], Some(&bad), &[]), Err(CrsError::NotWorking(_))), "{bad:?}");
    }
}

/// A layer whose extent is this box of degrees.
fn over(west: f64, south: f64, east: f64, north: f64) -> Layer {
    let mut layer = layer("EPSG:4326", west, south);
    layer.features.extend(self::layer("EPSG:4326", east - 0.1, north - 0.1).features);
    layer
}

#[test]
fn what_reaches_too_far_for_a_zone_gets_an_equal_area_plane() {
    let choose = |layer: &Layer| {
        let (crs, reason) = working(&[layer], None, &[]).unwrap();
        (crs.name().to_owned(), reason)
    };
    let plane = |lat: i32, lon: i32| {
        (
            format!("+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m +no_defs"),
            WorkingReason::EqualArea,
        )
    };
    // Brazil and its municipalities' extent; the communes of Viet Nam with the islands; the Republic of Korea.
    assert_eq!(choose(&over(-73.990944, -33.751583, -32.392190, 5.272156)), plane(-14, -53));
    assert_eq!(choose(&over(102.143914, 7.183812, 117.827998, 23.392643)), plane(15, 110));
    assert_eq!(choose(&over(124.6, 33.1, 131.9, 38.6)), ("EPSG:32652".to_owned(), WorkingReason::Utm));
    // Paraná lies in two zones, and within reach of the one of its middle; São Paulo reaches 6.8° from its own.
    assert_eq!(choose(&over(-54.6, -26.7, -48.0, -22.5)), ("EPSG:32722".to_owned(), WorkingReason::Utm));
    assert_eq!(choose(&over(-53.1, -25.3, -44.2, -19.8)), plane(-23, -49));
    assert_eq!(choose(&over(-0.4, -0.3, 0.3, 0.4)), ("EPSG:32630".to_owned(), WorkingReason::Utm));
    assert_eq!(choose(&over(-20.4, -0.4, 20.4, 0.3)), plane(0, 0), "no minus zero");
}

/// `pyproj` with PROJ 9.5.1, from EPSG:4326.
#[test]
fn the_equal_area_plane_agrees_with_proj() {
    let plane = Crs::equal_area_at(-53.7, -14.2);
    assert_eq!(plane, Crs::parse(plane.name()).unwrap(), "its name can be given again");
    plane.check_working().unwrap();
    let there = Transformation::new(&Crs::wgs84(), &plane).unwrap();
    let back = Transformation::new(&plane, &Crs::wgs84()).unwrap();
    let points = [
        ([-43.2, -22.9], [1_109_358.769999, -1_013_242.117456]),
        ([-72.5, -9.1], [-2_025_530.490232, 469_430.089083]),
        ([-60.7, 2.8], [-752_475.696824, 1_844_001.278240]),
        ([-34.9, -8.05], [2_097_289.378462, 581_965.676313]),
    ];
    for (lon_lat, expected) in points {
        let found = there.point(lon_lat).unwrap();
        assert!(away(found, expected) < 1e-5, "{lon_lat:?}: {found:?}");
        assert!(away(back.point(expected).unwrap(), lon_lat) < 1e-10, "{expected:?}");
    }
}

#[test]
fn utm_zones_and_nearest_meridians() {
    assert_eq!(Crs::utm_at(105.9, 21.0).epsg(), Some(32648));
    assert_eq!(Crs::utm_at(-180.0, -1.0).epsg(), Some(32701));
    assert_eq!(Crs::utm_at(180.0, 1.0).epsg(), Some(32601));
    assert_eq!(Crs::utm_at(179.999, 1.0).epsg(), Some(32660));
    assert_eq!(Crs::nearest_tm3(104.6).epsg(), Some(9207));
    assert_eq!(Crs::nearest_tm3(90.0).epsg(), Some(5896));
}

#[test]
fn every_supported_code_can_be_computed_with() {
    let list = supported();
    assert_eq!(list.len(), 18 + 5 + 120);
    for entry in list {
        let crs = Crs::from_epsg(entry.code).unwrap();
        Transformation::new(&crs, &Crs::wgs84()).unwrap();
        assert!(!entry.name.is_empty());
    }
}
