//! The CRS that a sheet states in words: "VN-2000, kinh tuyến trục 107°15', múi chiếu 3°".

use spatial::Crs;

use super::words::{phrase, tokens};

/// What a text says of the CRS.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Statement {
    /// A CRS that is known.
    Crs(Crs),
    /// It speaks of one, but that cannot be used, for this reason.
    Unclear(String),
}

/// What a text says of its CRS, if it speaks of one.
pub(super) fn statement(text: &str) -> Option<Statement> {
    let words = tokens(text);
    let plain: Vec<&str> = words.iter().map(String::as_str).collect();
    if let Some(code) = epsg(&plain) {
        return Some(match Crs::from_epsg(code) {
            Ok(crs) => Statement::Crs(crs),
            Err(error) => Statement::Unclear(error.to_string()),
        });
    }
    let at = plain.windows(2).position(|pair| pair == ["kinh", "tuyen"]).map(|at| at + 2);
    let at = at.or_else(|| plain.iter().position(|word| *word == "ktt").map(|at| at + 1))?;
    if plain.windows(2).any(|pair| pair == ["hn", "72"]) || plain.contains(&"hn72") {
        return Some(Statement::Unclear(
            "it speaks of HN-72, an older datum that is not computed with".to_owned(),
        ));
    }
    let meridian = degrees(plain.get(at..)?);
    let zone = zone(&plain);
    Some(match (meridian, zone) {
        (None, _) => Statement::Unclear("it names no degrees of the central meridian".to_owned()),
        (Some(meridian), zone) => named(meridian, zone),
    })
}

fn epsg(words: &[&str]) -> Option<u32> {
    let at = words.iter().position(|word| *word == "epsg")?;
    words.get(at + 1)?.parse().ok()
}

fn named(meridian: f64, zone: Option<u32>) -> Statement {
    let shown = format!("{meridian}°");
    let crs = match zone {
        Some(6) if meridian == 105.0 => Crs::from_epsg(3405),
        Some(6) if meridian == 111.0 => Crs::from_epsg(3406),
        Some(3) => Ok(Crs::nearest_tm3(meridian)),
        // Only one of the two projections uses the others.
        None if meridian != 105.0 && meridian != 111.0 => Ok(Crs::nearest_tm3(meridian)),
        None => {
            return Statement::Unclear(format!(
                "it names the meridian {shown}, but not whether the zone is of 3° or of 6°"
            ));
        }
        Some(other) => {
            return Statement::Unclear(format!("there is no zone of {other}° at the meridian {shown}"));
        }
    };
    match crs {
        Ok(crs) if zone == Some(6) || crs.tm3_meridian() == Some(meridian) => Statement::Crs(crs),
        Ok(_) => Statement::Unclear(format!("no TM-3 zone of VN-2000 has the central meridian {shown}")),
        Err(error) => Statement::Unclear(error.to_string()),
    }
}

/// Degrees as words: `107 15`, `107 do 15 phut`, `107o15`; those of "107,25" are told by being no minutes of a meridian.
fn degrees(words: &[&str]) -> Option<f64> {
    let mut numbers: Vec<&str> = Vec::new();
    for word in words {
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        if is_number {
            numbers.extend(word.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()));
        }
        let joins = ["do", "phut", "trung", "uong", "truc", "o", "la", "so", "m"].contains(word);
        if (!is_number && !joins) || numbers.len() > 1 {
            break;
        }
    }
    let whole = numbers.first()?.parse::<u32>().ok().filter(|whole| (90..=120).contains(whole))?;
    let minutes = match numbers.get(1).copied() {
        None | Some("0" | "00" | "000") => 0,
        Some("15" | "25") => 15,
        Some("30" | "5" | "50" | "500") => 30,
        Some("45" | "75" | "750") => 45,
        Some(_) => return None,
    };
    Some(f64::from(whole) + f64::from(minutes) / 60.0)
}

/// The width of the zone: `mui chieu 3`, `mui 3 do`.
fn zone(words: &[&str]) -> Option<u32> {
    let at = words.iter().position(|word| *word == "mui")?;
    let digits = |word: &&str| word.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok();
    words.get(at + 1..)?.iter().take(2).find_map(digits)
}

/// Whether words are about the CRS and nothing else.
pub(super) fn is_about_crs(words: &[&str]) -> bool {
    phrase(words, "kinh tuyen")
        || words.contains(&"ktt")
        || phrase(words, "he toa do")
        || words.contains(&"epsg")
}

#[cfg(test)]
mod tests {
    use super::{Statement, statement};

    #[test]
    fn statements_are_understood_in_their_spellings() {
        let code = |text: &str| match statement(text) {
            Some(Statement::Crs(crs)) => crs.epsg(),
            _ => None,
        };
        for text in [
            "Hệ tọa độ VN-2000, kinh tuyến trục 107°15', múi chiếu 3°",
            "(VN2000, KTT 107°15’, múi 3 độ)",
            "Hệ toạ độ VN-2000 kinh tuyến trục 107 độ 15 phút múi chiếu 3 độ",
            "VN-2000 KTT 107o15' mui 3o",
            "Kinh tuyến trục: 107,25° – múi 3°",
            "kinh tuyến trung ương 107º15'",
            "EPSG:9215",
        ] {
            assert_eq!(code(text), Some(9215), "{text}");
        }
        assert_eq!(code("VN-2000, kinh tuyến trục 105°00', múi chiếu 3°"), Some(5897));
        assert_eq!(code("VN-2000, kinh tuyến trục 105°, múi chiếu 6°"), Some(3405));
        assert_eq!(code("Kinh tuyến trục 106°30', múi 3°"), Some(9213));
        let unclear = |text: &str| matches!(statement(text), Some(Statement::Unclear(_)));
        assert!(unclear("VN-2000, kinh tuyến trục 105°"), "TM-3 or UTM");
        assert!(unclear("HN-72, kinh tuyến trục 105°, múi 6°"));
        assert!(unclear("VN-2000, kinh tuyến trục, múi 3°"));
        assert!(unclear("VN-2000, kinh tuyến trục 105°15', múi 3°"), "no such zone");
        assert!(unclear("EPSG:6956"), "withdrawn");
        assert_eq!(statement("Diện tích 107,25 ha"), None);
    }
}
