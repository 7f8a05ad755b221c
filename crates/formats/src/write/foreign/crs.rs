//! A CRS in the words that GDAL takes, and the grid of coordinates that some formats have.

use spatial::Crs;

use super::note::WriteNote;
use crate::Foreign;

/// Steps of a whole number of 32 bits to either side, with room for what lies beyond the corners.
const STEPS: f64 = 2.0e9;
/// MapInfo's number of the ellipsoid of WGS 84, on which VN-2000 lies.
const ELLIPSOID: u32 = 28;
/// Origin and scale of a geodatabase's grid, on the plane and in degrees: 2⁵³ steps hold all of it.
const PLANE: [&str; 3] = ["XORIGIN=-5120900", "YORIGIN=-9998100", "XYSCALE=10000000"];
const DEGREES: [&str; 3] = ["XORIGIN=-400", "YORIGIN=-400", "XYSCALE=10000000000"];

/// The CRS as GDAL takes it.
pub(super) fn definition(format: Foreign, crs: &Crs) -> String {
    let mapinfo = matches!(format, Foreign::MapInfoTab | Foreign::MapInfoMif);
    if let Some(wkt) = mapinfo.then(|| mapinfo_wkt(crs.proj_string())).flatten() {
        return wkt;
    }
    match crs.epsg() {
        Some(code) => format!("EPSG:{code}"),
        None if crs.same_coordinates(&Crs::wgs84()) => "EPSG:4326".to_owned(),
        None => crs.proj_string().to_owned(),
    }
}

/// Well-known text from which GDAL makes a CoordSys with the seven parameters, where the PROJ string has some. Left to
/// itself it writes WGS 84, 200 m away.
fn mapinfo_wkt(proj: &str) -> Option<String> {
    let value = |key: &str| {
        let mut words = proj.split_whitespace().filter_map(|word| word.strip_prefix('+')?.split_once('='));
        words.find(|(name, _)| *name == key).map(|(_, value)| value)
    };
    let number = |key: &str| value(key).and_then(|value| value.parse::<f64>().ok());
    let shift: Vec<f64> = value("towgs84")?.split(',').map(str::parse).collect::<Result<_, _>>().ok()?;
    let [tx, ty, tz, rx, ry, rz, ppm] = shift.try_into().ok()?;
    if value("ellps") != Some("WGS84") {
        return None;
    }
    // PROJ turns the position, MapInfo the frame.
    let [rx, ry, rz] = [-rx, -ry, -rz];
    let datum = format!("MIF 9999,{ELLIPSOID},{tx},{ty},{tz},{rx},{ry},{rz},{ppm},0");
    let geographic = format!(
        "GEOGCS[\"unnamed\",DATUM[\"{datum}\",SPHEROID[\"WGS 84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],\
         UNIT[\"degree\",0.0174532925199433]]"
    );
    let (meridian, scale, easting) = match value("proj")? {
        "longlat" => return Some(geographic),
        "utm" => (number("zone")? * 6.0 - 183.0, 0.9996, 500_000.0),
        "tmerc" => (number("lon_0")?, number("k")?, number("x_0")?),
        _ => return None,
    };
    let (latitude, northing) = (number("lat_0").unwrap_or(0.0), number("y_0").unwrap_or(0.0));
    Some(format!(
        "PROJCS[\"unnamed\",{geographic},PROJECTION[\"Transverse_Mercator\"],\
         PARAMETER[\"latitude_of_origin\",{latitude}],PARAMETER[\"central_meridian\",{meridian}],\
         PARAMETER[\"scale_factor\",{scale}],PARAMETER[\"false_easting\",{easting}],\
         PARAMETER[\"false_northing\",{northing}],UNIT[\"metre\",1]]"
    ))
}

/// What the driver is told of the grid: for the file, and for a layer. The note says how wide it is.
pub(super) fn grid(
    format: Foreign,
    crs: &Crs,
    extent: Option<[f64; 4]>,
    notes: &mut Vec<WriteNote>,
) -> (Vec<String>, Vec<String>) {
    let degrees = crs.is_geographic();
    let [left, bottom, right, top] = extent.unwrap_or_default();
    let reach = (right - left).max(top - bottom).max(if degrees { 1e-3 } else { 100.0 });
    match format {
        Foreign::MapInfoTab | Foreign::MapInfoMif => {
            let margin = reach / 100.0;
            let [left, bottom] = [left - margin, bottom - margin];
            let [right, top] = [left + reach + 2.0 * margin, bottom + reach + 2.0 * margin];
            let bounds = format!("BOUNDS={left},{bottom},{right},{top}");
            if format == Foreign::MapInfoTab {
                let width = 10_f64.powf(((right - left) / STEPS).log10().ceil());
                notes.push(WriteNote::Grid { width, degrees });
            }
            (Vec::new(), vec!["ENCODING=UTF-8".to_owned(), bounds])
        }
        Foreign::Dgn => {
            let finest = if degrees { 9 } else { 4 };
            let decimals = (3..=finest).rev().find(|decimals| reach * 10_f64.powi(*decimals) < STEPS);
            let decimals = decimals.unwrap_or(3);
            let middle = |low: f64, high: f64| ((low + high) / 2.0).round();
            let (x, y) = (middle(left, right), middle(bottom, top));
            notes.push(WriteNote::Grid { width: 10_f64.powi(-decimals), degrees });
            let unit = if degrees { "d" } else { "m" };
            let options = [
                format!("MASTER_UNIT_NAME={unit}"),
                format!("SUB_UNIT_NAME=m{unit}"),
                "SUB_UNITS_PER_MASTER_UNIT=1000".to_owned(),
                format!("UOR_PER_SUB_UNIT={}", 10_u32.pow(decimals.unsigned_abs() - 3)),
                format!("ORIGIN={},{}", -x, -y),
            ];
            (options.to_vec(), Vec::new())
        }
        Foreign::FileGeodatabase => {
            let grid = if degrees { DEGREES } else { PLANE };
            let width = if degrees { 1e-10 } else { 1e-7 };
            notes.push(WriteNote::Grid { width, degrees });
            (Vec::new(), grid.map(str::to_owned).to_vec())
        }
        Foreign::Shapefile => (Vec::new(), vec!["ENCODING=UTF-8".to_owned()]),
        _ => (Vec::new(), Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use spatial::Crs;

    use super::{Foreign, definition};

    #[test]
    fn mapinfo_gets_the_seven_parameters_as_they_are_published() {
        let wkt = definition(Foreign::MapInfoMif, &Crs::from_epsg(9215).unwrap_or_else(|_| Crs::wgs84()));
        // EPSG:6960, a rotation of the frame.
        let datum = "MIF 9999,28,-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,0.252906278,0";
        assert!(wkt.contains(datum) && wkt.contains("PARAMETER[\"central_meridian\",107.25]"), "{wkt}");
        let utm = definition(Foreign::MapInfoTab, &Crs::from_epsg(3405).unwrap_or_else(|_| Crs::wgs84()));
        assert!(utm.contains(datum) && utm.contains("[\"central_meridian\",105]"), "{utm}");
        assert_eq!(definition(Foreign::MapInfoTab, &Crs::wgs84()), "EPSG:4326");
        assert_eq!(definition(Foreign::GeoPackage, &Crs::wgs84()), "EPSG:4326");
    }
}
