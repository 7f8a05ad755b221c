//! Errors: why a document could not be read or written at all.

use std::io;

use spatial::crs::CrsError;

use crate::worker::WorkerError;
use crate::{Foreign, Format, LimitName, ListError, Note, SheetError};

/// Why nothing usable came out of a document. Each message says what is wrong, where, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The bytes could not be had.
    #[error("the document could not be read: {0}")]
    Io(#[from] io::Error),
    /// There is nothing in it.
    #[error("the document is empty{}: check that it was saved or downloaded whole", if *blank { " but for white space" } else { "" })]
    Empty {
        /// It holds white space.
        blank: bool,
    },
    /// It is something else.
    #[error("this is not GeoJSON: it looks like {seems}; {advice}")]
    NotGeoJson {
        /// What it seems to be.
        seems: &'static str,
        /// What to do about it.
        advice: &'static str,
    },
    /// It is of a binary format that is read, but what stands before the features cannot be used.
    #[error("this is {format}, but {what}: check that it was saved or downloaded whole")]
    Broken {
        /// The format.
        format: Format,
        /// What is wrong.
        what: String,
    },
    /// It is of a format that is read, but in another version of it.
    #[error(
        "this is {format} of version {found}, and version {known} is read: save it anew with a current program"
    )]
    FormatVersion {
        /// The format.
        format: Format,
        /// Its version here.
        found: u8,
        /// The version that is read.
        known: u8,
    },
    /// It is JSON, but its `type` is not one that GeoJSON has.
    #[error("this is JSON, but not GeoJSON: {found}; its \"type\" should be \"FeatureCollection\"")]
    NotGeoJsonType {
        /// What it holds instead.
        found: String,
    },
    /// It is not JSON, before any feature came.
    #[error("line {line}, column {column}: {reason}")]
    Syntax {
        /// Line, from 1.
        line: u64,
        /// Column in bytes, from 1.
        column: u64,
        /// What is wrong and what to do.
        reason: String,
    },
    /// The text around the features is not UTF-8.
    #[error(
        "line {line}, byte {offset}: the text is not UTF-8; save it as UTF-8, or name its encoding with --encoding where the \
         format leaves that open (older Vietnamese files are often in tcvn3, vni-windows or windows-1258)"
    )]
    InvalidUtf8 {
        /// Line, from 1.
        line: u64,
        /// Offset in bytes from the start of the document.
        offset: u64,
    },
    /// A limit of the whole document was met.
    #[error("more than {limit} {what}: split the document, or raise the limit")]
    Limit {
        /// Which limit.
        what: LimitName,
        /// Its value.
        limit: u64,
    },
    /// A `FeatureCollection` whose `features` are not a list.
    #[error("line {line}: \"features\" should be a list ([…]), but {found} stands there")]
    FeaturesNotList {
        /// Line, from 1.
        line: u64,
        /// What stands there.
        found: &'static str,
    },
    /// A `FeatureCollection` without `features`.
    #[error("a FeatureCollection without the member \"features\": check that the document is whole")]
    NoFeaturesMember,
    /// The document names a CRS that cannot be used.
    #[error("the CRS that the document names cannot be used: {0}")]
    Crs(#[from] CrsError),
    /// The `crs` member does not name a CRS.
    #[error(
        "the \"crs\" member {found}; write \
         {{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::9215\"}}}} with the right code"
    )]
    CrsMember {
        /// How it fails to.
        found: String,
    },
    /// No CRS is named, and no feature lies within longitude and latitude.
    #[error("no CRS is named, so coordinates should be longitude and latitude, but {found}")]
    NotDegrees {
        /// What the coordinates look like, and what to do.
        found: String,
    },
    /// Every feature had to be left out.
    #[error("nothing could be read; {first}")]
    NothingRead {
        /// Features met.
        met: u64,
        /// The first note that cost a feature or the rest.
        first: Box<Note>,
    },
    /// There are features, and none has a geometry.
    #[error("none of its {met} features has a geometry: {advice}")]
    NoGeometry {
        /// Features met.
        met: u64,
        /// What to do.
        advice: &'static str,
    },
    /// The GDAL worker.
    #[error("this looks like a {format} file: {source}")]
    Worker {
        /// What it was read as.
        format: Foreign,
        /// What went wrong.
        source: WorkerError,
    },
    /// A coordinate list.
    #[error(transparent)]
    List(#[from] ListError),
    /// The workbook that holds a coordinate list.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// The sink asked to stop.
    #[error("reading was stopped")]
    Stopped,
}

impl ReadError {
    /// A stable code for translation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io(_) => "io",
            Self::Empty { .. } => "empty",
            Self::NotGeoJson { .. } => "not_geojson",
            Self::Broken { .. } => "broken",
            Self::FormatVersion { .. } => "format_version",
            Self::NotGeoJsonType { .. } => "not_geojson_type",
            Self::Syntax { .. } => "document_syntax",
            Self::InvalidUtf8 { .. } => "document_utf8",
            Self::Limit { .. } => "limit",
            Self::FeaturesNotList { .. } => "features_not_list",
            Self::NoFeaturesMember => "no_features_member",
            Self::Crs(_) => "crs",
            Self::CrsMember { .. } => "crs_member",
            Self::NotDegrees { .. } => "not_degrees",
            Self::NothingRead { .. } => "nothing_read",
            Self::NoGeometry { .. } => "no_geometry",
            Self::Worker { source, .. } => source.code(),
            Self::List(_) => "coordinate_list",
            Self::Sheet(_) => "workbook",
            Self::Stopped => "stopped",
        }
    }
}

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The bytes could not be put down.
    #[error("the document could not be written: {0}")]
    Io(#[from] io::Error),
    /// A value has no JSON form.
    #[error("feature {label}: {source}")]
    Json {
        /// The feature's id or position.
        label: String,
        /// The reason.
        source: serde_json::Error,
    },
    /// A coordinate is NaN or infinite, which JSON cannot hold and no reader takes.
    #[error("feature {label}: a coordinate is not a finite number, and no file can hold it")]
    NotFinite {
        /// The feature's id or position.
        label: String,
    },
    /// FlatGeobuf names a CRS by its EPSG code.
    #[error(
        "FlatGeobuf names a CRS by its EPSG code, and {name} has none: write it in EPSG:n, or as GeoJSON"
    )]
    CrsWithoutCode {
        /// Name of the CRS.
        name: String,
    },
    /// FlatGeobuf counts columns with 16 bits.
    #[error("{columns} different properties are too many for FlatGeobuf, which has 65535: write GeoJSON")]
    TooManyColumns {
        /// How many there are.
        columns: usize,
    },
    /// A property is none that the columns of a FlatGeobuf file were made for.
    #[error(
        "feature {label}: the value of \"{name}\" does not fit the file's column, which was made without it"
    )]
    Column {
        /// The feature's id or position.
        label: String,
        /// The property.
        name: String,
    },
    /// A format that knows nothing but WGS 84 longitude and latitude.
    #[error("{format} is always in WGS 84 longitude and latitude, not in {name}: write it in CRS84")]
    OnlyWgs84 {
        /// The format.
        format: Foreign,
        /// Name of the CRS asked for.
        name: String,
    },
    /// The GDAL worker.
    #[error("the {format} file could not be written: {source}")]
    Worker {
        /// The format.
        format: Foreign,
        /// What went wrong.
        source: WorkerError,
    },
    /// A feature does not fit the tables of FlatGeobuf.
    #[error(
        "feature {label}: {positions} positions and its properties are too much for FlatGeobuf: divide it"
    )]
    TooLarge {
        /// The feature's id or position.
        label: String,
        /// Positions of its geometry.
        positions: usize,
    },
}
