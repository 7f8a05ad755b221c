//! Spatial reference systems in `gpkg_spatial_ref_sys`, defined in OGC WKT 1 with easting or longitude first, as
//! GeoPackage blobs are.

use rusqlite::{Connection, OptionalExtension, params};
use spatial::Crs;

/// First identifier for systems that have no EPSG code, well above every code that EPSG gives out.
const FIRST_OWN_ID: i64 = 1_000_000;

const OWN_NAME: &str = "given as a PROJ string";
const OWN_DATUM: &str = r#"DATUM["unknown",SPHEROID["unknown",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]"#;

const WGS84_GEOGRAPHIC: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#;
const VN2000_GEOGRAPHIC: &str = r#"GEOGCS["VN-2000",DATUM["Vietnam_2000",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6756"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4756"]]"#;
const WEB_MERCATOR_TAIL: &str = r#"PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"],AUTHORITY["EPSG","3857"]]"#;

/// A system as it is written in the file.
#[derive(Debug, PartialEq)]
struct Definition {
    name: String,
    wkt: String,
}

/// Registers WGS 84 geographic, which every GeoPackage must hold.
pub(crate) fn register_wgs84(connection: &Connection) -> rusqlite::Result<()> {
    register(connection, &Crs::wgs84()).map(|_| ())
}

/// Makes sure that the system is in the file and gives its `srs_id`. CRS84 is 4326: in a blob the axes are x, y.
pub(crate) fn register(connection: &Connection, crs: &Crs) -> rusqlite::Result<i32> {
    let code = if *crs == Crs::wgs84() { Some(4326) } else { crs.epsg() };
    match code {
        Some(code) => register_epsg(connection, crs, code),
        None => register_own(connection, crs),
    }
}

fn register_epsg(connection: &Connection, crs: &Crs, code: u32) -> rusqlite::Result<i32> {
    let Definition { name, wkt } = definition(crs, code);
    let sql = "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?1, ?2, 'EPSG', ?2, ?3, NULL)";
    connection.execute(sql, params![name, code, wkt])?;
    Ok(i32::try_from(code).unwrap_or(0))
}

fn register_own(connection: &Connection, crs: &Crs) -> rusqlite::Result<i32> {
    let wkt = proj_string(crs);
    let known = "SELECT srs_id FROM gpkg_spatial_ref_sys WHERE organization = 'RANH' AND definition = ?1";
    if let Some(id) = connection.query_row(known, [&wkt], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    let next = "SELECT max(?1, ifnull(max(srs_id) + 1, 0)) FROM gpkg_spatial_ref_sys";
    let id: i32 = connection.query_row(next, [FIRST_OWN_ID], |row| row.get(0))?;
    let sql = "INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, 'RANH', ?2, ?3, NULL)";
    connection.execute(sql, params![OWN_NAME, id, wkt])?;
    Ok(id)
}

/// WKT that hands a PROJ string over to GDAL and QGIS: they read the extension and nothing else of it.
fn proj_string(crs: &Crs) -> String {
    let extension = format!("EXTENSION[\"PROJ4\",\"{}\"]", crs.name());
    if crs.is_geographic() {
        format!("GEOGCS[\"{OWN_NAME}\",{OWN_DATUM},{extension}]")
    } else {
        format!(
            "PROJCS[\"{OWN_NAME}\",GEOGCS[\"unknown\",{OWN_DATUM}],PROJECTION[\"custom_proj4\"],\
             UNIT[\"metre\",1],{extension}]"
        )
    }
}

fn definition(crs: &Crs, code: u32) -> Definition {
    let (name, wkt) = match code {
        4326 => ("WGS 84".to_owned(), WGS84_GEOGRAPHIC.to_owned()),
        4756 => ("VN-2000".to_owned(), VN2000_GEOGRAPHIC.to_owned()),
        3857 => {
            let name = "WGS 84 / Pseudo-Mercator";
            (name.to_owned(), format!("PROJCS[\"{name}\",{WGS84_GEOGRAPHIC},{WEB_MERCATOR_TAIL}"))
        }
        3405 => utm("VN-2000", VN2000_GEOGRAPHIC, 48, true, code),
        3406 => utm("VN-2000", VN2000_GEOGRAPHIC, 49, true, code),
        32601..=32660 => utm("WGS 84", WGS84_GEOGRAPHIC, code - 32600, true, code),
        32701..=32760 => utm("WGS 84", WGS84_GEOGRAPHIC, code - 32700, false, code),
        _ => match crs.tm3_meridian() {
            Some(meridian) => tm3(meridian, code),
            None => (crs.name().to_owned(), format!("EPSG:{code}")),
        },
    };
    Definition { name, wkt }
}

/// A TM-3 zone of VN-2000. EPSG names the three whole zones 481, 482 and 491, all others by their meridian.
fn tm3(meridian: f64, code: u32) -> (String, String) {
    let (degrees, minutes) = (meridian.trunc(), (meridian.fract() * 60.0).round());
    let zone = match code {
        5896 => "zone 481".to_owned(),
        5897 => "zone 482".to_owned(),
        5898 => "zone 491".to_owned(),
        _ => format!("{degrees}-{minutes:02}"),
    };
    let name = format!("VN-2000 / TM-3 {zone}");
    let wkt = transverse_mercator(&name, VN2000_GEOGRAPHIC, meridian, "0.9999", 0, code);
    (name, wkt)
}

fn utm(datum: &str, geographic: &str, zone: u32, north: bool, code: u32) -> (String, String) {
    let (letter, false_northing) = if north { ("N", 0) } else { ("S", 10_000_000) };
    let name = format!("{datum} / UTM zone {zone}{letter}");
    let meridian = f64::from(zone) * 6.0 - 183.0;
    let wkt = transverse_mercator(&name, geographic, meridian, "0.9996", false_northing, code);
    (name, wkt)
}

fn transverse_mercator(
    name: &str,
    geographic: &str,
    meridian: f64,
    scale: &str,
    false_northing: u32,
    code: u32,
) -> String {
    format!(
        "PROJCS[\"{name}\",{geographic},PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],\
         PARAMETER[\"central_meridian\",{meridian}],PARAMETER[\"scale_factor\",{scale}],\
         PARAMETER[\"false_easting\",500000],PARAMETER[\"false_northing\",{false_northing}],\
         UNIT[\"metre\",1,AUTHORITY[\"EPSG\",\"9001\"]],AXIS[\"Easting\",EAST],AXIS[\"Northing\",NORTH],\
         AUTHORITY[\"EPSG\",\"{code}\"]]"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `projinfo EPSG:9215 -o WKT1_GDAL --single-line` of PROJ 9.1.1.
    const PROJ_9215: &str = r#"PROJCS["VN-2000 / TM-3 107-15",GEOGCS["VN-2000",DATUM["Vietnam_2000",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6756"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4756"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",107.25],PARAMETER["scale_factor",0.9999],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","9215"]]"#;
    /// The same for EPSG:32748.
    const PROJ_32748: &str = r#"PROJCS["WGS 84 / UTM zone 48S",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",105],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",10000000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","32748"]]"#;

    #[test]
    fn tm3_zone_is_the_one_of_proj() {
        assert_eq!(tm3(107.25, 9215).1, PROJ_9215);
        assert_eq!(tm3(102.0, 5896).0, "VN-2000 / TM-3 zone 481");
        assert_eq!(tm3(107.75, 5899).0, "VN-2000 / TM-3 107-45");
    }

    #[test]
    fn southern_utm_zone_is_the_one_of_proj() {
        assert_eq!(utm("WGS 84", WGS84_GEOGRAPHIC, 48, false, 32748).1, PROJ_32748);
    }
}
