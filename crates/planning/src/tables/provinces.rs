//! Which VN-2000 TM-3 zone serves which province.

use std::collections::{BTreeSet, HashMap};

use serde::Deserialize;

use super::DataError;
use crate::search_key;

const TABLE: &str = "vn2000_zones";

/// A province as it was before 1 July 2025, with the TM-3 zone prescribed for it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Province {
    /// Name among the 63 provinces.
    pub province: String,
    /// Central meridian, degrees.
    pub central_meridian: f64,
    /// EPSG code of the TM-3 zone.
    pub epsg: u32,
    /// Name of the province it has been part of since 1 July 2025.
    pub province_2025: String,
    /// Other spellings, separated by `|`; on the row that a province of 2025 is named after, its code too.
    pub aliases: String,
}

/// The table, looked up by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Provinces {
    /// The 63 provinces.
    pub rows: Vec<Province>,
    zones: HashMap<String, BTreeSet<u32>>,
    today: HashMap<String, String>,
}

impl Provinces {
    /// Parses the table.
    /// # Errors
    /// [`DataError`] when a column is missing or not a number, or a province stands twice.
    pub fn parse(table: &str) -> Result<Self, DataError> {
        let rows: Vec<Province> = csv::Reader::from_reader(table.as_bytes())
            .deserialize()
            .collect::<Result<_, _>>()
            .map_err(|e| DataError::syntax(TABLE, &e))?;
        let mut zones: HashMap<String, BTreeSet<u32>> = HashMap::new();
        let mut seen = BTreeSet::new();
        for row in &rows {
            if !seen.insert(&row.province) {
                return Err(DataError::meaning(TABLE, &row.province, "stands twice"));
            }
            for name in [&row.province, &row.province_2025] {
                zones.entry(name_key(name)).or_default().insert(row.epsg);
            }
        }
        // A spelling stands for whatever the name stands for, the merged province included.
        for row in &rows {
            let meant = zones.get(&name_key(&row.province)).cloned().unwrap_or_default();
            for spelling in row.aliases.split('|').filter(|spelling| !spelling.is_empty()) {
                zones.insert(name_key(spelling), meant.clone());
            }
        }
        let today = today(&rows);
        Ok(Self { rows, zones, today })
    }

    /// The province of before 1 July 2025 of a name.
    pub fn former(&self, name: &str) -> Option<&Province> {
        let key = name_key(name);
        self.rows.iter().find(|row| name_key(&row.province) == key)
    }

    /// The EPSG codes of the TM-3 zones that a province name stands for: none for an unknown name, two for a name
    /// under which data of two zones may travel: Tuyên Quang is 106° by the old map, and since 1 July 2025 holds Hà
    /// Giang with 105°30′ as well.
    pub fn zones(&self, name: &str) -> impl Iterator<Item = u32> {
        self.zones.get(&name_key(name)).into_iter().flatten().copied()
    }

    /// The province of today that a name, an old name or a code stands for.
    pub fn today(&self, name: &str) -> Option<&str> {
        self.today.get(&name_key(name)).map(String::as_str)
    }

    /// The EPSG code of the one TM-3 zone that a province name stands for; `None` where [`Provinces::zones`] are
    /// none or several.
    pub fn epsg(&self, name: &str) -> Option<u32> {
        let mut zones = self.zones(name);
        zones.next().filter(|_| zones.next().is_none())
    }
}

/// The name of today by every name and code.
fn today(rows: &[Province]) -> HashMap<String, String> {
    let mut today = HashMap::new();
    for row in rows {
        let spellings = row.aliases.split('|').filter(|spelling| !spelling.is_empty());
        for name in spellings.chain([row.province.as_str(), row.province_2025.as_str()]) {
            today.insert(name_key(name), row.province_2025.clone());
        }
    }
    today
}

/// Names are compared without marks, case, hyphens, and the words for province and city.
pub(crate) fn name_key(name: &str) -> String {
    let key = search_key(&name.replace(['-', '–', '.'], " "));
    let bare = ["tinh ", "thanh pho ", "tp "].iter().find_map(|word| key.strip_prefix(word));
    bare.unwrap_or(&key).to_owned()
}

#[cfg(test)]
mod tests {
    use crate::provinces;

    #[test]
    fn a_province_names_its_zone_however_it_is_written() {
        let table = provinces().unwrap();
        assert_eq!(table.rows.len(), 63);
        assert_eq!(
            table.rows.iter().map(|r| &r.province_2025).collect::<std::collections::BTreeSet<_>>().len(),
            34
        );
        for name in ["Lạng Sơn", "tỉnh Lạng Sơn", "LANG SON", "Tỉnh  Lạng Sơn "] {
            assert_eq!(table.epsg(name), Some(9215), "{name}");
        }
        assert_eq!(table.epsg("Thành phố Đà Nẵng"), Some(5899));
        assert_eq!(table.epsg("Bà Rịa-Vũng Tàu"), Some(5899));
        assert_eq!(table.epsg("Huế"), Some(9214));
        assert_eq!(table.epsg("Hà Giang"), Some(9209));
    }

    #[test]
    fn a_province_code_of_2025_stands_for_the_whole_province() {
        let table = provinces().unwrap();
        assert_eq!(table.epsg("20"), Some(9215), "Lạng Sơn");
        assert_eq!(table.epsg("15"), Some(9208), "Lào Cai with Yên Bái");
        assert_eq!(table.epsg("08"), None, "Tuyên Quang with Hà Giang");
        assert_eq!(table.epsg("52"), None, "Gia Lai with Bình Định");
        let today = [("15", "Lào Cai"), ("tỉnh Yên Bái", "Lào Cai"), ("Lào Cai", "Lào Cai")];
        for (name, expected) in today {
            assert_eq!(table.today(name), Some(expected), "{name}");
        }
        assert_eq!(table.today("99"), None);
        let codes = table.rows.iter().flat_map(|row| row.aliases.split('|'));
        assert_eq!(codes.filter(|code| code.parse::<u8>().is_ok()).count(), 34);
    }

    #[test]
    fn a_merged_province_with_two_meridians_has_no_answer() {
        let table = provinces().unwrap();
        // Lào Cai and Yên Bái share 104°45′, so the merged name stays clear.
        assert_eq!(table.epsg("Lào Cai"), Some(9208));
        for name in ["Tuyên Quang", "Gia Lai", "TP HCM", "TP.HCM", "Hồ Chí Minh", "Hải Phòng"] {
            assert_eq!(table.epsg(name), None, "{name}");
        }
        assert_eq!(table.epsg("Atlantis"), None);
    }
}
