//! The periodic report on clusters.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use planning::PartialDate;

use super::zone_table::xlsx_file;
use crate::app::Current;
use crate::catalog::cluster_sheets;
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{ReportForms, ReportPeriod, Text};

/// What asks for the periodic report on clusters, its periods around a day, and how far rates may differ.
#[utoipa::path(get, path = "/report-forms", tag = "Register",
    params(("date" = String, Query, description = "A day: the periods that hold it and that end before it are told")),
    responses((status = 200, description = "The report", body = ReportForms), (status = 400, description = "Not a day")))]
pub(crate) async fn forms(headers: HeaderMap, params: Params) -> Result<Response, Problem> {
    params.only(&["date"])?;
    let forms = planning::report_forms()?;
    let day = day(&params)?;
    let mut periods: Vec<ReportPeriod> = Vec::new();
    for year in [day.year().saturating_add(1), day.year(), day.year().saturating_sub(1)] {
        for period in forms.periods.iter().rev() {
            let days = (
                period.from.in_year(year.saturating_sub(1)),
                period.to.in_year(year),
                period.deadline.in_year(year),
            );
            let (Some(from), Some(to), Some(deadline)) = days else { continue };
            if !day.is_before(from) {
                let (from, to, deadline) = (from.to_string(), to.to_string(), deadline.to_string());
                periods.push(ReportPeriod { title: Text::from(&period.title), from, to, deadline });
            }
        }
    }
    periods.truncate(4);
    let tolerance = planning::pack()?.rules.zon_08.as_ref().map(|rule| rule.tolerance_points);
    respond::json(
        &headers,
        &ReportForms {
            number: forms.number.clone(),
            title: Text::from(&forms.title),
            issued: forms.issued.to_string(),
            in_force: forms.in_force.to_string(),
            amended_by: forms.amended_by.clone(),
            consolidated: forms.consolidated.clone(),
            source: forms.source.clone(),
            forms_seen: forms.forms_seen,
            kinds: forms.kinds.iter().map(|kind| kind.code().to_owned()).collect(),
            periods,
            tolerance_points: tolerance,
        },
    )
}

/// The clusters of a register as they were on a day, their projects and sums by commune and province, as a workbook.
#[utoipa::path(get, path = "/registers/{register}/clusters.xlsx", tag = "Register",
    params(("register" = String, Path, description = "Identifier"), ("date" = String, Query, description = "The last day of the period"),
        ("lang" = Option<String>, Query, description = "vi (usually) or en")),
    responses((status = 200, description = "XLSX; the first sheet says which circular, which period, and that columns are our own",
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 400, description = "Not a day"), (status = 404, description = "No such register")))]
pub(crate) async fn workbook(
    Current(catalog): Current,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["date", "lang"])?;
    let register = catalog.register(&id).ok_or_else(|| Problem::missing("There is no such register."))?;
    let (day, language) = (day(&params)?, params.language()?);
    xlsx_file(&headers, &cluster_sheets(&catalog, register, day, language)?, &format!("{id}-{day}.xlsx"))
}

fn day(params: &Params) -> Result<PartialDate, Problem> {
    let text = params.value("date").ok_or_else(|| Problem::bad("The parameter \"date\" is missing."))?;
    text.parse().map_err(|error| Problem::bad(format!("\"date\": {error}.")))
}
