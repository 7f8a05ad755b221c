//! The command line: what can be asked, with an example for each.

mod questions;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use planning::{PartialDate, Role, ZoneKind};
use project::Encoding;
use spatial::Crs;
use spatial::repair::Method;

mod backup;
mod convert;
mod export;
mod findings;
mod serve;
mod worker;

pub(crate) use backup::{Backup, Restore};
pub(crate) use convert::Convert;
pub(crate) use export::{Export, Formats};
pub(crate) use findings::{
    FindingChanges, FindingDecide, FindingHistory, FindingList, Findings, SeverityCode,
};
pub(crate) use questions::{DifferenceFormat, PlanDifference, WhatIf, WhatIfFormat};
pub(crate) use serve::Serve;

/// Ranh checks zone boundaries against land-use plans and administrative borders, and shows them on a map.
#[derive(Debug, Parser)]
#[command(
    name = "ranh",
    version,
    about,
    after_help = "\
Exit codes: 0 done; 1 (`check` only) findings of severity B or E that are not waived; 2 nothing could be read or done."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Serve(Serve),
    Import(Import),
    Overlaps(Overlaps),
    Coverage(Coverage),
    Check(Check),
    #[command(subcommand)]
    Findings(Findings),
    WhatIf(WhatIf),
    PlanDifference(PlanDifference),
    Export(Export),
    Convert(Convert),
    Formats(Formats),
    #[command(subcommand)]
    Register(Register),
    ImportUnits(ImportUnits),
    Backup(Backup),
    Restore(Restore),
    Demo(Demo),
}

/// Import files into a store as one collection, replacing what the collection held.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ranh import zones.geojson --store province.gpkg --collection zones --role zone
  ranh import wards/*.geojson --store province.gpkg --collection communes --role admin

Roles: zone, land_use_plan, land_use, admin, constraint. With `auto` the file must say what it is,
or look like a kind of file that Ranh knows; what was decided, and why, is printed.")]
pub(crate) struct Import {
    /// GeoJSON, GeoJSONSeq or FlatGeobuf files, coordinate lists (XLSX, or CSV with numbered points); with ranh-gdal beside this program also GeoPackage, Shapefile, KML, GML, MapInfo
    /// TAB and MIF, DGN V7, DXF, File Geodatabase and CSV, and ZIP archives of one of these. Several become one collection, in
    /// the order given.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The store; made when it is not there.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// Of files with several layers, or workbooks with several sheets, the one to read.
    #[arg(long, value_name = "NAME")]
    pub(crate) layer: Option<String>,
    /// Identifier of the collection (default: what the file says, else its name).
    #[arg(long, value_name = "ID")]
    pub(crate) collection: Option<String>,
    /// What the collection is for.
    #[arg(long, value_name = "ROLE", default_value = "auto", value_parser = parse_role)]
    pub(crate) role: RoleArg,
    /// CRS of the coordinates, where the file does not say it or says it wrong: EPSG:n or a PROJ string.
    #[arg(long, value_name = "CRS", value_parser = Crs::parse)]
    pub(crate) crs: Option<Crs>,
    /// Encoding of the texts, where the file does not declare it or declares it wrong: utf-8, tcvn3 (of the fonts .VnTime …),
    /// vni-windows, viscii, windows-1258, windows-1252 and others by their names on the web.
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    pub(crate) encoding: Option<Encoding>,
    /// Land-use codes for the levels and colours of drawings (DGN, DXF): CSV with the columns level, colour, code and, perhaps,
    /// name. The row that says most wins; an empty cell stands for any.
    #[arg(long, value_name = "FILE")]
    pub(crate) codes: Option<PathBuf>,
    /// Kind of the zones that do not name theirs (KCN, CCN, CCNLN, KCX, KKTCK, KKTVB, KCNANG): most rules ask for it.
    #[arg(long, value_name = "KIND", value_parser = parse_kind)]
    pub(crate) kind: Option<ZoneKind>,
    /// Who may see it (default: what the file says, else everybody; of nothing but defence and security land, the staff).
    #[arg(long, value_enum)]
    pub(crate) visibility: Option<VisibilityArg>,
    #[command(flatten)]
    pub(crate) worker: worker::Worker,
    /// Print the report as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Who may see a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum VisibilityArg {
    /// Everybody.
    Public,
    /// The staff: nothing of it is in an answer of `serve --public` or `check --public`.
    Internal,
}

/// A role, or `auto`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RoleArg {
    /// From the file.
    Auto,
    /// As given.
    Given(Role),
}

fn parse_role(text: &str) -> Result<RoleArg, String> {
    if text == "auto" {
        return Ok(RoleArg::Auto);
    }
    serde_json::from_value(serde_json::Value::String(text.to_owned()))
        .map(RoleArg::Given)
        .map_err(|_| "the roles are zone, land_use_plan, land_use, admin, constraint, or auto".to_owned())
}

fn parse_kind(text: &str) -> Result<ZoneKind, String> {
    let kinds = || ZoneKind::ALL.map(ZoneKind::code).join(", ");
    ZoneKind::from_code(text).ok_or_else(|| format!("the kinds are {}", kinds()))
}

/// List every pair of features that overlap, with areas.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ranh overlaps zones.geojson plan.geojson --out pairs.csv
  ranh overlaps communes.fgb --crs EPSG:9208 --id-field code
  ranh overlaps zones.geojson plan.fgb --source-crs EPSG:9215 --out pairs.fgb

With one file, each unordered pair inside it is listed once. Shapes are in WGS 84 in GeoJSON; in FlatGeobuf they are in
the working CRS, bit for bit as computed, where that has an EPSG code.
CSV columns: subject_id,reference_id,area_m2,area_geodesic_m2,mean_width_m,subject_share.
Notes go to standard error and, with --out, beside it as NAME.notes.json.")]
pub(crate) struct Overlaps {
    /// The features whose overlaps are wanted: GeoJSON, GeoJSONSeq or FlatGeobuf, told by content, not by name.
    pub(crate) subject: PathBuf,
    /// The features they are held against; without it, pairs inside SUBJECT.
    pub(crate) reference: Option<PathBuf>,
    /// CRS of SUBJECT's coordinates, where the file does not say it or says it wrong.
    #[arg(long, value_name = "CRS", value_parser = Crs::parse)]
    pub(crate) source_crs: Option<Crs>,
    /// CRS of REFERENCE's coordinates, where the file does not say it or says it wrong.
    #[arg(long, value_name = "CRS", requires = "reference", value_parser = Crs::parse)]
    pub(crate) reference_crs: Option<Crs>,
    /// Working CRS for every area: EPSG:n or a PROJ string (default: chosen from the data, and printed).
    #[arg(long, value_name = "CRS", value_parser = Crs::parse)]
    pub(crate) crs: Option<Crs>,
    /// Property that names a feature (default: its id, else its position counted from 0).
    #[arg(long, value_name = "FIELD")]
    pub(crate) id_field: Option<String>,
    /// No shapes: areas and mean widths alone, several times faster; geodesic areas stay empty.
    #[arg(long)]
    pub(crate) area_only: bool,
    /// Leave out the proof that the overlaps of each subject add up to it (there is one with two files).
    #[arg(long)]
    pub(crate) no_proof: bool,
    /// Compute every overlap by both engines, without and with its shape, and print the largest difference.
    #[arg(long)]
    pub(crate) self_check: bool,
    /// How invalid features are repaired; by both a ring traced twice counts once. structure: shells minus holes, parts
    /// united. linework: of the lines alone, what overlaps itself is left out.
    #[arg(long, value_name = "structure|linework", default_value_t)]
    pub(crate) repair: Method,
    /// Threads to use (default: all).
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// Write the pairs to this .csv, .geojson or .fgb file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Print wall and CPU seconds of each stage as one JSON object on standard error.
    #[arg(long)]
    pub(crate) timings: bool,
}

/// Check whether the features of a file tile their area: overlaps, gaps, and borders beside each other.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ranh coverage plan.geojson --tolerance 0.5 --out findings.geojson
  ranh coverage communes.geojson --tolerance 1 --scope province.geojson --crs EPSG:9208 --id-field code
  ranh coverage plan.fgb --tolerance 0.5 --source-crs EPSG:9215 --out findings.fgb

Kinds of findings: overlap (of two features), multiple_overlap (a place under three or more), crack (a gap nowhere
wider than the tolerance), hole (a wider one), uncovered (a part of the scope that nobody covers or encloses),
open_crack and near_miss (borders beside each other: with an open crack between them; inside a gap or an overlap that
is listed as well), missing_vertex (of the first feature; the second has it exactly on the border).
CSV columns: kind,feature_ids,area_m2,area_geodesic_m2,mean_width_m,largest_width_m,length_m,greatest_distance_m,
between,longitude,latitude.
Sums and notes go to standard error and, with --out, beside it as NAME.notes.json.")]
pub(crate) struct Coverage {
    /// The features that should tile their area.
    pub(crate) file: PathBuf,
    /// Borders nearer than this are meant to be one, and gaps at most this wide are cracks.
    #[arg(long, value_name = "METRES", value_parser = positive)]
    pub(crate) tolerance: f64,
    /// What they should cover: a file of polygons.
    #[arg(long, value_name = "FILE")]
    pub(crate) scope: Option<PathBuf>,
    /// How many times as long as it is wide a stretch beside another border is at least; else it is a corner.
    #[arg(long, value_name = "N", default_value = "10", value_parser = positive)]
    pub(crate) elongation: f64,
    /// CRS of FILE's coordinates, where the file does not say it or says it wrong.
    #[arg(long, value_name = "CRS", value_parser = Crs::parse)]
    pub(crate) source_crs: Option<Crs>,
    /// CRS of the scope's coordinates, where the file does not say it or says it wrong.
    #[arg(long, value_name = "CRS", requires = "scope", value_parser = Crs::parse)]
    pub(crate) scope_crs: Option<Crs>,
    /// Working CRS for every area: EPSG:n or a PROJ string (default: chosen from the data, and printed).
    #[arg(long, value_name = "CRS", value_parser = Crs::parse)]
    pub(crate) crs: Option<Crs>,
    /// Property that names a feature (default: its id, else its position counted from 0).
    #[arg(long, value_name = "FIELD")]
    pub(crate) id_field: Option<String>,
    /// Threads to use (default: all).
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// Write the findings to this .csv, .geojson or .fgb file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Print wall and CPU seconds of each stage as one JSON object on standard error.
    #[arg(long)]
    pub(crate) timings: bool,
}

fn positive(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| format!("{text} is not a number"))?;
    if number.is_finite() && number > 0.0 { Ok(number) } else { Err("a number above 0 is needed".to_owned()) }
}

/// Check the zones of a store against its plan, land use and administrative units.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ranh check --store province.gpkg
  ranh check --store province.gpkg --rules LUP-01,LUP-03 --format csv > findings.csv
  ranh check --store province.gpkg --zone Z-7 --zone Z-8

The run is kept and shown by `ranh serve`, but not one of chosen zones or of public data alone.")]
pub(crate) struct Check {
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// Only these rules.
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    pub(crate) rules: Vec<String>,
    /// Only this zone (repeatable); nothing is kept.
    #[arg(long = "zone", value_name = "ID")]
    pub(crate) zones: Vec<String>,
    /// From public data alone: no internal collection, no defence or security land; nothing is kept.
    #[arg(long)]
    pub(crate) public: bool,
    /// The land-use plan to judge against (default: the one approved last).
    #[arg(long, value_name = "ID")]
    pub(crate) plan: Option<String>,
    /// The day on which periods, deadlines and units are judged, and whose rule pack holds (default: today).
    #[arg(long, visible_alias = "at", value_name = "DAY")]
    pub(crate) date: Option<PartialDate>,
    /// The rule pack, by its version such as 2017-07-15 (default: the one that holds on the day).
    #[arg(long, value_name = "VERSION")]
    pub(crate) pack: Option<String>,
    /// Form of the answer.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(crate) format: CheckFormat,
    /// With the text form: below each finding what the rule asks, sources, legal basis and what would mend it.
    #[arg(long)]
    pub(crate) explain: bool,
    /// Language of the text form.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

/// Form of a check's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// A table for people.
    Text,
    /// The JSON of the server's `/findings`.
    Json,
    /// The findings as features, WGS 84.
    Geojson,
    /// The findings as a table.
    Csv,
}

/// Language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl Language {
    /// As `planning` knows it.
    pub(crate) fn of_planning(self) -> planning::Language {
        match self {
            Self::Vi => planning::Language::Vi,
            Self::En => planning::Language::En,
        }
    }
}

/// Write the generated sample province and its answer key.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ranh demo --seed 7 --out sample")]
pub(crate) struct Demo {
    /// Seed: the same seed gives the same bytes.
    #[arg(long, default_value_t = 7)]
    pub(crate) seed: u64,
    /// Folder to write to; made when it is not there.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// The register of zones: import, export, show.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  ranh register import --reports --store province.gpkg
  ranh register import clusters.csv --register lang-son --store province.gpkg
  ranh register export lang-son --store province.gpkg --out lang-son.csv
  ranh register show --store province.gpkg")]
pub(crate) enum Register {
    Import(RegisterImport),
    Export(RegisterExport),
    Show(RegisterShow),
}

/// Take in a register (.toml, .json, or the .xlsx that `export` writes), or zones a row each (.csv, .xlsx), which add to a
/// register and overwrite no figure.
#[derive(Debug, Args)]
pub(crate) struct RegisterImport {
    /// The file.
    #[arg(required_unless_present = "reports", value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// What five public reports say of Lai Châu, Tuyên Quang, Gia Lai, Lào Cai, Lạng Sơn and the whole country.
    #[arg(long, conflicts_with = "file")]
    pub(crate) reports: bool,
    /// The store; made when it is not there.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// For a table: the register that it adds to (default: the file's name).
    #[arg(long, value_name = "ID")]
    pub(crate) register: Option<String>,
    /// For .csv: the table whose rows it takes the place of, as `export --table` writes it, or all.
    #[arg(long, value_name = "TABLE")]
    pub(crate) table: Option<String>,
}

/// Write a register: .toml, .json or .xlsx with all of it, .csv with its zones, a row each (1.234,5), or with one table.
#[derive(Debug, Args)]
pub(crate) struct RegisterExport {
    /// Identifier of the register.
    pub(crate) register: String,
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// File to write; its ending tells the form.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// For .csv: register, document, list, zone, project, indicator, region or aggregate, or what one of them has
    /// several of, such as zone.state; or all, one file each beside the one named, which together hold all of it.
    #[arg(long, value_name = "TABLE")]
    pub(crate) table: Option<String>,
    /// Language of a workbook's sheet names.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

/// Print counts, areas and fill per province and kind: planned against established.
#[derive(Debug, Args)]
pub(crate) struct RegisterShow {
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// Only this register (default: all).
    #[arg(long, value_name = "ID")]
    pub(crate) register: Option<String>,
    /// The day (default: the newest figures).
    #[arg(long, value_name = "DAY")]
    pub(crate) date: Option<PartialDate>,
    /// Print the statistics as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Language of the text form.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

/// Take in tables of what became of administrative units on 1 July 2025; none is shipped.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  ranh import-units --merges merges.json --splits splits.json --before communes-before-2025.csv --store province.gpkg

The shape: merges.json {\"data\": [{level1_id, name, merges, level2s: [{level2_id, name, merges: [{old_id, name, type}]}]}]}
with type full or partial; splits.json the other way round; the CSV commune_code,commune,district_code,district,
province_code,province.")]
pub(crate) struct ImportUnits {
    /// Present units and what they were made of.
    #[arg(long, value_name = "FILE")]
    pub(crate) merges: PathBuf,
    /// Former units and what became of them, to compare with.
    #[arg(long, value_name = "FILE")]
    pub(crate) splits: Option<PathBuf>,
    /// The communes before, with their districts.
    #[arg(long, value_name = "FILE")]
    pub(crate) before: PathBuf,
    /// The store; made when it is not there.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
}
