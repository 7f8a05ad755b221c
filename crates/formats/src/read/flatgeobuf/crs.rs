//! What a header says of its CRS.

use ::flatgeobuf::Crs as Table;
use spatial::Crs;
use spatial::crs::CrsError;

use crate::header::Named;
use crate::read::crs::Said;

const NONE: &str = "the file names no CRS: the coordinates were taken as longitude and latitude";
const BY_ROOT: &str = "the file describes its CRS by well-known text alone; the EPSG code in that was taken";

/// Reads the table. Codes of EPSG are looked up. Well-known text is not read but for the code at its end: what it
/// describes may be any of thousands, and a wrong guess moves everything.
pub(super) fn named(table: Option<Table<'_>>) -> Said {
    let Some(table) = table else { return Ok(Named::Unknown(NONE)) };
    let org = table.org().filter(|org| !org.is_empty()).unwrap_or("EPSG");
    let epsg = org.eq_ignore_ascii_case("EPSG");
    let code = u32::try_from(table.code()).ok().filter(|code| *code > 0);
    if let Some(code) = code {
        let crs = if epsg { Crs::from_epsg(code) } else { Crs::parse(&format!("{org}:{code}")) };
        return crs.map(Named::Crs).map_err(|error| titled(error, &table).into());
    }
    if let Some(text) = table.code_string().filter(|text| !text.is_empty()) {
        let crs = Crs::parse(&format!("{org}:{text}"));
        return crs.map(Named::Crs).map_err(|error| titled(error, &table).into());
    }
    let Some(wkt) = table.wkt().filter(|wkt| !wkt.is_empty()) else {
        return match title(&table) {
            Some(name) => Err(CrsError::Unknown(name).into()),
            None => Ok(Named::Unknown(NONE)),
        };
    };
    match root_code(wkt) {
        Some(code) => match Crs::from_epsg(code) {
            Ok(crs) => Ok(Named::Unusual(crs, BY_ROOT.into())),
            Err(error) => Err(titled(error, &table).into()),
        },
        None => Err(CrsError::Unknown(title(&table).unwrap_or_else(|| root_name(wkt))).into()),
    }
}

/// An unknown code with the name that the file gives it beside it.
fn titled(error: CrsError, table: &Table<'_>) -> CrsError {
    match (error, title(table)) {
        (CrsError::Unknown(code), Some(title)) => CrsError::Unknown(format!("{code} ({title})")),
        (error, _) => error,
    }
}

fn title(table: &Table<'_>) -> Option<String> {
    let name = table.name().or(table.description()).filter(|name| !name.is_empty())?;
    Some(name.chars().take(80).collect())
}

/// The EPSG code of the whole CRS: `…,ID["EPSG",9215]]` (WKT 2) or `…,AUTHORITY["EPSG","9215"]]` (WKT 1) at the very
/// end, as the parts' own codes stand inside.
fn root_code(wkt: &str) -> Option<u32> {
    let compact: String = wkt.chars().filter(|c| !c.is_whitespace()).collect();
    let inside = compact.strip_suffix("]]")?;
    let (_, last) = inside.rsplit_once('[')?;
    let code = last.strip_prefix("\"EPSG\",")?;
    code.trim_matches('"').parse().ok()
}

/// `PROJCRS["VN-2000 / …", …` → `VN-2000 / …`.
fn root_name(wkt: &str) -> String {
    let name = wkt.split('"').nth(1).unwrap_or(wkt);
    name.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::{root_code, root_name};

    #[test]
    fn the_code_of_the_whole_is_the_last() {
        let wkt2 = "PROJCRS[\"VN-2000 / TM-3 107-15\",BASEGEOGCRS[\"VN-2000\",ID[\"EPSG\",4756]],\n  ID[\"EPSG\", 9215]]";
        assert_eq!(root_code(wkt2), Some(9215));
        assert_eq!(root_code("GEOGCS[\"WGS 84\",AUTHORITY[\"EPSG\",\"4326\"]]"), Some(4326));
        let parts_only =
            "PROJCRS[\"mine\",BASEGEOGCRS[\"VN-2000\",ID[\"EPSG\",4756]],LENGTHUNIT[\"metre\",1]]";
        assert_eq!(root_code(parts_only), None);
        assert_eq!(root_name(parts_only), "mine");
        assert_eq!(root_code(""), None);
    }
}
