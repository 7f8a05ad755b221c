//! One collection in the project: how it is drawn, over which provider it is read.

use std::collections::BTreeSet;

use planning::{DataError, Language, Role};

use super::symbol::Symbol;
use super::xml::{element, leaf};
use super::{DEGREES, MERCATOR, reference};
use crate::base::Base;
use crate::catalog::{LayerRole, Served};
use crate::params::encode;
use crate::routes::tiles::template;
use crate::style::{chrome, findings, zones};

/// Kinds of layers.
pub(super) const FEATURES: &str = "features";
pub(super) const TILES: &str = "tiles";

/// The name by which the list knows a layer; QGIS takes none of ten letters or less.
pub(super) fn id(served: &Served, kind: &str) -> String {
    format!("ranh_{kind}_{}", served.info.id)
}

/// How a collection is drawn.
pub(super) enum Drawing {
    /// By the values of an expression, each with its words; what has another value is drawn last.
    ByValue {
        features: String,
        tiles: String,
        classes: Vec<(String, String, Symbol)>,
        others: (String, Symbol),
    },
    /// All that fulfil an expression alike.
    Where(String, Symbol),
    /// All alike.
    Alike(Symbol),
    /// As QGIS likes.
    Any,
}

impl Drawing {
    pub(super) fn of(served: &Served, language: Language) -> Result<Self, DataError> {
        if !served.schema().geometry_format.contains("polygon") {
            return Ok(Self::Any);
        }
        let others = match language {
            Language::Vi => "khác",
            Language::En => "other",
        };
        Ok(match served.role {
            LayerRole::Data(Role::LandUsePlan | Role::LandUse) => Self::ByValue {
                features: code_expression(served),
                tiles: "coalesce(\"main\", \"code\")".into(),
                classes: codes(served, language)?,
                others: (others.into(), parcel(chrome::NO_COLOUR)),
            },
            LayerRole::Data(Role::Zone) => Self::ByValue {
                features: quoted("kind"),
                tiles: quoted("kind"),
                classes: kinds(served, language)?,
                others: (others.into(), zone("")),
            },
            LayerRole::Data(Role::Admin) => {
                Self::Alike(Symbol::line(chrome::COMMUNE, chrome::COMMUNE_WIDTH, "dash dot"))
            }
            LayerRole::Finding => {
                let rules: Vec<String> = findings::POINTING.iter().map(|rule| text(rule)).collect();
                let shown = format!("\"rule\" NOT IN ({})", rules.join(", "));
                let fill = Some((chrome::CONFLICT.to_owned(), chrome::CONFLICT_FILL));
                let line = Symbol::line(chrome::CONFLICT, chrome::CONFLICT_WIDTH, "solid");
                Self::Where(shown, Symbol { fill, ..line })
            }
            LayerRole::Data(Role::Constraint) | LayerRole::Sliver => Self::Any,
        })
    }
}

/// The collection over OGC API Features; only what lies in view is asked for.
pub(super) fn features(served: &Served, drawing: &Drawing, base: &Base, language: Language) -> String {
    let source = format!("url='{}' typename='{}' restrictToRequestBBOX='1'", base.to(""), served.info.id);
    let whole = [head(served, FEATURES, &source, "OAPIF", DEGREES, language), renderer(drawing)];
    element("maplayer", &[("type", "vector"), ("geometry", "Polygon")], &whole.concat())
}

/// The collection as vector tiles.
pub(super) fn tiles(served: &Served, drawing: &Drawing, base: &Base, language: Language) -> String {
    let address = encode(&base.to(&template(served)));
    let source = format!("type=xyz&url={address}&zmin=0&zmax={}", tiles::DETAIL_ZOOM);
    let whole =
        [head(served, TILES, &source, "vectortile", MERCATOR, language), tile_renderer(served, drawing)];
    element("maplayer", &[("type", "vector-tile")], &whole.concat())
}

fn head(served: &Served, kind: &str, source: &str, provider: &str, crs: u32, language: Language) -> String {
    [
        leaf("id", &id(served, kind)),
        leaf("datasource", source),
        leaf("layername", served.info.title.in_language(language)),
        leaf("provider", provider),
        element("srs", &[], &reference(crs)),
    ]
    .concat()
}

fn renderer(drawing: &Drawing) -> String {
    let (kind, attribute, inner) = match drawing {
        Drawing::Any => return String::new(),
        Drawing::Alike(symbol) => ("singleSymbol", "", symbols([symbol])),
        Drawing::Where(shown, symbol) => {
            let rule = element("rule", &[("key", "{1}"), ("filter", shown), ("symbol", "0")], "");
            let rules = element("rules", &[("key", "{0}")], &rule);
            ("RuleRenderer", "", rules + &symbols([symbol]))
        }
        Drawing::ByValue { features, classes, others, .. } => {
            let rest = ("", others.0.as_str());
            let named =
                classes.iter().map(|(value, label, _)| (value.as_str(), label.as_str())).chain([rest]);
            let category = |(at, (value, label)): (usize, (&str, &str))| {
                let at = at.to_string();
                let attributes =
                    [("symbol", at.as_str()), ("value", value), ("label", label), ("render", "true")];
                element("category", &attributes, "")
            };
            let categories: String = named.enumerate().map(category).collect();
            let drawn = classes.iter().map(|(_, _, symbol)| symbol).chain([&others.1]);
            (
                "categorizedSymbol",
                features.as_str(),
                element("categories", &[], &categories) + &symbols(drawn),
            )
        }
    };
    element("renderer-v2", &[("type", kind), ("attr", attribute)], &inner)
}

fn symbols<'a>(all: impl IntoIterator<Item = &'a Symbol>) -> String {
    let written = all.into_iter().enumerate().map(|(at, symbol)| symbol.xml(&at.to_string()));
    element("symbols", &[], &written.collect::<String>())
}

fn tile_renderer(served: &Served, drawing: &Drawing) -> String {
    let style = |name: &str, shown: &str, symbol: &Symbol| {
        let attributes = [
            ("name", name),
            ("layer", served.info.id.as_str()),
            ("expression", shown),
            ("geometry", "2"),
            ("enabled", "1"),
            ("min-zoom", "-1"),
            ("max-zoom", "-1"),
        ];
        element("style", &attributes, &symbols([symbol]))
    };
    let styles: String = match drawing {
        Drawing::Any => return String::new(),
        Drawing::Alike(symbol) => style("", "", symbol),
        Drawing::Where(shown, symbol) => style("", shown, symbol),
        Drawing::ByValue { tiles, classes, others, .. } => {
            let own = classes
                .iter()
                .map(|(value, label, symbol)| style(label, &format!("{tiles} = {}", text(value)), symbol));
            let values: Vec<String> = classes.iter().map(|(value, ..)| text(value)).collect();
            let rest = if values.is_empty() {
                String::new()
            } else {
                format!("{tiles} IS NULL OR {tiles} NOT IN ({})", values.join(", "))
            };
            own.chain([style(&others.0, &rest, &others.1)]).collect()
        }
    };
    element("renderer", &[("type", "basic")], &element("styles", &[], &styles))
}

/// The code that colours a parcel, the first of several, as QGIS finds it in the properties. Where each has one that is
/// written as it is compared, it is the property itself.
fn code_expression(served: &Served) -> String {
    let own = if served.info.role == Role::LandUsePlan { "planned_code" } else { "current_code" };
    let known = |name: &&str| served.schema().properties.iter().any(|property| property.name == **name);
    let names: Vec<&str> = [own, "code"].into_iter().filter(known).collect();
    if let [name] = names[..] {
        let plain = |feature: &spatial::Feature| {
            let codes = planning::parcel_codes(feature, served.info.role);
            feature.text(name).unwrap_or_default() == codes.join("+") && codes.len() < 2
        };
        if served.layer.features.iter().all(plain) {
            return quoted(name);
        }
    }
    let names: Vec<String> = names.into_iter().map(quoted).collect();
    format!("regexp_substr(upper(coalesce({}, '')), '([^\\\\s+/,;]+)')", names.join(", "))
}

/// The codes that there are, in the order of their table, with their colours.
fn codes(served: &Served, language: Language) -> Result<Vec<(String, String, Symbol)>, DataError> {
    let first = |feature| planning::parcel_codes(feature, served.info.role).into_iter().next();
    let present: BTreeSet<String> = served.layer.features.iter().filter_map(first).collect();
    let table = planning::codes()?;
    let known = table.codes.iter().filter(|code| present.contains(&code.code)).map(|code| {
        let label = format!("{} · {}", code.code, code.name.in_language(language));
        (code.code.clone(), label, parcel(&code.hex().unwrap_or_else(|| chrome::NO_COLOUR.into())))
    });
    let is_known = |one: &&String| table.codes.iter().any(|code| code.code == **one);
    let unknown = present.iter().filter(|one| !is_known(one));
    let unknown = unknown.map(|code| (code.clone(), code.clone(), parcel(chrome::NO_COLOUR)));
    Ok(known.chain(unknown).collect())
}

fn parcel(hex: &str) -> Symbol {
    Symbol {
        fill: Some((hex.to_owned(), chrome::FILL_OPACITY)),
        outline: (chrome::PARCEL.to_owned(), chrome::PARCEL_OPACITY),
        width: chrome::PARCEL_WIDTH,
        line: "solid",
    }
}

/// The kinds of zones that there are.
fn kinds(served: &Served, language: Language) -> Result<Vec<(String, String, Symbol)>, DataError> {
    let present: BTreeSet<String> =
        served.layer.features.iter().filter_map(|feature| feature.text("kind")).collect();
    let table = planning::kinds()?;
    let names = table.kinds.iter().map(|kind| (kind.kind.code(), kind.name.in_language(language)));
    let known = names.filter(|(code, _)| present.contains(*code));
    Ok(known.map(|(code, name)| (code.to_owned(), name.to_owned(), zone(code))).collect())
}

fn zone(kind: &str) -> Symbol {
    let (width, line) = match zones::line(kind) {
        zones::Line::Thin => (chrome::THIN_WIDTH, "solid"),
        zones::Line::Dashed => (chrome::ZONE_WIDTH, "dash"),
        zones::Line::Dotted => (chrome::ZONE_WIDTH, "dot"),
        zones::Line::Solid => (chrome::ZONE_WIDTH, "solid"),
    };
    Symbol::line(chrome::ZONE, width, line)
}

/// The name of a field, as QGIS' expressions have it.
fn quoted(field: &str) -> String {
    format!("\"{}\"", field.replace('"', "\"\""))
}

/// A text, as QGIS' expressions have it.
fn text(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "''"))
}
