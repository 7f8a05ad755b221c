//! The CRSs known by EPSG code, as PROJ strings. Our own table because proj4rs carries no EPSG registry, and
//! because the signs of VN-2000's rotations and the deprecated codes deserve to be looked at once, here.

/// VN-2000 → WGS 84, EPSG:6960. EPSG publishes it as a coordinate-frame rotation (rx −0.00928836″,
/// ry +0.01975479″, rz −0.00427372″); `+towgs84` means position vector, so the three rotations change sign.
/// With the published signs points land 0.6–0.8 m away.
const VN2000_TO_WGS84: &str = "+towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,\
                               0.00427372,0.252906278";

/// The VN-2000 3° transverse Mercator zones: central meridian in degrees, EPSG code, EPSG name.
pub(super) const TM3_ZONES: [(f64, u32, &str); 18] = [
    (102.0, 5896, "VN-2000 / TM-3 zone 481"),
    (103.0, 9205, "VN-2000 / TM-3 103-00"),
    (104.0, 9206, "VN-2000 / TM-3 104-00"),
    (104.5, 9207, "VN-2000 / TM-3 104-30"),
    (104.75, 9208, "VN-2000 / TM-3 104-45"),
    (105.0, 5897, "VN-2000 / TM-3 zone 482"),
    (105.5, 9209, "VN-2000 / TM-3 105-30"),
    (105.75, 9210, "VN-2000 / TM-3 105-45"),
    (106.0, 9211, "VN-2000 / TM-3 106-00"),
    (106.25, 9212, "VN-2000 / TM-3 106-15"),
    (106.5, 9213, "VN-2000 / TM-3 106-30"),
    (107.0, 9214, "VN-2000 / TM-3 107-00"),
    (107.25, 9215, "VN-2000 / TM-3 107-15"),
    (107.5, 9216, "VN-2000 / TM-3 107-30"),
    (107.75, 5899, "VN-2000 / TM-3 107-45"),
    (108.0, 5898, "VN-2000 / TM-3 zone 491"),
    (108.25, 9217, "VN-2000 / TM-3 108-15"),
    (108.5, 9218, "VN-2000 / TM-3 108-30"),
];

/// Codes that EPSG withdrew because false easting and false northing were swapped (FE 0, FN 500000).
pub(super) const SWAPPED_ORIGINS: std::ops::RangeInclusive<u32> = 6956..=6959;

/// What a code stands for.
pub(super) struct Definition {
    /// The name in the EPSG registry.
    pub(super) title: String,
    /// The PROJ string that is computed with.
    pub(super) proj: String,
    /// Whether coordinates are degrees.
    pub(super) geographic: bool,
    /// The central meridian of a VN-2000 TM-3 zone.
    pub(super) tm3_meridian: Option<f64>,
}

impl Definition {
    fn geographic(title: &str, proj: &str) -> Self {
        Self { title: title.into(), proj: proj.into(), geographic: true, tm3_meridian: None }
    }

    fn projected(title: String, proj: String) -> Self {
        Self { title, proj, geographic: false, tm3_meridian: None }
    }

    fn vn2000_tm3(meridian: f64, title: &str) -> Self {
        let proj = format!(
            "+proj=tmerc +lat_0=0 +lon_0={meridian} +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 \
             {VN2000_TO_WGS84} +units=m +no_defs"
        );
        Self { tm3_meridian: Some(meridian), ..Self::projected(title.into(), proj) }
    }

    fn vn2000_utm(zone: u32) -> Self {
        let proj = format!("+proj=utm +zone={zone} +ellps=WGS84 {VN2000_TO_WGS84} +units=m +no_defs");
        Self::projected(format!("VN-2000 / UTM zone {zone}N"), proj)
    }

    fn wgs84_utm(zone: u32, south: bool) -> Self {
        let (hemisphere, option) = if south { ("S", " +south") } else { ("N", "") };
        let proj = format!("+proj=utm +zone={zone}{option} +datum=WGS84 +units=m +no_defs");
        Self::projected(format!("WGS 84 / UTM zone {zone}{hemisphere}"), proj)
    }

    fn web_mercator() -> Self {
        let proj = "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m \
                    +nadgrids=@null +no_defs";
        Self::projected("WGS 84 / Pseudo-Mercator".into(), proj.into())
    }
}

/// The PROJ string of WGS 84 longitude, latitude.
pub(super) const WGS84: &str = "+proj=longlat +datum=WGS84 +no_defs";

/// Looks a code up; `None` when it is not one of ours.
pub(super) fn definition(code: u32) -> Option<Definition> {
    match code {
        4326 => Some(Definition::geographic("WGS 84", WGS84)),
        4756 => Some(Definition::geographic(
            "VN-2000",
            &format!("+proj=longlat +ellps=WGS84 {VN2000_TO_WGS84} +no_defs"),
        )),
        3857 => Some(Definition::web_mercator()),
        3405 => Some(Definition::vn2000_utm(48)),
        3406 => Some(Definition::vn2000_utm(49)),
        32601..=32660 => Some(Definition::wgs84_utm(code - 32600, false)),
        32701..=32760 => Some(Definition::wgs84_utm(code - 32700, true)),
        _ => TM3_ZONES
            .iter()
            .find(|zone| zone.1 == code)
            .map(|&(meridian, _, title)| Definition::vn2000_tm3(meridian, title)),
    }
}

/// Every code of the table, VN-2000 first, in the order a person would look for it.
pub(super) fn codes() -> impl Iterator<Item = u32> {
    TM3_ZONES
        .iter()
        .map(|zone| zone.1)
        .chain([3405, 3406, 4756, 4326, 3857])
        .chain(32601..=32660)
        .chain(32701..=32760)
}
