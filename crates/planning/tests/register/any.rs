//! Any register: every kind of record, texts that spreadsheets and tables stumble over, figures of every size.
#![allow(dead_code, reason = "a module of several test programs")]

use planning::{
    Aggregate, AggregatePart, AreaStatement, Citation, ClearanceStatement, Counted, DocumentKind,
    DocumentRecord, Expansion, FillStatement, Indicator, ListLevel, Listing, NamedRegion, PartialDate,
    Period, PlanList, ProjectPlace, ProjectRecord, ProjectStatus, Qualifier, Quantity, Register, StateEntry,
    Text, UnitLevel, UnitRef, WastewaterWorks, ZoneKind, ZoneRecord, ZoneState,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn words() -> impl Strategy<Value = String> {
    let odd = [
        "=1+1",
        "+84 24",
        "-1",
        "@SUM(A1)",
        "\t=x",
        "\rx",
        "'=1",
        "''",
        " a ",
        "a; b;c",
        "\\;",
        "a\nb",
        "1.704",
        "trên 321",
        "true",
        "_x000D_",
        "\"q\", r",
        "Khu Đồng Bành – giai đoạn 2",
        "31/12/2020",
    ];
    prop_oneof![
        select(odd.to_vec()).prop_map(str::to_owned),
        "\\PC{1,10}".prop_filter("blank", |s| !s.trim().is_empty())
    ]
}

fn two() -> impl Strategy<Value = Text> {
    (words(), prop_oneof![Just(String::new()), words()]).prop_map(|(vi, en)| Text { vi, en })
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let value = prop_oneof![
        0.0..1e6_f64,
        Just(0.0),
        Just(2.3e12),
        (0_u32..100_000).prop_map(|n| f64::from(n) / 100.0)
    ];
    (value, select(Qualifier::ALL.to_vec())).prop_map(|(value, qualifier)| Quantity { value, qualifier })
}

fn day() -> impl Strategy<Value = PartialDate> {
    (1000_u16..=9999, 1_u8..=12, 1_u8..=28, 0..3).prop_map(|(year, month, day, precision)| {
        let text = match precision {
            0 => format!("{year:04}"),
            1 => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}-{month:02}-{day:02}"),
        };
        text.parse().unwrap()
    })
}

fn source() -> impl Strategy<Value = Citation> {
    (0..2_u8, prop_oneof![Just(String::new()), words()])
        .prop_map(|(n, quote)| Citation { document: format!("=d{n}"), quote })
}

fn units() -> impl Strategy<Value = Vec<UnitRef>> {
    let level = select(vec![UnitLevel::Province, UnitLevel::District, UnitLevel::Commune]);
    let unit =
        (words(), level, option::of(words())).prop_map(|(name, level, code)| UnitRef { name, level, code });
    prop::collection::vec(unit, 1..3)
}

fn documents() -> impl Strategy<Value = Vec<DocumentRecord>> {
    let one = (words(), option::of(words()), option::of(day()), option::of(words()), option::of(source()));
    prop::collection::vec(one, 2).prop_map(|documents| {
        let named = documents.into_iter().enumerate().map(|(n, (title, number, as_of, remark, source))| {
            let bare = DocumentRecord::named(format!("=d{n}"), DocumentKind::Decision, title);
            DocumentRecord { number, as_of, published: as_of, remark, source, ..bare }
        });
        named.collect()
    })
}

fn lists() -> impl Strategy<Value = Vec<PlanList>> {
    let period = (day(), option::of(day())).prop_map(|(to, vision)| Period { from: None, to, vision });
    (two(), option::of(words()), option::of(period), option::of(words()), source()).prop_map(
        |(title, province, period, approved_by, source)| {
            let decision = province.as_ref().map(|_| "=d0".to_owned());
            let level = ListLevel::AnnualLandUse;
            vec![PlanList {
                id: "l".into(),
                level,
                title,
                province,
                period,
                approved_by,
                decision,
                replaced_by: None,
                source,
            }]
        },
    )
}

fn area() -> impl Strategy<Value = AreaStatement> {
    let figure = || option::of(quantity());
    (day(), figure(), figure(), figure(), figure(), source()).prop_map(
        |(as_of, total_ha, industrial_ha, leased_ha, craft_relocation_ha, source)| AreaStatement {
            as_of,
            total_ha,
            industrial_ha,
            leased_ha,
            craft_relocation_ha,
            source,
        },
    )
}

fn fill() -> impl Strategy<Value = FillStatement> {
    (day(), quantity(), option::of(words()), source()).prop_map(|(as_of, stated_percent, formula, source)| {
        FillStatement { as_of, stated_percent, formula, source }
    })
}

/// What a zone has several of, some of each.
fn statements() -> impl Strategy<Value = ZoneRecord> {
    let states = prop::collection::vec((day(), option::of(day()), option::of(words()), source()), 0..3);
    let clearances =
        prop::collection::vec((day(), option::of(quantity()), option::of(quantity()), source()), 0..2);
    let expansions = prop::collection::vec((quantity(), day(), source()), 0..2);
    let works = prop::collection::vec((any::<bool>(), day(), source()), 0..2);
    let areas = prop::collection::vec(area(), 0..3);
    let fills = prop::collection::vec(fill(), 0..2);
    (states, clearances, expansions, works, areas, fills, prop::collection::vec(source(), 0..2)).prop_map(
        |(states, clearances, expansions, works, areas, fills, mentions)| {
            let mut zone = ZoneRecord::new("", "", ZoneKind::IndustrialPark);
            zone.listings =
                mentions.iter().map(|source| Listing { list: "l".into(), source: source.clone() }).collect();
            (zone.areas, zone.fills, zone.mentions) = (areas, fills, mentions);
            for (as_of, decided, body, source) in states {
                let decision = body.as_ref().map(|_| "=d1".to_owned());
                zone.states.push(StateEntry {
                    state: ZoneState::InPlan,
                    as_of,
                    decided,
                    body,
                    decision,
                    source,
                });
            }
            for (as_of, cleared_ha, households, source) in clearances {
                let statement =
                    ClearanceStatement { as_of, cleared_ha, in_progress_ha: households, households, source };
                zone.clearances.push(statement);
            }
            for (added_ha, as_of, source) in expansions {
                let state = ZoneState::Operating;
                zone.expansions.push(Expansion { added_ha, state, as_of, decision: None, source });
            }
            for (finished, as_of, source) in works {
                zone.wastewater_works.push(WastewaterWorks { finished, as_of, source });
            }
            zone
        },
    )
}

fn zones() -> impl Strategy<Value = Vec<ZoneRecord>> {
    let names = || prop::collection::vec(words(), 0..3);
    let one = (words(), names(), names(), option::of(words()), option::of(units()), statements());
    prop::collection::vec(one, 0..4).prop_map(|zones| {
        let named =
            zones.into_iter().enumerate().map(|(n, (name, aliases, sectors, province, units, all))| {
                let (units, feature) = (units.unwrap_or_default(), province.clone());
                let parent = (n > 0 && province.is_some()).then(|| "-z0".to_owned());
                ZoneRecord {
                    id: format!("-z{n}"),
                    name,
                    aliases,
                    sectors,
                    province,
                    units,
                    feature,
                    parent,
                    ..all
                }
            });
        named.collect()
    })
}

fn projects(zones: usize) -> impl Strategy<Value = Vec<ProjectRecord>> {
    let figures = (option::of(quantity()), option::of(quantity()), option::of(day()));
    let one = (words(), day(), option::of(words()), option::of(units()), figures, source());
    prop::collection::vec(one, 0..3).prop_map(move |projects| {
        let made =
            projects.into_iter().enumerate().map(|(n, (name, as_of, reason, units, figures, source))| {
                let (capital_vnd, land_ha, deadline) = figures;
                ProjectRecord {
                    id: format!("p{n}"),
                    name,
                    zone: (zones > 0).then(|| "-z0".to_owned()),
                    place: Some(ProjectPlace::Outside),
                    province: reason.clone(),
                    units: units.unwrap_or_default(),
                    status: ProjectStatus::UnderConstruction,
                    as_of,
                    sector: reason.clone(),
                    reason,
                    capital_vnd,
                    land_ha,
                    deadline,
                    decision: Some("=d0".into()),
                    source,
                }
            });
        made.collect()
    })
}

fn indicators() -> impl Strategy<Value = Vec<Indicator>> {
    let one = (two(), option::of(words()), day(), words(), quantity(), option::of(quantity()), source());
    let made = one.prop_map(|(name, province, year, unit, actual, target, source)| Indicator {
        id: "i".into(),
        name,
        province,
        year,
        unit,
        actual: Some(actual),
        target,
        source,
    });
    prop::collection::vec(made, 0..3)
}

fn regions() -> impl Strategy<Value = Vec<NamedRegion>> {
    (two(), words(), day(), units(), source()).prop_map(|(name, province, as_of, units, source)| {
        vec![NamedRegion { id: "r".into(), name, province, as_of, units, source }]
    })
}

fn aggregates() -> impl Strategy<Value = Vec<Aggregate>> {
    let part =
        (words(), option::of(quantity()), option::of(quantity())).prop_map(|(label, count, total_ha)| {
            AggregatePart {
                label,
                count,
                total_ha,
                industrial_ha: total_ha,
                leased_ha: count,
                capital_vnd: count,
            }
        });
    let parts = prop::collection::vec(part, 0..3);
    let figures = (option::of(quantity()), option::of(quantity()));
    let one =
        (two(), option::of(words()), day(), figures, option::of(area()), option::of(fill()), parts, source());
    prop::collection::vec(one, 0..3).prop_map(|totals| {
        let made = totals.into_iter().enumerate().map(
            |(n, (title, province, as_of, figures, area, fill, parts, source))| {
                let (count, capital_vnd) = figures;
                Aggregate {
                    id: format!("t{n}"),
                    title,
                    of: Counted::Zones,
                    kind: Some(ZoneKind::IndustrialCluster),
                    province,
                    state: area.as_ref().map(|_| ZoneState::Established),
                    list: fill.as_ref().map(|_| "l".to_owned()),
                    status: None,
                    zone: None,
                    as_of,
                    count,
                    capital_vnd,
                    area,
                    fill,
                    parts,
                    source,
                }
            },
        );
        made.collect()
    })
}

/// Any register that hangs together.
pub(crate) fn register() -> impl Strategy<Value = Register> {
    let records = (two(), documents(), lists(), zones(), indicators(), regions(), aggregates());
    records.prop_flat_map(|(title, documents, lists, zones, indicators, regions, aggregates)| {
        projects(zones.len()).prop_map(move |projects| Register {
            id: "any".into(),
            title: title.clone(),
            documents: documents.clone(),
            lists: lists.clone(),
            zones: zones.clone(),
            aggregates: aggregates.clone(),
            projects,
            indicators: indicators.clone(),
            regions: regions.clone(),
        })
    })
}
