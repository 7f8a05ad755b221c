//! The register's view of features: what a zone, a parcel or a commune says of itself, read tolerantly.

use serde_json::Value;
use spatial::Feature;

use crate::{Role, ZoneKind, ZoneState, read_number};

/// The property in which a reader of coordinate lists keeps the distance between the first and the last point of a
/// ring that it had to close, m.
pub const CLOSING_GAP: &str = "closing_gap_m";

/// A statement of a zone that could not be understood; the check says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The kind is not one of [`ZoneKind`].
    Kind(String),
    /// The state is not one of [`ZoneState`].
    State(String),
    /// The declared area is not a number above zero, or can be read in two ways.
    DeclaredArea(String),
}

/// What a zone says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Zone {
    /// Feature id.
    pub id: String,
    /// Name; the id where there is none.
    pub name: String,
    /// Kind, where known.
    pub kind: Option<ZoneKind>,
    /// State, where known.
    pub state: Option<ZoneState>,
    /// Id of the zone that holds it.
    pub parent: Option<String>,
    /// Declared area, ha.
    pub declared_area_ha: Option<f64>,
    /// Name of the province.
    pub province: Option<String>,
    /// Codes of the communes that it says it lies in.
    pub communes: Vec<String>,
    /// Scale denominator of its own source, where it gives one.
    pub scale: Option<u32>,
    /// Whether it lies in the mountains, where it says so.
    pub mountainous: Option<bool>,
    /// The class of its works by which safety distances go, such as `III`.
    pub environment_class: Option<String>,
    /// What could not be understood.
    pub unread: Vec<Unread>,
}

impl Zone {
    /// Reads a feature of role zone. Anything may be missing; what is there but makes no sense goes to `unread`.
    pub fn read(feature: &Feature) -> Self {
        let id = feature_id(feature, Role::Zone);
        let mut unread = Vec::new();
        let kind = understood(words(feature, "kind"), ZoneKind::from_code, Unread::Kind, &mut unread);
        let state = understood(words(feature, "state"), ZoneState::from_code, Unread::State, &mut unread);
        let area = feature.properties.get("declared_area_ha").filter(|value| !is_blank(value));
        let declared_area_ha = area.and_then(read_number).filter(|area| *area > 0.0);
        if let (Some(value), None) = (area, declared_area_ha) {
            unread
                .push(Unread::DeclaredArea(value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        }
        Self {
            name: words(feature, "name").unwrap_or_else(|| id.clone()),
            kind,
            state,
            parent: words(feature, "parent"),
            declared_area_ha,
            province: words(feature, "province"),
            communes: declared_communes(feature),
            scale: scale(feature),
            mountainous: mountainous(feature),
            environment_class: words(feature, "environment_class"),
            unread,
            id,
        }
    }
}

fn understood<T>(
    text: Option<String>,
    read: impl Fn(&str) -> Option<T>,
    doubt: impl Fn(String) -> Unread,
    unread: &mut Vec<Unread>,
) -> Option<T> {
    let text = text?;
    let value = read(&text);
    if value.is_none() {
        unread.push(doubt(text));
    }
    value
}

/// The identifier of a feature: the one its file gives it; else, for zones and communes, its property `id` or
/// `code`; else its position.
pub fn feature_id(feature: &Feature, role: Role) -> String {
    let named = || match role {
        Role::Zone | Role::Admin => words(feature, "id").or_else(|| words(feature, "code")),
        Role::LandUsePlan | Role::LandUse | Role::Constraint => None,
    };
    feature.id.as_ref().map(ToString::to_string).or_else(named).unwrap_or_else(|| feature.label())
}

/// The land-use codes of a parcel: usually one, several for `ONT+CLN`, none where the file gives none. In a plan
/// `planned_code` goes before `code`, elsewhere `current_code`: a parcel may carry both.
pub fn parcel_codes(feature: &Feature, role: Role) -> Vec<String> {
    let own = if role == Role::LandUsePlan { "planned_code" } else { "current_code" };
    codes_of(&words(feature, own).or_else(|| words(feature, "code")).unwrap_or_default())
}

/// The codes in a text, `ont + CLN` → `ONT`, `CLN`.
pub(crate) fn codes_of(text: &str) -> Vec<String> {
    let text = text.to_uppercase();
    let separator = |c: char| c.is_whitespace() || matches!(c, '+' | '/' | ',' | ';');
    text.split(separator).filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

/// The scale denominator that a feature gives for itself: `2000`, `"1:2.000"`.
pub fn scale(feature: &Feature) -> Option<u32> {
    let text = words(feature, "scale")?;
    let denominator = text.trim().trim_start_matches("1:");
    let denominator = denominator.strip_suffix(".0").unwrap_or(denominator);
    let plain: String = denominator.chars().filter(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}')).collect();
    plain.parse().ok().filter(|scale| *scale > 0)
}

/// The code of a commune as it is compared: five digits, zeros lost to a spreadsheet put back.
pub fn commune_code(text: &str) -> String {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { format!("{text:0>5}") } else { text.to_owned() }
}

/// The code by which a commune is compared: its property `code`, else its id.
pub(crate) fn commune_key(feature: &Feature) -> String {
    commune_code(&words(feature, "code").unwrap_or_else(|| feature_id(feature, Role::Admin)))
}

/// The name by which people call a feature, the full one of a commune (`Xã Bát Xát`).
pub(crate) fn full_name(feature: &Feature) -> Option<String> {
    words(feature, "fullName").or_else(|| words(feature, "name"))
}

/// Whether a zone or a commune is said to lie in the mountains.
pub(crate) fn mountainous(feature: &Feature) -> Option<bool> {
    feature.properties.get("mountainous").and_then(Value::as_bool)
}

/// By how much the ring of a coordinate list was open, m, where its reader says so.
pub(crate) fn closing_gap_m(feature: &Feature) -> Option<f64> {
    feature.properties.get(CLOSING_GAP).and_then(Value::as_f64)
}

/// Code and name of the province of a commune, as far as it gives them.
pub(crate) fn commune_province(feature: &Feature) -> (Option<String>, Option<String>) {
    (words(feature, "provinceCode"), words(feature, "province"))
}

fn declared_communes(feature: &Feature) -> Vec<String> {
    let listed: Vec<String> = match feature.properties.get("communes") {
        Some(Value::Array(values)) => values.iter().filter_map(word).collect(),
        Some(Value::String(text)) => text.split([',', ';']).map(|code| code.trim().to_owned()).collect(),
        Some(other) => word(other).into_iter().collect(),
        None => Vec::new(),
    };
    let mut codes: Vec<String> = Vec::new();
    for code in listed.iter().filter(|code| !code.is_empty()).map(|code| commune_code(code)) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// A property as trimmed text; `None` when absent, null or blank.
fn words(feature: &Feature, name: &str) -> Option<String> {
    feature.properties.get(name).and_then(word)
}

fn word(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use spatial::FeatureId;

    fn feature(properties: Value) -> Feature {
        let Value::Object(properties) = properties else { panic!("an object") };
        Feature { position: 7, id: None, geometry: None, properties }
    }

    #[test]
    fn a_zone_is_read_whatever_form_its_values_have() {
        let zone = Zone::read(&feature(json!({
            "id": "Z-1", "name": " KCN Đồng Bành ", "kind": "kcn", "state": "in_plan", "declared_area_ha": "207,5",
            "communes": [5977, "06000 "], "scale": "1:2.000", "parent": "K-1", "province": "Lạng Sơn"
        })));
        assert_eq!((zone.id.as_str(), zone.name.as_str()), ("Z-1", "KCN Đồng Bành"));
        assert_eq!((zone.kind, zone.state), (Some(ZoneKind::IndustrialPark), Some(ZoneState::InPlan)));
        assert_eq!((zone.declared_area_ha, zone.scale), (Some(207.5), Some(2000)));
        assert_eq!(zone.communes, ["05977", "06000"]);
        assert!(zone.unread.is_empty());
    }

    #[test]
    fn what_makes_no_sense_is_kept_for_a_note() {
        let zone =
            Zone::read(&feature(json!({"kind": "KCC", "state": "sleeping", "declared_area_ha": "1.704"})));
        let expected = [
            Unread::Kind("KCC".into()),
            Unread::State("sleeping".into()),
            Unread::DeclaredArea("1.704".into()),
        ];
        assert_eq!(zone.unread, expected);
        assert_eq!((zone.id.as_str(), zone.name.as_str()), ("7", "7"));
        assert!(Zone::read(&feature(json!({"declared_area_ha": -3}))).declared_area_ha.is_none());
        assert!(Zone::read(&feature(json!({"declared_area_ha": null, "kind": ""}))).unread.is_empty());
    }

    #[test]
    fn identifiers_come_from_the_file_before_the_properties() {
        let mut commune = feature(json!({"code": "05977"}));
        assert_eq!(feature_id(&commune, Role::Admin), "05977");
        assert_eq!(feature_id(&commune, Role::LandUsePlan), "7");
        commune.id = Some(FeatureId::Number(3.into()));
        assert_eq!(feature_id(&commune, Role::Admin), "3");
    }

    #[test]
    fn a_parcel_may_have_several_codes_or_none() {
        let codes = |value: Value, role| parcel_codes(&feature(value), role);
        assert_eq!(codes(json!({"code": "ont + CLN"}), Role::LandUse), ["ONT", "CLN"]);
        assert!(codes(json!({"code": null}), Role::LandUse).is_empty());
        let both = json!({"code": "HNK", "current_code": "LUC", "planned_code": "SKN"});
        assert_eq!(codes(both.clone(), Role::LandUse), ["LUC"]);
        assert_eq!(codes(both, Role::LandUsePlan), ["SKN"]);
        assert_eq!(scale(&feature(json!({"scale": 10000}))), Some(10_000));
        assert_eq!(scale(&feature(json!({"scale": "n/a"}))), None);
    }
}
