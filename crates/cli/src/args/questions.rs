//! What can be asked of a store besides a check: a zone that grows, two versions of a plan.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use planning::PartialDate;
use spatial::Crs;

use super::Language;

/// Judge a zone as if it had grown by polygons: area, limits, rice and forest to convert, findings that come and go.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ranh what-if --store province.gpkg --zone Z-7 --grow extension.geojson
  ranh what-if --store province.gpkg --zone Z-7 --grow extension.geojson --crs EPSG:9215 --format json")]
pub(crate) struct WhatIf {
    /// The store; it is not changed.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// Feature id of the zone.
    #[arg(long, value_name = "ID")]
    pub(crate) zone: String,
    /// The polygons that it grows by: GeoJSON, GeoJSONSeq or FlatGeobuf.
    #[arg(long, value_name = "FILE")]
    pub(crate) grow: PathBuf,
    /// CRS of the polygons, where the file does not say it or says it wrong: EPSG:n or a PROJ string.
    #[arg(long, value_name = "CRS", value_parser = Crs::parse)]
    pub(crate) crs: Option<Crs>,
    /// The land-use plan to judge against (default: the one approved last).
    #[arg(long, value_name = "ID")]
    pub(crate) plan: Option<String>,
    /// The day on which it is judged, and whose rule pack holds (default: today).
    #[arg(long, visible_alias = "at", value_name = "DAY")]
    pub(crate) date: Option<PartialDate>,
    /// The rule pack, by its version such as 2017-07-15 (default: the one that holds on the day).
    #[arg(long, value_name = "VERSION")]
    pub(crate) pack: Option<String>,
    /// From public data alone.
    #[arg(long)]
    pub(crate) public: bool,
    /// Form of the answer.
    #[arg(long, value_enum, default_value_t = WhatIfFormat::Text)]
    pub(crate) format: WhatIfFormat,
    /// Language of the text form.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

/// Form of the answer to what if a zone grew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhatIfFormat {
    /// Lines for people.
    Text,
    /// The JSON of the server's process `what-if`.
    Json,
}

/// Compare two land-use plans of a store: area from code to code, shapes, and zones that come into conflict.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ranh plan-difference plan-2020 plan-2030 --store province.gpkg
  ranh plan-difference plan-2020 plan-2030 --store province.gpkg --format geojson > changes.geojson

CSV columns: from,to,area_m2,area_ha; * stands for all that one plan has where the other has nothing.")]
pub(crate) struct PlanDifference {
    /// Collection of the older plan.
    pub(crate) older: String,
    /// Collection of the newer plan.
    pub(crate) newer: String,
    /// The store; it is not changed.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// Working CRS for every area: EPSG:n or a PROJ string (default: chosen from the data).
    #[arg(long, value_name = "CRS", value_parser = Crs::parse)]
    pub(crate) crs: Option<Crs>,
    /// The day on which zones are judged, and whose rule pack holds (default: today).
    #[arg(long, visible_alias = "at", value_name = "DAY")]
    pub(crate) date: Option<PartialDate>,
    /// The rule pack, by its version such as 2017-07-15 (default: the one that holds on the day).
    #[arg(long, value_name = "VERSION")]
    pub(crate) pack: Option<String>,
    /// From public data alone.
    #[arg(long)]
    pub(crate) public: bool,
    /// Form of the answer.
    #[arg(long, value_enum, default_value_t = DifferenceFormat::Text)]
    pub(crate) format: DifferenceFormat,
    /// Language of the text form.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

/// Form of the difference of two plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DifferenceFormat {
    /// Lines for people.
    Text,
    /// The JSON of the server's process `plan-difference`, with all changes.
    Json,
    /// What changes code as features, WGS 84.
    Geojson,
    /// Area from code to code as a table.
    Csv,
}
