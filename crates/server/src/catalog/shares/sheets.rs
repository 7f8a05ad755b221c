//! What lies in zones as cells of sheets.

use planning::{Cell, DataError, Language, Messages, Parameters};
use report::CellSheet;

use crate::wire::{
    LandInCommune, LandInZone, LandInZones, Quantity, UnitChanges, UnitName, ZoneUnit, ZoneUnits,
};

/// Texts of a language.
struct Heads {
    messages: &'static Messages,
    language: Language,
}

impl Heads {
    fn of(language: Language) -> Result<Self, DataError> {
        Ok(Self { messages: planning::messages()?, language })
    }

    fn text(&self, key: &str) -> String {
        let text = self.messages.text(&format!("zone_shares.{key}"), &Parameters::new());
        text.in_language(self.language).to_owned()
    }

    fn sheet(&self, name: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> CellSheet {
        let columns = columns.iter().map(|column| self.text(column)).collect();
        CellSheet { name: self.text(name), columns, rows }
    }
}

/// Land in zones: zones with their sum, zones by commune, communes, and the features where they are told.
/// # Errors
/// When the texts that are compiled in cannot be read.
pub(crate) fn land_sheets(answer: &LandInZones, language: Language) -> Result<Vec<CellSheet>, DataError> {
    let heads = Heads::of(language)?;
    let columns = [
        "id",
        "name",
        "kind",
        "area_ha",
        "features",
        "on_ha",
        "cleared_ha",
        "in_progress_ha",
        "households",
        "as_of",
    ];
    let mut total = vec![Cell::Empty; columns.len()];
    total[1] = text(&heads.text("total"));
    total[4] = count(answer.features);
    total[5] = Cell::Number(answer.on_ha);
    let zones = answer.zones.iter().map(land_row).chain([total]).collect();
    let by_zone = answer.zones.iter().flat_map(|one| {
        one.by_commune
            .iter()
            .map(|commune| [vec![text(&one.zone.id), text(&one.zone.name)], of(commune)].concat())
    });
    let mut sheets = vec![
        heads.sheet("zones", &columns, zones),
        heads.sheet("by_zone", &["id", "name", "code", "commune", "features", "on_ha"], by_zone.collect()),
        heads.sheet(
            "by_commune",
            &["code", "commune", "features", "on_ha"],
            answer.by_commune.iter().map(of).collect(),
        ),
    ];
    let parts = answer.zones.iter().flat_map(|one| {
        one.parts.iter().map(|part| {
            let code = part.code.as_deref().or(part.name.as_deref()).unwrap_or_default();
            vec![text(&one.zone.id), text(&part.id), text(code), Cell::Number(part.area_m2)]
        })
    });
    let parts: Vec<Vec<Cell>> = parts.collect();
    if !parts.is_empty() {
        sheets.push(heads.sheet("parts", &["id", "feature", "what", "area_m2"], parts));
    }
    Ok(sheets)
}

fn land_row(one: &LandInZone) -> Vec<Cell> {
    let stated = |quantity: Option<&Quantity>| quantity.map_or(Cell::Empty, |one| Cell::Number(one.value));
    let clearance = one.clearance.as_ref();
    vec![
        text(&one.zone.id),
        text(&one.zone.name),
        text(one.zone.kind.as_deref().unwrap_or_default()),
        Cell::Number(one.area_ha),
        count(one.features),
        Cell::Number(one.on_ha),
        stated(clearance.and_then(|one| one.cleared_ha.as_ref())),
        stated(clearance.and_then(|one| one.in_progress_ha.as_ref())),
        stated(clearance.and_then(|one| one.households.as_ref())),
        clearance.map_or(Cell::Empty, |one| text(&one.as_of)),
    ]
}

fn of(commune: &LandInCommune) -> Vec<Cell> {
    vec![text(&commune.code), text(&commune.name), count(commune.features), Cell::Number(commune.area_ha)]
}

/// Zones by old and new units: a line for each zone, then which unit became which.
/// # Errors
/// When the texts that are compiled in cannot be read.
pub(crate) fn unit_sheets(answer: &UnitChanges, language: Language) -> Result<Vec<CellSheet>, DataError> {
    let heads = Heads::of(language)?;
    let row = |one: &ZoneUnits| {
        let names = |units: &[ZoneUnit]| {
            let wide = units.iter().filter(|unit| !unit.narrow);
            wide.map(|unit| format!("{} ({})", unit.name, unit.code)).collect::<Vec<_>>().join("; ")
        };
        let of =
            |units: &[UnitName]| units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join(", ");
        let claimants: Vec<String> = one.contested.iter().map(|place| of(&place.claimants)).collect();
        let contested_ha = one.contested.iter().map(|place| place.area_ha).fold(0.0, std::ops::Add::add);
        vec![
            text(&one.zone.id),
            text(&one.zone.name),
            Cell::Number(one.area_ha),
            text(&names(&one.before)),
            text(&names(&one.after)),
            text(&heads.text(if one.changed { "yes" } else { "no" })),
            if one.contested.is_empty() { Cell::Empty } else { Cell::Number(contested_ha) },
            text(&claimants.join("; ")),
        ]
    };
    let moves = answer.units.iter().map(|one| {
        let names = [&one.from.code, &one.from.name, &one.to.code, &one.to.name].map(|name| text(name));
        [names.to_vec(), vec![count(one.zones), Cell::Number(one.area_ha)]].concat()
    });
    let columns = ["id", "name", "area_ha", "before", "after", "changed", "contested_ha", "claimants"];
    let columns_of_moves = ["old_code", "old_name", "new_code", "new_name", "count", "on_ha"];
    Ok(vec![
        heads.sheet("unit_zones", &columns, answer.zones.iter().map(row).collect()),
        heads.sheet("unit_moves", &columns_of_moves, moves.collect()),
    ])
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn count(count: usize) -> Cell {
    Cell::Number(count as f64)
}
