//! `ranh what-if`: a zone judged as if it had grown.

use std::io::Write;
use std::process::ExitCode;

use planning::{Messages, Parameter, Parameters, Text};
use project::{Project, WhatIfReport, WhatIfRequest, growth_of_file};

use super::text::line;
use crate::args::{Language, WhatIf, WhatIfFormat};
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(args: WhatIf) -> Result<ExitCode, Failure> {
    let project = Project::open(&args.store)?;
    let growth = growth_of_file(&args.grow, args.crs.as_ref())?;
    let report = project.what_if(&WhatIfRequest {
        plan: args.plan,
        date: args.date,
        pack: args.pack,
        public: args.public,
        ..WhatIfRequest::new(args.zone, growth)
    })?;
    output::to_stdout(|out| match args.format {
        WhatIfFormat::Text => text(&report, args.lang, out),
        WhatIfFormat::Json => output::json(&server::what_if_answer(&report), out),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn text(report: &WhatIfReport, language: Language, out: &mut dyn Write) -> Result<(), Failure> {
    let messages = planning::messages()?;
    let answer = &report.answer;
    let mut say = |key: &str, parameters: Parameters| -> Result<(), Failure> {
        Ok(writeln!(out, "{}", line(messages, &format!("what_if.{key}"), &parameters, language))?)
    };
    say(
        "area",
        Parameters::new()
            .name("zone", &report.zone.name)
            .with("before", Parameter::Area(answer.before.area_m2))
            .with("after", Parameter::Area(answer.after.area_m2))
            .with("added", Parameter::Area(answer.added_m2))
            .name("crs", answer.after.crs.name())
            .name("pack", &report.pack),
    )?;
    if let Some(limit) = answer.area_limit {
        let key = if limit.holds { "area_holds" } else { "area_exceeded" };
        say(key, Parameters::new().with("max", Parameter::Area(limit.max_m2)))?;
    }
    if let Some(limit) = answer.fill_limit {
        let key = if limit.holds { "fill_holds" } else { "fill_short" };
        let figures = Parameters::new()
            .with("p", Parameter::Number(limit.percent))
            .with("min", Parameter::Number(limit.min_percent));
        say(key, figures)?;
    }
    conversions(report, messages, &mut say)?;
    for (key, findings) in [("appearing", &answer.appearing), ("vanishing", &answer.vanishing)] {
        for finding in findings {
            let told = Parameters::new()
                .name("severity", finding.severity.code())
                .name("rule", &finding.rule)
                .with("message", Parameter::Words(finding.message.clone()));
            say(key, told)?;
        }
    }
    Ok(())
}

/// Land to convert as it would be, with what it is now.
fn conversions(
    report: &WhatIfReport,
    messages: &Messages,
    say: &mut dyn FnMut(&str, Parameters) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let nobody = messages.text("what_if.nobody", &Parameters::new());
    for conversion in &report.answer.conversions_after {
        let mut before = report.answer.conversions_before.iter().filter(|one| one.rule == conversion.rule);
        let words = |text: &Text| Parameter::Words(text.clone());
        let told = Parameters::new()
            .with("land", words(&messages.rule_name(conversion.rule)))
            .with("before", Parameter::Area(before.next().map_or(0.0, |one| one.area_m2)))
            .with("after", Parameter::Area(conversion.area_m2))
            .with("authority", words(conversion.authority.as_ref().unwrap_or(&nobody)));
        say("conversion", told)?;
    }
    Ok(())
}
