//! The table of all zones.

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use planning::Language;
use report::CellSheet;

use super::findings::attachment;
use crate::app::{App, Current};
use crate::catalog::{Catalog, Entry, Filter, Near, Order, cells, choices, groups, series, sums};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{ZoneRow, ZoneTable};

/// All zones with what is stated, measured and found, and sums that follow the filters.
#[utoipa::path(get, path = "/zones", tag = "Register",
    params(("q" = Option<String>, Query, description = "Words in name, identifier, decision, province or commune, without diacritics"),
        ("kind" = Option<String>, Query, description = "Of these kinds only, separated by commas"),
        ("state" = Option<String>, Query, description = "In these states only, separated by commas"),
        ("province" = Option<String>, Query, description = "Of this province only"),
        ("commune" = Option<String>, Query, description = "In this commune (code), even if only in part"),
        ("register" = Option<String>, Query, description = "Known to this register"),
        ("min_ha" = Option<f64>, Query, description = "Measured area (stated, where nothing is measured) from"), ("max_ha" = Option<f64>, Query, description = "to"),
        ("min_fill" = Option<f64>, Query, description = "Computed fill rate (stated, where nothing can be computed), %, from"), ("max_fill" = Option<f64>, Query, description = "to"),
        ("min_free_ha" = Option<f64>, Query, description = "Industrial land that is not leased, ha, from"), ("max_free_ha" = Option<f64>, Query, description = "to"),
        ("conflict" = Option<bool>, Query, description = "Only with open findings of severity B or E"),
        ("near" = Option<String>, Query, description = "Distance to the features of this collection of constraints, or to zones of this kind"),
        ("within_km" = Option<f64>, Query, description = "No farther than that from what near names"),
        ("sort" = Option<String>, Query, description = "A column, with - before it for the other way"),
        ("limit" = Option<u32>, Query, description = "Zones on a page, 1 to 10,000 (usually 500)"),
        ("offset" = Option<u32>, Query, description = "Zones to skip")),
    responses((status = 200, description = "Zones and sums", body = ZoneTable), (status = 400, description = "A filter that makes no sense")))]
pub(crate) async fn table(
    State(app): State<App>,
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    known(&params, &["limit", "offset"])?;
    let (limit, offset) = (params.limit(app.limits().default_findings, app.limits().page)?, params.offset()?);
    respond::json(&headers, &answer(&catalog, &params, limit, offset)?)
}

/// The zones that pass the filters, as a table to keep.
#[utoipa::path(get, path = "/zones.csv", tag = "Register",
    params(("lang" = Option<String>, Query, description = "vi (usually) or en; filters and order as for /zones")),
    responses((status = 200, description = "CSV, UTF-8 with a byte order mark", content_type = "text/csv")))]
pub(crate) async fn csv(
    State(app): State<App>,
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    known(&params, &["lang"])?;
    let language = params.language()?;
    let answer = answer(&catalog, &params, app.limits().page, 0)?;
    csv_file(&headers, &cells(&answer, language)?, language, "zones.csv")
}

/// The zones that pass the filters and their sums, as a workbook.
#[utoipa::path(get, path = "/zones.xlsx", tag = "Register",
    params(("lang" = Option<String>, Query, description = "vi (usually) or en; filters and order as for /zones")),
    responses((status = 200, description = "XLSX: the zones, and sums by kind, state, province and commune",
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
pub(crate) async fn xlsx(
    State(app): State<App>,
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    known(&params, &["lang"])?;
    let answer = answer(&catalog, &params, app.limits().page, 0)?;
    xlsx_file(&headers, &cells(&answer, params.language()?)?, "zones.xlsx")
}

/// The first of some sheets as a CSV file.
pub(super) fn csv_file(
    headers: &HeaderMap,
    sheets: &[CellSheet],
    language: Language,
    name: &str,
) -> Result<Response, Problem> {
    // Without a byte order mark, Excel takes UTF-8 for the machine's old code page.
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    if let Some(first) = sheets.first() {
        project::write_cells_csv(&first.columns, &first.rows, language, &mut bytes)?;
    }
    Ok(download(headers, bytes, "text/csv; charset=utf-8", name))
}

/// Sheets as a workbook.
pub(super) fn xlsx_file(headers: &HeaderMap, sheets: &[CellSheet], name: &str) -> Result<Response, Problem> {
    let mut bytes = Vec::new();
    let out = std::io::Cursor::new(&mut bytes);
    report::write_sheets(sheets, out).map_err(|error| Problem::broken(&error))?;
    Ok(download(headers, bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name))
}

fn known(params: &Params, more: &[&str]) -> Result<(), Problem> {
    params.only(&[&Filter::PARAMETERS[..], &Near::PARAMETERS, &["sort"], more].concat())
}

fn download(headers: &HeaderMap, bytes: Vec<u8>, media_type: &str, name: &str) -> Response {
    let tag = respond::tag(&bytes);
    let response = respond::tagged(headers, Body::from(bytes), &tag, media_type, respond::REVALIDATE);
    attachment(response, name)
}

fn answer(catalog: &Catalog, params: &Params, limit: usize, offset: usize) -> Result<ZoneTable, Problem> {
    let (filter, near) = (Filter::of(params)?, Near::of(params)?);
    let order = Order::of(params.value("sort").unwrap_or("name"))?;
    let all = catalog.zone_entries();
    let mut list: Vec<Entry> = all.iter().filter(|entry| filter.passes(entry)).cloned().collect();
    if let Some(near) = near {
        near.keep(catalog, &mut list)?;
    }
    order.sort(&mut list);
    let page = list.iter().skip(offset).take(limit).map(|entry| entry.row.clone());
    let zones: Vec<ZoneRow> = page.collect();
    let by = |of: fn(&ZoneRow) -> (Option<String>, Option<String>)| groups(&all, &list, false, of);
    Ok(ZoneTable {
        total: all.len(),
        number_matched: list.len(),
        number_returned: zones.len(),
        zones,
        sums: sums(&all, &list),
        by_kind: groups(&all, &list, true, |row| (row.kind.clone(), None)),
        by_state: by(|row| (row.state.clone(), None)),
        by_province: by(|row| (row.province.clone(), row.province.clone())),
        by_commune: by(|row| {
            let first = row.communes.first();
            (first.map(|commune| commune.code.clone()), first.map(|commune| commune.name.clone()))
        }),
        series: series(catalog, &all, &list),
        choices: choices(catalog, &all),
    })
}
