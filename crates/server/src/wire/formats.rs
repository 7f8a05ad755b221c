//! Formats of files, and provinces.

use serde::Serialize;
use utoipa::ToSchema;

use super::Text;

/// Formats of files.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FormatList {
    /// The formats.
    pub formats: Vec<FormatFacts>,
    /// Why nothing goes through the GDAL worker; null where it works.
    pub worker_missing: Option<Text>,
    /// Bytes that a file may have that is sent to `/uploads`; null where none is taken.
    pub upload_bytes: Option<u64>,
}

/// A format.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FormatFacts {
    /// The word by which it is asked for.
    pub name: String,
    /// What people call it.
    pub title: Text,
    /// How names of its files end, the usual one first.
    pub endings: Vec<String>,
    /// Whether it can be read here.
    pub read: bool,
    /// Whether `/export` can write it here.
    pub write: bool,
    /// Whether it is written in longitude and latitude, WGS 84, alone.
    pub only_wgs84: bool,
    /// Whether it is written on a plane in metres alone.
    pub only_metres: bool,
    /// Whether what `/export` writes says of itself where the data come from and what they are; of the others
    /// `metadata=true` makes an archive with a file that does.
    pub has_metadata: bool,
    /// Whether reading or writing it needs the GDAL worker.
    pub by_worker: bool,
}

/// What a person should know of an export.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExportNotes {
    /// What the format or the CRS could not carry as it was, each with how often; none where all is as it was.
    pub notes: Vec<Text>,
}

/// Provinces.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProvinceList {
    /// The 63 provinces of before 1 July 2025.
    pub provinces: Vec<ProvinceFacts>,
}

/// A province.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProvinceFacts {
    /// Its name.
    pub name: String,
    /// Name of the province that it has been part of since 1 July 2025.
    pub name_2025: String,
    /// The VN-2000 zone of 3° that is prescribed for it.
    pub crs: String,
}
