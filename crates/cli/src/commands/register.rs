//! `ranh register`: import, export, show.

use std::{io::Write, process::ExitCode};

use planning::{AreaSum, KindStatistics, Quantity, Statistics, Tally, format_number, statistics};
use project::{
    ALL_TABLES, Project, RegisterFormat, RegisterReport, RegisterRequest, export_register,
    export_register_tables, register_of,
};

use crate::{
    args::{Language, Register, RegisterExport, RegisterImport, RegisterShow},
    failure::Failure,
    output,
};

pub(crate) fn run(command: &Register) -> Result<ExitCode, Failure> {
    match command {
        Register::Import(args) => import(args),
        Register::Export(args) => export(args),
        Register::Show(args) => show(args),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn import(args: &RegisterImport) -> Result<(), Failure> {
    let reports = match &args.file {
        None => Project::open_or_create(&args.store)?.import_reports()?,
        Some(file) => {
            // Asked before the store is made, so that a wrong name costs nothing.
            RegisterFormat::of(file)?;
            let request = RegisterRequest {
                file: file.clone(),
                register: args.register.clone(),
                table: args.table.clone(),
            };
            vec![Project::open_or_create(&args.store)?.import_register(&request)?]
        }
    };
    output::to_stdout(|out| reports.iter().try_for_each(|report| Ok(writeln!(out, "{}", words(report))?)))
}

fn words(report: &RegisterReport) -> String {
    let table = report.table.map_or_else(String::new, |table| {
        format!("; {} added, {} changed, {} as they were", table.added, table.changed, table.unchanged)
    });
    format!(
        "{}: {} zones, {} totals without names, {} documents{table}; revision {}",
        report.register, report.zones, report.aggregates, report.documents, report.revision
    )
}

fn export(args: &RegisterExport) -> Result<(), Failure> {
    let format = RegisterFormat::of(&args.out)?;
    let snapshot = Project::open(&args.store)?.snapshot()?;
    if format == RegisterFormat::Xlsx {
        let language = args.lang.of_planning();
        let register = register_of(&snapshot, &args.register)?;
        let mut bytes = Vec::new();
        report::write_register_xlsx(register, language, &mut bytes)
            .map_err(|e| Failure::new(e.to_string()))?;
        return output::to_file(&args.out, |out| Ok(out.write_all(&bytes)?));
    }
    let table = args.table.as_deref();
    if format == RegisterFormat::Csv && table == Some(ALL_TABLES) {
        return Ok(export_register_tables(&snapshot, &args.register, &args.out)?);
    }
    output::to_file(&args.out, |out| Ok(export_register(&snapshot, &args.register, format, table, out)?))
}

fn show(args: &RegisterShow) -> Result<(), Failure> {
    let snapshot = Project::open(&args.store)?.snapshot()?;
    let answers = match &args.register {
        Some(id) => statistics([register_of(&snapshot, id)?], args.date),
        None => statistics(snapshot.registers.iter().map(|stored| stored.register.as_ref()), args.date),
    };
    output::to_stdout(|out| {
        if args.json {
            serde_json::to_writer_pretty(&mut *out, &answers).map_err(|e| Failure::new(e.to_string()))?;
            return Ok(writeln!(out)?);
        }
        table(&answers, args.lang, out)
    })
}

/// A line each province and kind: zones on record, then the totals that documents state.
fn table(answers: &Statistics, language: Language, out: &mut dyn Write) -> Result<(), Failure> {
    let language = language.of_planning();
    let [nation, zones, planned, established, by_count, by_area] =
        ["nation", "zones", "planned", "established", "by_count", "by_area"].map(|key| word(key, language));
    let (nation, zones, planned) = (nation?, zones?, planned?);
    let (established, by_count, by_area) = (established?, by_count?, by_area?);
    for line in &answers.lines {
        let place = line.province.as_deref().unwrap_or(&nation);
        let share = line.established_share();
        let percent = |value: Option<f64>| {
            value.map_or_else(|| "–".to_owned(), |value| format!("{} %", format_number(value, 1, language)))
        };
        let (of_plan, of_law) = (tally(&line.planned, language), tally(&line.established, language));
        let (count, area) = (percent(share.count_percent), percent(share.area_percent));
        writeln!(
            out,
            "{place} {}: {} {zones}; {planned} {of_plan}; {established} {of_law} ({by_count} {count}, {by_area} {area})",
            line.kind.code(),
            line.zones,
        )?;
        reported(line, language, out)?;
    }
    Ok(())
}

fn reported(line: &KindStatistics, language: planning::Language, out: &mut dyn Write) -> Result<(), Failure> {
    for total in &line.reported {
        let figure = |quantity: Option<Quantity>| {
            quantity.map_or_else(|| "–".to_owned(), |quantity| quantity.written(2, language))
        };
        let computed = total.computed_fill_percent.map(Quantity::exactly);
        writeln!(
            out,
            "  {} ({}): {}; {} / {} / {} ha; {} % | {} %",
            total.title.in_language(language),
            total.as_of.written(),
            figure(total.count),
            figure(total.total_ha),
            figure(total.industrial_ha),
            figure(total.leased_ha),
            figure(total.stated_fill_percent),
            figure(computed)
        )?;
    }
    Ok(())
}

/// `3 (100,00 / 60,00 / 33,00 ha, 55,0 %)`: whole, industrial and leased area, fill; `*` where figures are missing.
fn tally(tally: &Tally, language: planning::Language) -> String {
    let area = |sum: &AreaSum| {
        let mark = if sum.unknown > 0 { "*" } else { "" };
        format!("{}{mark}", format_number(sum.ha, 2, language))
    };
    let fill = tally.fill_percent().map_or_else(|| "–".to_owned(), |fill| format_number(fill, 1, language));
    format!(
        "{} ({} / {} / {} ha, {fill} %)",
        tally.zones,
        area(&tally.total),
        area(&tally.industrial),
        area(&tally.leased)
    )
}

/// A word of the text form.
fn word(key: &str, language: planning::Language) -> Result<String, Failure> {
    let messages = planning::messages().map_err(|error| Failure::new(error.to_string()))?;
    let text = messages.text(&format!("statistics.{key}"), &planning::Parameters::new());
    Ok(text.in_language(language).to_owned())
}
