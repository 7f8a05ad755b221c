//! What files can be read and written here, and provinces with the CRS prescribed for their data.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use project::{FILE_FORMATS, FileFormat, Hands, Workbook};

use spatial::Crs;

use super::landing::json_only;
use crate::app::App;
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{FormatFacts, FormatList, ProvinceFacts, ProvinceList, Text};

/// A plane that any format takes which takes planes: VN-2000, TM-3 105°.
const PLANE: u32 = 5897;

/// Formats of files: which can be read and written here, and what is missing for the others.
#[utoipa::path(get, path = "/formats", tag = "Import",
    responses((status = 200, description = "Formats", body = FormatList)))]
pub(crate) async fn formats(
    State(app): State<App>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    json_only(&params)?;
    let asked = app.clone();
    let missing = tokio::task::spawn_blocking(move || asked.worker_missing());
    let missing = missing.await.map_err(|error| Problem::broken(&error))?;
    let there = |hands| match hands {
        Hands::Nobody => false,
        Hands::Ours => true,
        Hands::Worker => missing.is_none(),
    };
    let plane = Crs::from_epsg(PLANE).map_err(|error| Problem::broken(&error))?;
    let facts = |format: &FileFormat| FormatFacts {
        name: format.name.into(),
        title: Text { vi: format.title_vi.into(), en: format.title.into() },
        endings: format.endings.iter().map(|ending| (*ending).to_owned()).collect(),
        read: there(format.reads),
        write: (format.export.is_some() || format.workbook.is_some()) && there(format.writes),
        only_wgs84: format.export.is_some_and(|how| how.check_crs(&plane).is_err()),
        only_metres: format.workbook.is_some_and(Workbook::is_in_metres),
        has_metadata: format.workbook.is_some_and(Workbook::has_metadata)
            || format.export.is_some_and(|how| !how.is_single_file()),
        by_worker: [format.reads, format.writes].contains(&Hands::Worker),
    };
    let upload_bytes = app.uploads().map(|_| app.limits().upload_bytes);
    let formats = FILE_FORMATS.iter().map(facts).collect();
    let missing = missing.as_ref().map(Text::from);
    respond::json(&headers, &FormatList { formats, worker_missing: missing, upload_bytes })
}

/// Provinces with the VN-2000 zone that is prescribed for their data.
#[utoipa::path(get, path = "/provinces", tag = "Tables",
    responses((status = 200, description = "Provinces", body = ProvinceList)))]
pub(crate) async fn provinces(headers: HeaderMap) -> Result<Response, Problem> {
    let facts = |row: &planning::Province| ProvinceFacts {
        name: row.province.clone(),
        name_2025: row.province_2025.clone(),
        crs: format!("EPSG:{}", row.epsg),
    };
    let provinces = planning::provinces()?.rows.iter().map(facts).collect();
    respond::json(&headers, &ProvinceList { provinces })
}
